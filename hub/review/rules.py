"""Months, as the reviewer's page writes them. Pure."""

import re
from datetime import date, timedelta

MONTH = re.compile(r"(\d{4})-(\d{2})")
EARLIEST = date(2000, 1, 1)


def month_from(asked: str, today: date) -> date | None:
    """The first day of `2026-10`; of the last whole month when nothing was asked; None for what is no month, or lies ahead."""
    if not asked:
        return before(today.replace(day=1))
    found = MONTH.fullmatch(asked)
    if not found or not 1 <= int(found[2]) <= 12:
        return None
    month = date(int(found[1]), int(found[2]), 1) if int(found[1]) else None
    return month if month and EARLIEST <= month <= today else None


def before(month: date) -> date:
    """The month before: its first day."""
    return (month - timedelta(days=1)).replace(day=1)


def after(month: date) -> date:
    """The next month: its first day."""
    return (month + timedelta(days=31)).replace(day=1)
