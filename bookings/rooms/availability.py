"""When rooms are free: one statement for any number of rooms and days, then plain integers.

Instants are read as whole minutes since 1970 (the database cuts them, Python never builds a datetime for each of thousands of rows);
days are laid over them afterwards.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Func, IntegerField

from bookings.rooms import rules
from bookings.rooms.models import Booking
from bookings.rooms.models.booking import LONGEST
from bookings.rooms.rules import BOOKABLE, PROGRAMME, WALK_IN, HoursOf, RoomFacts, Span
from bookings.rooms.states import HOLDS_THE_ROOM
from hub.core import clock

FREE, FULL, CLOSED, JUST_COME, CLASSES, OVER = "free", "full", "closed", "walk_in", "programme", "over"
A_DAY = 24 * 60


class EpochMinutes(Func):
    """An instant as whole minutes since 1970, cut by the database."""

    output_field = IntegerField()
    arity = 1

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="(EXTRACT(EPOCH FROM %(expressions)s)::bigint / 60)", **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="(CAST(strftime('%%%%s', %(expressions)s) AS INTEGER) / 60)", **extra)


def epoch_minutes(moment: datetime) -> int:
    """The same in Python."""
    return int(moment.timestamp()) // 60


def taken_rows(room_ids: Sequence[int], start: datetime, end: datetime) -> list[tuple[int, int, int, int]]:
    """(first part, last part, kept from, kept until) of all holding rows that touch [start, end), in epoch minutes."""
    rows = Booking.objects.filter(room_id__in=room_ids, state__in=HOLDS_THE_ROOM, held_from__gt=start - LONGEST, held_from__lt=end, held_until__gt=start)
    return list(rows.order_by().values_list("first_part", "last_part", EpochMinutes(F("held_from")), EpochMinutes(F("held_until"))))


@dataclass(frozen=True, slots=True)
class RoomDay:
    """One room on one date: its word, the free spans in minutes of the day, and what is taken of it."""

    day: date
    word: str
    free: tuple[Span, ...] = ()
    taken: tuple[Span, ...] = ()


def days_of_rooms(rooms: Sequence[RoomFacts], first_day: date, day_count: int, *, hours_of: HoursOf, now: datetime) -> dict[int, list[RoomDay]]:
    """Each room's days from `first_day` on, by room id. One statement."""
    days = [first_day + timedelta(days=n) for n in range(day_count)]
    midnights = [epoch_minutes(clock.day_bounds(day)[0]) for day in days]
    start, end = clock.day_bounds(days[0])[0], clock.day_bounds(days[-1])[1]
    taken = taken_by_day(rooms, taken_rows(sorted({pk for room in rooms for pk in room.sharing}), start, end), midnights)
    rows = [hours_of(day) for day in days]
    now_minute = epoch_minutes(now) + 1  # what begins in this very minute has begun
    out: dict[int, list[RoomDay]] = {}
    for room in rooms:
        spans_of = week_spans(room)
        words = quiet_words(room, spans_of)
        last_day = clock.local(now).date() + timedelta(days=room.horizon_days)
        lead = now_minute + room.lead
        room_taken = taken.get(room.id, {})
        list_of_days = []
        for index, day in enumerate(days):
            row = rows[index]
            busy = room_taken.get(index)
            not_before = lead - midnights[index]
            if row is None or day > last_day:
                list_of_days.append(RoomDay(day, CLOSED))
            elif not busy and not_before <= 0:
                list_of_days.append(RoomDay(day, words[row], spans_of[row][1]))
            else:
                list_of_days.append(busy_day(room, day, spans_of[row][0], words[row], busy or [], not_before))
        out[room.id] = list_of_days
    return out


def taken_by_day(rooms: Sequence[RoomFacts], rows: list[tuple[int, int, int, int]], midnights: list[int]) -> dict[int, dict[int, list[Span]]]:
    """Rows laid on the rooms whose parts they touch and on the days they fall on: room id → day index → spans in minutes of that day."""
    rooms_of_parts: dict[tuple[int, int], list[dict[int, list[Span]]]] = {}
    out: dict[int, dict[int, list[Span]]] = {room.id: {} for room in rooms}
    last = len(midnights) - 1
    for first_part, last_part, start, end in rows:
        parts = (first_part, last_part)
        touched = rooms_of_parts.get(parts)
        if touched is None:
            touched = rooms_of_parts[parts] = [out[room.id] for room in rooms if room.first_part <= last_part and room.last_part >= first_part]
        index = max(bisect_right(midnights, start) - 1, 0)
        while index <= last and midnights[index] < end:
            span = (max(start - midnights[index], 0), min(end - midnights[index], A_DAY))
            for days in touched:
                if index in days:
                    days[index].append(span)
                else:
                    days[index] = [span]
            index += 1
    return out


def week_spans(room: RoomFacts) -> list[tuple[list[Span], tuple[Span, ...]]]:
    """For each row of the week: its bookable spans, and the free spans of a day on which nothing is taken."""
    return [(rules.spans_for(hours, BOOKABLE), tuple(rules.free_spans(room, hours, []))) for hours in room.week]


def quiet_words(room: RoomFacts, spans_of: list[tuple[list[Span], tuple[Span, ...]]]) -> list[str]:
    """For each row of the week: the word of a day on which nothing is taken."""
    words = []
    for hours, (_open, free) in zip(room.week, spans_of, strict=True):
        uses = {hour.use for hour in hours}
        words.append(FREE if free else JUST_COME if WALK_IN in uses else CLASSES if PROGRAMME in uses else CLOSED)
    return words


def busy_day(room: RoomFacts, day: date, open_spans: list[Span], quiet_word: str, busy: list[Span], not_before: int) -> RoomDay:
    """A day with something taken, or partly gone by."""
    taken = rules.joined(busy)
    if quiet_word != FREE:
        return RoomDay(day, quiet_word, (), tuple(taken))
    left = [(max(opens, not_before), closes) for opens, closes in open_spans if closes > not_before]
    if not left:
        return RoomDay(day, OVER, (), tuple(taken))
    ends = {closes for _opens, closes in left}
    free = tuple(
        span
        for gap in rules.gaps(left, taken)
        if (span := rules.usable(gap, grid=room.grid, shortest=room.shortest, buffer=room.buffer, ends_with_opening=gap[1] in ends))
    )
    return RoomDay(day, FREE if free else FULL, free, tuple(taken))
