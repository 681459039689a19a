"""The week table of a room: two-hour rows, a word in each cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from bookings.rooms import rules
from bookings.rooms.availability import CLOSED, FREE, FULL, OVER, RoomDay
from bookings.rooms.rules import BOOKABLE, RoomFacts, Span
from bookings.rooms.texts import clock_of

BLOCK = 120  # minutes


@dataclass(frozen=True, slots=True)
class Cell:
    """One block of one day: its word and, when something is free in it, from when until when."""

    day: date
    word: str
    start: time | None = None
    end: time | None = None
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One block of the day across the week."""

    start: time
    end: time
    cells: tuple[Cell, ...]


def week_table(room: RoomFacts, days: Sequence[RoomDay]) -> list[Row]:
    """Rows of blocks in which the room can be booked on some day of the week at all."""
    open_spans = rules.joined(span for row in room.week for span in rules.spans_for(row, BOOKABLE))
    rows = []
    for block in blocks(open_spans):
        cells = tuple(cell(room, day, block) for day in days)
        rows.append(Row(clock_of(block[0]), clock_of(block[1]), cells))
    return rows


def blocks(open_spans: Sequence[Span]) -> list[Span]:
    """Each opening cut into blocks from its start; a short rest stands alone."""
    out = []
    for opens, closes in open_spans:
        out += [(start, min(start + BLOCK, closes)) for start in range(opens, closes, BLOCK)]
    return out


def cell(room: RoomFacts, day: RoomDay, block: Span) -> Cell:
    """The word of one block: free when any booking the house allows fits into it."""
    if day.word not in {FREE, FULL}:
        return Cell(day.day, day.word)
    for start, end in day.free:
        first, last = max(start, block[0]), min(end, block[1])
        first = -(-first // room.grid) * room.grid
        if last - first >= min(room.shortest, block[1] - block[0]) and last > first:
            last = max(last, min(first + room.shortest, end))
            return Cell(day.day, FREE, clock_of(first), clock_of(last), is_part=(first, last) != block)
    if any(start < block[1] and block[0] < end for start, end in day.taken):
        return Cell(day.day, FULL)
    return Cell(day.day, OVER if day.word == FREE and day.free and day.free[0][0] >= block[1] else CLOSED)
