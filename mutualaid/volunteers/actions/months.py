"""A month of hours is closed: what was confirmed for it stays as it is, until somebody opens it again with a reason."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from hub.closings.actions import close, hold, refuse_closed
from hub.closings.models import Closing
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.hubs.models import Hub
from mutualaid.volunteers.models import HoursEntry
from mutualaid.volunteers.totals import minutes_by_person

HOURS_MONTH = "volunteers.month"  # the kind of closing


@transaction.atomic
def close_month(*, hub: Hub, month: date, by: Any) -> Closing:
    """Freeze each volunteer's confirmed minutes of the local month; once closed, the first closing again.

    RuleBroken `hours_month_not_over` before it has ended, `hours_month_waiting` while hours of it wait to be decided.
    """
    start, end = clock.month_bounds(month)
    if end > clock.now():
        raise RuleBroken.of("hours_month_not_over")
    hold(hub)  # nobody confirms between the count and the closing
    if waiting := waiting_in(hub, month).count():
        raise RuleBroken.of("hours_month_waiting", count=waiting)
    sums = sorted(minutes_by_person(hub, start, end).items())
    result = {"minutes": sum(minutes for _person, minutes in sums), "people": len(sums), "rows": [list(row) for row in sums]}
    return close(hub=hub, kind=HOURS_MONTH, period=f"{month:%Y-%m}", result=result, by=by)


def waiting_in(hub: Hub, month: date) -> Any:
    """Hours that touch the month and that nobody has decided about."""
    return HoursEntry.objects.at(hub).filed().meeting(*clock.month_bounds(month))


def refuse_closed_months(entry: HoursEntry) -> None:
    """RuleBroken when a month the entry touches stands closed. Asked before the person is locked, so that everybody waits in one order."""
    refuse_closed(hub=entry.hub, kind=HOURS_MONTH, periods=months_of(entry))


def months_of(entry: HoursEntry) -> Iterable[str]:
    """2026-10, and 2026-11 for an entry over midnight of its last day."""
    first, last = clock.local(entry.starts_at).date(), clock.local(entry.ends_at - timedelta(minutes=1)).date()
    return {f"{day:%Y-%m}" for day in (first, last)}
