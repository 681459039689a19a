"""Taking a room on SQLite: `rooms.reserve.sqlite.*`. Eight processes write for a minute, and none is told that the database is locked."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from bench import databases, house
from bench.peers.harness import BLOCKS, TAKEN, Book, Outcome, median_rate, run, slots_for
from bench.report import Row, beside, told, within
from bench.rows_rooms_month import FIRST
from bench.run import Run, say
from bookings.rooms.models import Room
from hub.core import clock

DATABASES = ("sqlite",)
FILLED = 10_000
MINUTE = 60.0
PROCESSES = 8
A_BLOCK = timedelta(days=10)
MORE_THAN_A_MINUTE = 60_000  # slots nobody comes to the end of
ALONE, DISJOINT = BLOCKS[:2]


def rows(this: Run) -> Iterator[Row]:
    """Alone, by eight, and a minute of it."""
    ours = set_up()
    results: dict[str, list[Outcome]] = {ALONE.name: [], DISJOINT.name: []}
    day, is_void = house.wall(FIRST, 0), False
    for _turn in this.rounds():
        for block in (ALONE, DISJOINT):
            this.watch.wait()
            with this.watch.block():
                results[block.name].append(run(ours.connect, block.slots_of_each(day)))
            is_void = is_void or this.watch.is_void
            say(f"  sqlite {block.name:10} {results[block.name][-1].ok_a_second:7.1f}/s")
            day += A_BLOCK
    alone, disjoint = median_rate(results[ALONE.name]), median_rate(results[DISJOINT.name])
    yield told("rooms.reserve.sqlite.alone", alone, "bookings/s")
    yield beside("rooms.reserve.sqlite.disjoint", disjoint, "bookings/s", "alone", alone, at_least=0.5, void=is_void)
    seconds = 5.0 if this.is_quick else MINUTE
    minute = a_minute(ours, day, seconds)
    yield told(f"rooms.reserve.sqlite.made_in_{seconds:.0f}_s_by_{PROCESSES}", minute.ok, "bookings")
    yield within("rooms.reserve.sqlite.database_is_locked", minute.retries, "errors", at_most=0)
    yield within("rooms.reserve.sqlite.overlaps", house.overlaps(clock.at(FIRST, time())), "pairs", at_most=0)


def a_minute(ours: house.HouseRooms, first_day: datetime, seconds: float) -> Outcome:
    """Eight processes, each with slots of its own, until the time is over; an error is tried again, and counted."""
    stop = clock.now() + timedelta(seconds=seconds)

    def connect() -> Book:
        book = ours.connect()
        return lambda room, start, end: book(room, start, end) if clock.now() < stop else TAKEN

    slots = slots_for(first_day, MORE_THAN_A_MINUTE)
    return run(connect, [slots[each::PROCESSES] for each in range(PROCESSES)])


def set_up() -> house.HouseRooms:
    """Ten thousand bookings before the days of the bench."""
    databases.fresh("bench_reserve")
    ours = house.HouseRooms()
    ours.set_up()
    like = house.one_booking(ours, house.wall(FIRST - timedelta(days=1), 21))
    rooms = list(Room.objects.order_by("first_part").values_list("pk", "first_part"))
    house.fill_bookings(like, house.hour_by_hour(rooms, FIRST - timedelta(days=60), FILLED))
    databases.tidy()
    return ours
