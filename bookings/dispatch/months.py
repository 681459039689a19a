"""Local months."""

from datetime import date, datetime, timedelta

from hub.core import clock


def month_bounds(month: date) -> tuple[datetime, datetime]:
    """The local month as a half-open pair of instants."""
    start, _end = clock.day_bounds(month.replace(day=1))
    until, _end = clock.day_bounds((month.replace(day=28) + timedelta(days=4)).replace(day=1))
    return start, until
