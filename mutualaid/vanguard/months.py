"""Months on the house's clock. A month is its first day; 2026-10 is how it is written in addresses and closings."""

import re
from datetime import date, datetime, time, timedelta

from hub.core import clock, wording

WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
AFTER = timedelta(minutes=10)  # of its end: what was sent at the last second has arrived


def month_of(moment: datetime) -> date:
    """The month in which it is on the wall clock of the house."""
    return clock.local(moment).date().replace(day=1)


def this_month() -> date:
    return month_of(clock.now())


def next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def last_month(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def bounds(month: date) -> tuple[datetime, datetime]:
    """Its half-open pair of instants."""
    return clock.at(month, time.min), clock.at(next_month(month), time.min)


def is_over(month: date) -> bool:
    """Whether it can be closed."""
    return clock.now() >= bounds(month)[1] + AFTER


def period_of(month: date) -> str:
    """2026-10."""
    return f"{month:%Y-%m}"


def month_from(period: str) -> date | None:
    """The month as it is written in an address; None for anything else."""
    found = WRITTEN.fullmatch(period)
    return date(int(found[1]), int(found[2]), 1) if found else None


def month_words(month: date) -> str:
    """2026年10月, October 2026."""
    return f"{month.year}年{month.month}月" if wording.is_chinese() else f"{wording.MONTHS_EN[month.month - 1]} {month.year}"
