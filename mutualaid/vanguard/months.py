"""Months on the house's clock. A month is its first day; 2026-10 is how it is written in addresses and closings."""

from datetime import date, datetime, timedelta

from hub.core import clock
from hub.core.months import last_month, month_from, next_month
from hub.core.wording import month_words

__all__ = ["bounds", "is_over", "last_month", "month_from", "month_of", "month_words", "next_month", "period_of", "this_month"]
AFTER = timedelta(minutes=10)  # of its end: what was sent at the last second has arrived


def month_of(moment: datetime) -> date:
    """The month in which it is on the wall clock of the house."""
    return clock.local(moment).date().replace(day=1)


def this_month() -> date:
    return month_of(clock.now())


def bounds(month: date) -> tuple[datetime, datetime]:
    """Its half-open pair of instants."""
    return clock.month_bounds(month)


def is_over(month: date) -> bool:
    """Whether it can be closed."""
    return clock.now() >= bounds(month)[1] + AFTER


def period_of(month: date) -> str:
    """2026-10."""
    return f"{month:%Y-%m}"
