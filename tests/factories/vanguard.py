"""Posts, terms, codes and ratings for tests."""

from datetime import date, timedelta
from itertools import count
from typing import Any

import factory
from django.core.files.base import ContentFile

from hub.core import clock
from hub.core.references import new_token
from hub.served.actions import record_service
from hub.served.codes import hash_of, letters_of
from hub.served.models import RatingCode, ServiceEvent
from mutualaid.vanguard import actions, months
from mutualaid.vanguard.actions import Came
from mutualaid.vanguard.models import CounterVisit, Post, Rating, RatingTag, Strike, Term
from tests.cast import user_with

JANUARY = date(2026, 1, 1)
_number = count(1)


class PostFactory(factory.django.DjangoModelFactory):
    """In the living station. Give it a `hub`."""

    class Meta:
        model = Post

    number = factory.Sequence(lambda n: n + 1)
    name_zh = factory.Sequence(lambda n: f"{n + 1}号服务台")
    name_en = "Service desk"
    station = "living"


class TagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RatingTag

    name_zh = factory.Sequence(lambda n: f"热情{n}")
    name_en = "Friendly"


def a_term(post: Post, name: str = "赵玉兰", *, account: Any = None, from_on: date = JANUARY, until_on: date | None = None, **shown: Any) -> Term:
    """Somebody holds the post, by default since January."""
    shown = {"account": account, "badge": "党员先锋003", "promise_zh": "不让您跑第二趟", "promise_en": "You need not come twice", **shown}
    return actions.begin_term(post=post, name=name, from_on=from_on, until_on=until_on, by=None, **shown)


def a_post(hub: Any, *, account: Any = None, **given: Any) -> Post:
    """With a holder."""
    post: Post = PostFactory(**{"hub": hub, **given})
    a_term(post, account=account)
    return post


def a_code(hub: Any, *, station: str = "living", by: Any = None, person: Any = None) -> str:
    """Of a service done just now."""
    _event, code = record_service(
        hub_id=hub.pk, post=station, what="家电维修", subject="tests.rated_thing", ref=f"{next(_number):08d}", happened_at=clock.now(),
        for_person_id=person.pk if person else None, by=by,
    )  # fmt: skip
    assert code is not None
    return code


def many_codes(hub: Any, how_many: int) -> list[str]:
    """Of as many services of the living station, written at once."""
    now = clock.now()
    facts = {"hub": hub, "post": "living", "what": "家电维修", "subject_label": "tests.thing", "happened_at": now, "recorded_at": now - timedelta(minutes=5)}
    events = ServiceEvent.objects.bulk_create(ServiceEvent(subject_ref=f"{next(_number):08d}", **facts) for _each in range(how_many))
    codes = [letters_of(event.pk, "tests") for event in events]
    RatingCode.objects.bulk_create(
        RatingCode(event=event, nonce="tests", code_hash=hash_of(code), expires_at=now + timedelta(days=30)) for event, code in zip(events, codes, strict=True)
    )
    return codes


def rated(hub: Any, grade: int = 5, *, came: Came | None = None, **given: Any) -> Rating:
    """A service done just now, and its rating; whose browser it was can be said by `came`."""
    return actions.rate(hub=hub, code=a_code(hub, **given), grade=grade, came=came or Came())


def with_words(rating: Rating, words: str = "师傅来得很快") -> Rating:
    """They wait to be read."""
    return actions.add_words(rating=rating, words=words)


def shown(rating: Rating) -> Rating:
    """With words a reviewer has let through."""
    return actions.decide_words(rating=with_words(rating), is_shown=True, by=at_work("reviewer", rating.hub))


def at_work(role: str, hub: Any, username: str = "") -> Any:
    """Somebody in a role, acting at the hub as in a request there."""
    user = user_with(role, hub, username)
    user.acting_at = hub
    return user


def past_ratings(post: Post, month: date, grades: tuple[int, int, int, int, int], *, tens: int = 0) -> None:
    """As many of each grade, from very satisfied down, received on the tenth of a month by unknown visitors."""
    at = clock.at(month + timedelta(days=9), clock.now().time().replace(hour=tens % 24, tzinfo=None))
    rows = [grade for grade, how_many in zip((5, 4, 3, 2, 1), grades, strict=True) for _each in range(how_many)]
    Rating.objects.bulk_create(
        Rating(
            hub_id=post.hub_id, post=post, token=new_token(), event_mark=new_token(), voice=new_token(), month=month, received_at=at, grade=grade, source="link"
        )
        for grade in rows
    )  # fmt: skip


def with_picture(term: Term) -> Term:
    """Of one point."""
    term.picture.save("portrait.jpg", ContentFile(b"picture"))
    return term


def struck(post: Post) -> Strike:
    """From the month that runs, by the director."""
    return actions.strike(post=post, month=months.this_month(), reason="当月有一起有效投诉", by=at_work("director", post.hub))


def a_closed_month(hub: Any) -> str:
    """A month before last, by the reviewer; of each hub another, so that one can be told from the other."""
    month = months.last_month(months.this_month())
    for _back in range(hub.pk % 5):
        month = months.last_month(month)
    return actions.close_month(hub=hub, month=month, by=at_work("reviewer", hub)).period


def a_visit(hub: Any) -> CounterVisit:
    """Closed by the operator."""
    return actions.close_visit(hub=hub, by=user_with("operator", hub), token=new_token())[0]


def a_card(hub: Any) -> CounterVisit:
    """The first of a sheet."""
    return actions.print_cards(hub=hub, by=user_with("operator", hub), token=new_token())[0]
