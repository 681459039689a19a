"""When the house is open today. Pure; no Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Hours:
    """One desk or part of the house, and the days on which it opens: 0 Monday … 6 Sunday, 7 public holidays."""

    name: str
    days: frozenset[int]
    opens: time
    closes: time


@dataclass(frozen=True)
class OpenToday:
    """The day's card: whose hours hold, and until when the last door is open (None: nothing opens)."""

    hours: tuple[Hours, ...]
    until: time | None


def open_today(rows: Iterable[Hours], *, hours_of: int, is_closed: bool) -> OpenToday:
    """The rows that hold on a day with the hours of weekday `hours_of`; none on a day on which the house is closed."""
    held = () if is_closed else tuple(row for row in rows if hours_of in row.days)
    return OpenToday(held, max((row.closes for row in held), default=None))
