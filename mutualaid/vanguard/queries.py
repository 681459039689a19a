"""What pages ask."""

from datetime import date, timedelta
from typing import Any

from hub.closings.models import Closing
from hub.core import clock
from hub.hubs.models import Hub
from hub.people.models import Resident
from hub.people.queries import people_user_may_act_for
from hub.served.models import RatingCode
from mutualaid.vanguard.actions.writing import MONTH
from mutualaid.vanguard.models import DutyDay, Post, Rating, Term
from mutualaid.vanguard.states import NEEDS_CORRECTION, WordsStates

ASKS_ITSELF = ("orders.order",)  # services whose own slip asks how it was
WORDS_SHOWN = 8


def posts_with_holders(hub: Hub) -> list[Post]:
    """The posts in use in the order of their numbers; `holder` is who holds each now, or None."""
    posts = list(Post.objects.at(hub).active())
    holders = {term.post_id: term for term in Term.objects.at(hub).at_moment(clock.now())}
    for post in posts:
        post.holder = holders.get(post.pk)
    return posts


def duty_on(hub: Hub, day: date) -> DutyDay | None:
    """Who leads the house that day."""
    found: DutyDay | None = DutyDay.objects.at(hub).filter(day=day).first()
    return found


def closed_months(hub: Hub) -> Any:
    """The closings that stand, the latest month first."""
    return Closing.objects.at(hub).standing().filter(kind=MONTH).order_by("-period")


def shown_words(hub: Hub, post: Post | None = None) -> list[Rating]:
    """Words that were read and are shown, the latest first, with tags and answers."""
    rows = Rating.objects.at(hub).filter(words_state=WordsStates.SHOWN, post__isnull=False)
    if post is not None:
        rows = rows.filter(post=post)
    return list(rows.select_related("post").prefetch_related("tags").order_by("-month", "-words_at", "-id")[:WORDS_SHOWN])


def codes_of(people: Any) -> Any:
    """Codes that can still be used, for services done for these people and not asked about elsewhere; the latest first."""
    rows = RatingCode.objects.filter(event__for_person__in=people, used_at=None, expires_at__gt=clock.now())
    return rows.exclude(event__subject_label__in=ASKS_ITSELF).select_related("event").order_by("-event__happened_at", "-event_id")


def codes_for(user: Any, hub: Hub) -> Any:
    """Of the user's own services and of those they act for."""
    return codes_of(people_user_may_act_for(user, hub).values("pk")).filter(event__hub=hub)


def codes_of_person(hub: Hub, person: Resident) -> Any:
    """Of one person at this hub, also those that a domain asks about itself."""
    rows = RatingCode.objects.filter(event__hub=hub, event__for_person=person, used_at=None, expires_at__gt=clock.now())
    return rows.select_related("event").order_by("-event__happened_at", "-event_id")


def to_correct(hub: Hub) -> Any:
    """Low grades of posts about which nothing was put right yet."""
    return Rating.objects.at(hub).filter(grade__in=NEEDS_CORRECTION, post__isnull=False, done_at=None)


def received_in(hub: Hub, start: Any, end: Any) -> Any:
    """Ratings that count, received in [start, end)."""
    return Rating.objects.at(hub).counted().filter(received_at__gte=start, received_at__lt=end)


def week_of(day: date) -> list[date]:
    """Monday to Sunday around `day`."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=n) for n in range(7)]
