"""What the house says about the calendar. Pure."""

from collections.abc import Container
from datetime import date

NOTICE_MONTH = 10  # the State Council gives notice of the next year in October or November


def years_to_confirm(today: date, confirmed: Container[int]) -> list[int]:
    """Years somebody should look through now: this one, and from October on the next."""
    years = [today.year, today.year + 1] if today.month >= NOTICE_MONTH else [today.year]
    return [year for year in years if year not in confirmed]
