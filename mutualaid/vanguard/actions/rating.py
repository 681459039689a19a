"""Taking a rating: by its code, or from a domain that asked on its own slip. One service is rated once, one known person has one voice a post and month."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from hub.core import clock
from hub.core import joins as house
from hub.core.errors import RuleBroken
from hub.core.references import new_token
from hub.hubs.models import Hub
from hub.people.models import Resident
from hub.people.queries import resident_of
from hub.people.states import Channels, Roles
from hub.promises.actions import promise
from hub.served.actions import use_code
from hub.served.models import ServiceEvent
from hub.workdays.calendar import calendar_of
from mutualaid.vanguard import rules
from mutualaid.vanguard.actions.writing import CORRECTION, RATING, VISIT, locked_rating, note
from mutualaid.vanguard.models import CounterVisit, Post, Rating, RatingTag, Term
from mutualaid.vanguard.models.rating import LONGEST_WORDS
from mutualaid.vanguard.months import month_of
from mutualaid.vanguard.states import NEEDS_CORRECTION, Sources, Suspicions, Uncounted, WordsStates

TRIES = 3
WORDS_FOR = timedelta(days=7)  # of the rating: so long words and tags can be added
SIGNS = ("pk", "received_at", "mark", "address", "cookie", "issued_by", "waited_seconds")
STAFF_SOURCES = frozenset({Channels.PHONE, Channels.COUNTER, Channels.VISIT})


@dataclass(frozen=True)
class Came:
    """How a rating came: its source, who was signed in, who typed it for a caller, and what the browser left (already hashed). The desk gives the
    token of its form, so that a form sent twice is one rating."""

    source: str = Sources.WEB
    user: Any = None
    taken_by: Any = None
    mark: str = ""
    address: str = ""
    cookie: str = ""
    token: str = ""


def keyed(kind: str, words: str) -> str:
    """What is compared and cannot be read."""
    return salted_hmac(f"vanguard.{kind}", words, secret=settings.INDEX_KEY, algorithm="sha256").hexdigest()


def rate(*, hub: Hub, code: str, grade: int, came: Came) -> Rating:
    """Use the code up and write the rating. RuleBroken for a code that is unknown, used or has run out, and for one's own post: then the code stays."""
    if grade not in rules.GRADES:
        raise RuleBroken.of("rating_grade_missing", "grade")
    for left in range(TRIES - 1, -1, -1):
        try:
            return _rate(hub, code, grade, came)
        except IntegrityError:  # the same person rates the same post in this very moment: the database let one through
            if not left:
                raise
    raise AssertionError("the last try returns or raises")


@transaction.atomic
def _rate(hub: Hub, code: str, grade: int, came: Came) -> Rating:
    event = use_code(code=code, hub_id=hub.pk)
    post, term = post_of(event)
    refuse_own(event, post, term, came)
    return write_rating(event, post, term, grade, came)


@transaction.atomic
def take_rating(*, event: ServiceEvent, rating: house.Rating) -> Rating | None:
    """A domain was told on its own slip; the code is used up already. None for one's own post, which is not counted, and for a service rated before."""
    post, term = post_of(event)
    came = Came(source=Sources.DESK if rating.channel in STAFF_SOURCES else Sources.WEB, user=rating.by)
    if is_own(event, post, term, came) or Rating.objects.filter(event_mark=keyed("event", str(event.pk))).exists():
        return None
    made = write_rating(event, post, term, rating.grade, came)
    if rating.words.strip():
        Rating.objects.filter(pk=made.pk).update(words=rating.words.strip()[:LONGEST_WORDS], words_state=WordsStates.WAITING)
    return made


def post_of(event: ServiceEvent) -> tuple[Post | None, Term | None]:
    """The post a card names; else the post whose holder did it, in this centre and at that moment; else the centre's post that takes what nobody's is.
    And who held it then."""
    terms = Term.objects.at(event.hub).at_moment(event.happened_at).filter(post__station=event.post, post__is_active=True).select_related("post")
    named = CounterVisit.objects.filter(token=event.subject_ref, post__is_active=True).select_related("post").first() if event.subject_label == VISIT else None
    if named is not None and named.post is not None:
        return named.post, terms.filter(post=named.post).first()
    term: Term | None = terms.filter(account=event.by_id).order_by("post__number").first() if event.by_id else None
    if term is not None:
        return term.post, term
    rest = Post.objects.active().filter(hub=event.hub_id, station=event.post, takes_rest=True).first()
    return rest, terms.filter(post=rest).first() if rest else None


def refuse_own(event: ServiceEvent, post: Post | None, term: Term | None, came: Came) -> None:
    """RuleBroken for whoever holds or leads the post, or typed the rating for its own."""
    if is_own(event, post, term, came):
        raise RuleBroken.of("rating_own", "code")


def is_own(event: ServiceEvent, post: Post | None, term: Term | None, came: Came) -> bool:
    """Whether the rater, whom the service was for, or who takes it down is one of the post's own people."""
    if post is None:
        return False
    own = {post.leader_id, term.account_id if term else None, *Term.objects.at_moment(clock.now()).filter(post=post).values_list("account", flat=True)} - {None}
    person = event.for_person
    theirs = {getattr(came.user, "pk", None), getattr(came.taken_by, "pk", None), person.user_id if person else None} - {None}
    return bool(own & theirs)


