"""What every action of this app writes: audit lines without a word of who rated, and the lock on a month."""

from datetime import date
from typing import Any

from hub.audit.actions import write_line
from hub.closings.actions import standing_of
from hub.core.errors import RuleBroken
from hub.hubs.models import Hub
from mutualaid.vanguard.models import Rating
from mutualaid.vanguard.months import period_of

MONTH = "vanguard.month"
RATING = "vanguard.rating"
VISIT = "vanguard.countervisit"
CORRECTION = "vanguard.correction"
CLOSE_MONTH = "vanguard.close_month"


def note(hub_id: int, subject: str, ref: Any, verb: str, by: Any, *, reason: str = "", **changes: Any) -> None:
    """One audit line."""
    write_line(hub_id=hub_id, actor=by, verb=verb, subject=subject, ref=str(ref), changes=changes, reason=reason)


def lock_month(hub_id: int, month: date) -> Hub:
    """The hub's row, locked: nothing of a month changes while it is being closed. RuleBroken when it is closed."""
    hub = Hub.objects.select_for_update(no_key=True).get(pk=hub_id)
    if standing_of(hub=hub, kind=MONTH, period=period_of(month)) is not None:
        raise RuleBroken.of("closing_stands")
    return hub


def locked_rating(rating: Rating) -> Rating:
    """The rating as it stands now."""
    held: Rating = Rating.objects.select_for_update(of=("self",)).select_related("post", "term", "hub").get(pk=rating.pk)
    return held
