"""Months, each as its first day; in addresses and files 2026-10. Pure."""

import re
from datetime import date, timedelta

WRITTEN = re.compile(r"(20[0-9][0-9])-(0[1-9]|1[0-2])")


def month_from(written: str) -> date | None:
    """The first day of `2026-10`; None for what is no month of this century."""
    found = WRITTEN.fullmatch(written)
    return date(int(found[1]), int(found[2]), 1) if found else None


def last_month(month: date) -> date:
    """The one before."""
    return (month - timedelta(days=1)).replace(day=1)


def next_month(month: date) -> date:
    """The one after."""
    return (month + timedelta(days=31)).replace(day=1)