def write_rating(event: ServiceEvent, post: Post | None, term: Term | None, grade: int, came: Came) -> Rating:
    """The row; what this voice said earlier in the month counts no more. The post is locked meanwhile: of two at once the later counts."""
    if post is not None:
        lock_post(post)
    now = clock.now()
    month = month_of(now)
    voice = voice_of(event, post, month, came)
    silence_earlier(voice)
    made: Rating = Rating.objects.create(
        hub_id=event.hub_id, post=post, term=term, token=came.token or new_token(), event_mark=keyed("event", str(event.pk)), voice=voice, month=month,
        received_at=now, grade=grade, source=came.source, mark=came.mark, address=came.address, cookie=came.cookie, issued_by_id=event.by_id,
        waited_seconds=min(max(0, int((now - event.recorded_at).total_seconds())), rules.AT_ONCE_SECONDS),  # more would lead back to the service
    )  # fmt: skip
    note(made.hub_id, RATING, made.pk, "rate", None, post=post.number if post else None, source=str(came.source))
    if post is not None:
        set_bursts_aside(made, now)
        if grade in NEEDS_CORRECTION:
            owe_correction(made, post, term)
    return made


def lock_post(post: Post) -> None:
    """One rating of a post at a time."""
    Post.objects.select_for_update().get(pk=post.pk)


def voice_of(event: ServiceEvent, post: Post | None, month: date, came: Came) -> str:
    """One for a person we know, a post and a month; one of its own for everybody else's code, and where no post is rated."""
    person_id = event.for_person_id or person_of(event, came)
    if post is None or person_id is None:
        return keyed("voice", f"event:{event.pk}")
    return keyed("voice", f"person:{person_id}:{post.pk}:{month:%Y-%m}")


def person_of(event: ServiceEvent, came: Came) -> int | None:
    """Who has signed in, where nobody typed it for them."""
    if came.user is None or not came.user.is_authenticated or came.taken_by is not None or came.source == Sources.DESK:
        return None
    found: Resident | None = resident_of(came.user, event.hub)
    return found.pk if found else None


def silence_earlier(voice: str) -> None:
    """What this voice said before stays, and counts no more."""
    Rating.objects.filter(voice=voice, counts=True).update(counts=False, why_not=Uncounted.LATER)


def set_bursts_aside(made: Rating, now: datetime) -> None:
    """Ask the rule about the latest ratings that are like this one; what it finds and nobody has looked at is set aside."""
    found = rules.bursts({sign.key: sign for sign in signs_like(made, now)}.values())
    for why in Suspicions.values:
        keys = [key for key, said in found.items() if said == why]
        fresh = Rating.objects.filter(pk__in=keys, looked_at=None, set_aside_at=None) if keys else None
        if fresh is not None and (count := fresh.update(set_aside_at=now, suspicion=why)):
            note(made.hub_id, RATING, made.pk, "set_aside_by_rule", None, reason=str(why), count=count)


def signs_like(made: Rating, now: datetime) -> Iterator[rules.Sign]:
    """Of this post's ratings of the last day those that agree with this one in two signs, the latest as many as the rule can need.

    Earlier ones were looked at when the later of their own crowd came in.
    """
    alike: list[dict[str, Any]] = []
    if made.mark and made.address:
        alike.append({"mark": made.mark, "address": made.address})
    if made.mark:
        alike.append({"mark": made.mark, "cookie": made.cookie})
    if made.issued_by_id and made.waited_seconds is not None and made.waited_seconds < rules.AT_ONCE_SECONDS:
        alike.append({"issued_by": made.issued_by_id, "waited_seconds__lt": rules.AT_ONCE_SECONDS})
    rows = Rating.objects.filter(post=made.post_id, received_at__gt=now - rules.A_DAY).exclude(source=Sources.PAPER).order_by("-received_at", "-pk")
    for signs in alike:
        for value in rows.filter(**signs).values_list(*SIGNS)[: rules.MOST_WITHOUT_COOKIE + 1]:
            yield rules.Sign(*value)


def owe_correction(made: Rating, post: Post, term: Term | None) -> None:
    """The post's leader, else its holder, else the director puts right what was badly rated: within some working days, until the hotline closes on the last."""
    last = calendar_of(post.hub).add_working_days(clock.now(), settings.VANGUARD_CORRECTION_WORKDAYS)
    due_at = clock.at(clock.local(last).date(), post.hub.hotline_until)
    owner = post.leader or (term.account if term else None)
    promise(hub_id=made.hub_id, kind=CORRECTION, subject=RATING, ref=str(made.pk), due_at=due_at, owner=owner, team="" if owner else Roles.DIRECTOR)


@transaction.atomic
def add_words(*, rating: Rating, words: str = "", tags: Iterable[RatingTag] = ()) -> Rating:
    """Tags and words, by whoever holds the rating's own page, until somebody has read them. They are shown after they were read."""
    held = locked_rating(rating)
    if len(words.strip()) > LONGEST_WORDS:
        raise RuleBroken.of("rating_words_long", "words", most=LONGEST_WORDS)
    if held.words_state not in {WordsStates.NONE, WordsStates.WAITING}:
        raise RuleBroken.of("rating_words_decided", "words")
    if clock.now() > held.received_at + WORDS_FOR:
        raise RuleBroken.of("rating_words_late", "words", days=WORDS_FOR.days)
    held.words = words.strip()
    held.words_state = WordsStates.WAITING if held.words else WordsStates.NONE
    held.save(update_fields=["words", "words_state"])
    held.tags.set([tag for tag in tags if tag.hub_id == held.hub_id])
    note(held.hub_id, RATING, held.pk, "add_words", None, words=bool(held.words))
    return held
