"""A month of all rooms: `rooms.month.*`. What a page asks (the rooms, their facts, their days), nothing of it kept from call to call but
the facts of the rooms, which every process that serves keeps in memory under their version.

`…_400` and `…_4100` are the bookings within the month; the growth row sets a million bookings outside it beside a thousand.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.db import connection

from bench import databases, house
from bench.report import Row, beside, told, within
from bench.run import Run, say
from bookings.rooms.availability import RoomDay, days_of_rooms
from bookings.rooms.facts import facts_of_all, hours_of
from bookings.rooms.models import Booking, Room
from hub.core import clock

DATABASES = ("postgresql", "sqlite")
FIRST = date(clock.today().year + 1, 3, 1)
DAYS = 31
A_DAY = 15 * 14  # bookings that fill every undivided room
FEW, MANY = 400, 4_100
LITTLE_OUTSIDE, MUCH_OUTSIDE = 1_000, 1_000_000
CALLS = 40
ROUNDS = 3


def rows(this: Run) -> Iterator[Row]:
    """The month's figures on this database; on SQLite for the reader, the bars are PostgreSQL's.

    Both grounds are measured in turns: a machine that is slower in the second minute is slower for both.
    """
    name = "rooms.month" if connection.vendor == "postgresql" else "rooms.month.sqlite"
    figures: dict[tuple[int, int], float] = {}
    is_void, objects = False, 0.0
    much = MUCH_OUTSIDE // 20 if this.is_quick or connection.vendor == "sqlite" else MUCH_OUTSIDE
    say(f"{name}: filling one table with {LITTLE_OUTSIDE:,} bookings outside the month, and one with {much:,}")
    grounds = [Ground(LITTLE_OUTSIDE), Ground(much)]
    for inside in (FEW, MANY):
        for ground in grounds:
            ground.fill_month(inside)
        say(f"{name}: {inside} bookings in the month")
        this.watch.wait()
        with this.watch.block():
            medians: dict[int, list[float]] = {ground.outside: [] for ground in grounds}
            for _round in range(ROUNDS):
                for ground in grounds:
                    ground.enter()
                    medians[ground.outside].append(median_of(ground.month))
            figures |= {(outside, inside): min(found) for outside, found in medians.items()}
            if inside == MANY:
                grounds[0].enter()
                objects = min(median_of(grounds[0].as_objects) for _round in range(ROUNDS))
        is_void = is_void or this.watch.is_void
    yield from bars(name, figures, objects, much, is_void=is_void) if connection.vendor == "postgresql" else words(name, figures, objects, much)


def bars(name: str, figures: dict[tuple[int, int], float], objects: float, much: int, *, is_void: bool) -> Iterator[Row]:
    """What PostgreSQL must keep."""
    few, many = figures[LITTLE_OUTSIDE, FEW], figures[LITTLE_OUTSIDE, MANY]
    yield within(f"{name}.with_{FEW}", few, "ms", at_most=10, void=is_void)
    yield within(f"{name}.with_{MANY}", many, "ms", at_most=50, void=is_void)
    yield beside(f"{name}.beside_model_objects", many, "ms", "the same rows as model objects", objects, at_most=0.6, void=is_void)
    for inside in (FEW, MANY):
        little, lots = figures[LITTLE_OUTSIDE, inside], figures[much, inside]
        yield beside(f"{name}.with_{inside}_and_{much}_outside", lots, "ms", f"with {LITTLE_OUTSIDE:,} outside", little, at_most=1.2, void=is_void)


def words(name: str, figures: dict[tuple[int, int], float], objects: float, much: int) -> Iterator[Row]:
    """The same without bars."""
    yield told(f"{name}.with_{FEW}", figures[LITTLE_OUTSIDE, FEW], "ms")
    yield told(f"{name}.with_{MANY}", figures[LITTLE_OUTSIDE, MANY], "ms", "the same rows as model objects", objects)
    yield told(f"{name}.with_{MANY}_and_{much}_outside", figures[much, MANY], "ms", f"with {LITTLE_OUTSIDE:,} outside", figures[LITTLE_OUTSIDE, MANY])


class Ground:
    """A house of 13 rooms, a hall and its halves, with bookings up to the eve of the month."""

    def __init__(self, outside: int) -> None:
        self.outside = outside
        databases.fresh(f"bench_month_{outside}")
        self.name = str(connection.settings_dict["NAME"])
        rooms = house.HouseRooms()
        rooms.set_up()
        self.hub = rooms.hub
        for slug, first_part, last_part in (("hall", 14, 15), ("hall-east", 14, 14), ("hall-west", 15, 15)):
            house.open_room(self.hub, slug, first_part, last_part)
        self.undivided = list(Room.objects.exclude(slug="hall").order_by("first_part").values_list("pk", "first_part"))
        self.like = house.one_booking(rooms, house.wall(FIRST + timedelta(days=DAYS + 2), 9))
        self.inside = 0
        before = FIRST - timedelta(days=outside // A_DAY + 2)
        house.fill_bookings(self.like, house.hour_by_hour(self.undivided, before, outside, after=MANY), with_traces=False)

    def enter(self) -> None:
        """Let the connection open this ground's database."""
        databases.point_at(self.name)

    def fill_month(self, inside: int) -> None:
        """Bring the month to so many bookings."""
        self.enter()
        house.fill_bookings(self.like, house.hour_by_hour(self.undivided, FIRST, inside, beginning=self.inside), with_traces=False, with_guard=True)
        self.inside = inside
        assert len(self.as_objects()) == inside
        databases.tidy()

    def month(self) -> dict[int, list[RoomDay]]:
        """What a page asks."""
        return days_of_rooms(facts_of_all(Room.objects.at(self.hub).published()), FIRST, DAYS, hours_of=hours_of(self.hub), now=clock.now())

    def as_objects(self) -> list[Booking]:
        """The rows behind it, as the objects Django makes of them."""
        start, end = clock.day_bounds(FIRST)[0], clock.day_bounds(FIRST + timedelta(days=DAYS - 1))[1]
        rooms = [pk for pk, _part in self.undivided]
        return list(Booking.objects.filter(room_id__in=rooms).holding().touching(start, end))


def median_of(call: Callable[[], object]) -> float:
    """Milliseconds, once warm."""
    call()
    return statistics.median(milliseconds(call) for _call in range(CALLS))


def milliseconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000
