"""What the house says about being on time. Pure."""

from datetime import datetime


def on_time_rate(*, met_count: int, closed_count: int, open_overdue_count: int) -> float | None:
    """Kept in time ÷ (closed + open and overdue), 0 to 1; None while nothing counts yet.

    What is open and overdue counts as missed at once: a promise nobody closes must not make the rate better.
    """
    counted = closed_count + open_overdue_count
    return met_count / counted if counted else None


def is_overdue(*, due_at: datetime, done_at: datetime | None, now: datetime) -> bool:
    """Whether it was or is late."""
    return (done_at or now) > due_at
