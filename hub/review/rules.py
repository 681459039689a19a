"""Months, as the reviewer's page writes them. Pure."""

from datetime import date

from hub.core import months


def month_from(asked: str, today: date) -> date | None:
    """The first day of `2026-10`; of the last whole month when nothing was asked; None for what is no month, or lies ahead."""
    if not asked:
        return months.last_month(today.replace(day=1))
    month = months.month_from(asked)
    return month if month and month <= today else None
