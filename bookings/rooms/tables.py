"""The week table of a room: two-hour rows, a word in each cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bookings.rooms import rules
from bookings.rooms.availability import CLOSED, FREE, FULL, OVER, RoomDay
from bookings.rooms.rules import BOOKABLE, HoursOf, RoomFacts, Span
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


def week_table(
    room: RoomFacts, days: Sequence[RoomDay], *, hours_of: HoursOf, now: datetime, closed: Sequence[tuple[date, Span]] = ()
) -> list[Row]:
    """Rows of blocks in which the room can be booked on some day of the week at all; `now` on the wall clock of the house, `closed` the spans
    in which the house has closed it."""
    open_spans = rules.joined(span for row in room.week for span in rules.spans_for(row, BOOKABLE))
    rows = []
    for block in blocks(open_spans, room.shortest):
        cells = tuple(
            cell(room, day, block, open_on=open_on(room, day, hours_of), gone=gone_by(day, now), closed=[span for on, span in closed if on == day.day])
            for day in days
        )
        rows.append(Row(clock_of(block[0]), clock_of(block[1]), cells))
    return rows


def blocks(open_spans: Sequence[Span], shortest: int) -> list[Span]:
    """Each opening cut into blocks from its start; a rest too short to book goes with the block before it."""
    out: list[Span] = []
    for opens, closes in open_spans:
        starts = [start for start in range(opens, closes, BLOCK) if start == opens or closes - start >= shortest]
        out += list(zip(starts, [*starts[1:], closes], strict=True))
    return out


def open_on(room: RoomFacts, day: RoomDay, hours_of: HoursOf) -> list[Span]:
    """The spans in which the room is for booking on that date."""
    return rules.spans_for(rules.opening_of(room, day.day, hours_of), BOOKABLE)


def gone_by(day: RoomDay, now: datetime) -> int:
    """How many minutes of that date are over."""
    return 0 if day.day > now.date() else rules.minute_of_day(now.time())


def cell(room: RoomFacts, day: RoomDay, block: Span, *, open_on: Sequence[Span], gone: int, closed: Sequence[Span] = ()) -> Cell:
    """The word of one block; when it is free, a span in it that the house would let one book."""
    if day.word not in {FREE, FULL}:
        return Cell(day.day, day.word)
    wanted = min(room.shortest, block[1] - block[0])
    for start, end in day.free:
        first = -(-max(start, block[0]) // room.grid) * room.grid
        last = min(end, block[1])
        if last - first >= wanted and end - first >= room.shortest:
            last = min(max(last, first + room.shortest), first + room.longest)
            return Cell(day.day, FREE, clock_of(first), clock_of(last), is_part=(first, last) != block)
    if not any(start < block[1] and block[0] < end for start, end in open_on) or any(start < block[1] and block[0] < end for start, end in closed):
        return Cell(day.day, CLOSED)
    return Cell(day.day, OVER if block[1] <= gone else FULL)
