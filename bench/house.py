"""Our own rooms for the bench: the adapter, and bookings by the hundred thousand."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime, time, timedelta

from django.db import OperationalError, connection, models

from bench.databases import let_go
from bench.peers.harness import FIRST_HOUR, LAST_HOUR, OK, RETRY, ROOMS, TAKEN, Book
from bookings.rooms.actions import Asker, reserve
from bookings.rooms.facts import facts_of
from bookings.rooms.models import Booking, OpeningRule, Room, RoomPrice, no_overlap
from bookings.rooms.rules import Asked
from hub.audit.models import Line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.references import new_token
from hub.hubs.models import Hub
from hub.notifications.models import Message
from hub.people.models import Resident, User

OVERLAPS = """
select count(*) from (
  select held_until, lead(held_from) over (partition by room_id order by held_from, id) as next_from
  from rooms_booking where state in ('pending', 'confirmed', 'closure') and held_from >= %s
) held where next_from < held_until
"""
A_LONG_TIME = 5000  # days that bookings are open ahead


class HouseRooms:
    """The adapter: what the booking view calls once its forms are valid, with rules, audit line and outbox row."""

    name = "house"

    def __init__(self, *, is_visitor: bool = False) -> None:
        self.is_visitor = is_visitor
        self.number = 0

    def set_up(self) -> None:
        """13 rooms open from eight to ten in the evening, holidays too, for 30 yuan an hour; a resident with an account."""
        self.hub = Hub.objects.get(slug="bench")
        for number in range(ROOMS):
            open_room(self.hub, f"room{number}", number + 1, number + 1)
        self.user = User.objects.create(username="bench", name="王秀兰", phone="13800001234")
        self.resident = Resident.objects.create(hub=self.hub, name="王秀兰", user=self.user)

    def connect(self) -> Book:
        """In each process: its own connection, and the rooms' facts in memory as in a process that serves."""
        let_go()
        for number in range(ROOMS):
            facts_of(self.hub, f"room{number}")
        return self.book

    def book(self, room: int, start: datetime, end: datetime) -> str:
        facts = facts_of(self.hub, f"room{room}")
        assert facts is not None
        asked = Asked(start.replace(tzinfo=clock.zone()), end.replace(tzinfo=clock.zone()), 12)
        try:
            reserve(hub=self.hub, room=facts, asked=asked, by=self.by(room, start), token=new_token())
        except RuleBroken as broken:
            if broken.code != "taken":
                raise
            return TAKEN
        except OperationalError:
            return RETRY
        return OK

    def by(self, room: int, start: datetime) -> Asker:
        """The resident; or a visitor, each with a number of their own."""
        if not self.is_visitor:
            return Asker(name="王秀兰", phone="13800001234", purpose="舞蹈队排练", user=self.user, asked_by=self.resident, for_person=self.resident)
        return Asker(name="李明", phone=f"138{((start.toordinal() * 24 + start.hour) * ROOMS + room) % 10**8:08d}", purpose="舞蹈队排练")


def open_room(hub: Hub, slug: str, first_part: int, last_part: int) -> Room:
    """A room open every day, with a price."""
    room = Room.objects.create(
        hub=hub, slug=slug, name_zh="舞蹈排练室", name_en="Dance studio", floor=2, capacity=30, first_part=first_part, last_part=last_part,
        grid_minutes=15, shortest_minutes=15, horizon_days=A_LONG_TIME,
    )  # fmt: skip
    OpeningRule.objects.bulk_create([OpeningRule(room=room, weekday=day, opens_at=time(FIRST_HOUR), closes_at=time(LAST_HOUR)) for day in range(8)])
    RoomPrice.objects.create(room=room, valid_from=date(2020, 1, 1), fen_an_hour=3000)
    return room


def fill_bookings(like: Booking, numbers: str, *, with_traces: bool = True, with_guard: bool = False) -> int:
    """Copies of `like` by one statement, `with_traces` each with its audit line and its message; how many.

    `with_guard` for a few: without it the guard is made anew over the whole table.

    `numbers` is a sub-query that gives `n`, `room_id`, `part` and the start `at`.
    """
    end = "filled.at + interval '1 hour'" if connection.vendor == "postgresql" else "datetime(filled.at, '+1 hour')"
    reference = "(60000000 + filled.n)::text" if connection.vendor == "postgresql" else "CAST(60000000 + filled.n AS TEXT)"
    with nullcontext() if with_guard else guard_off():
        made = copies(
            like,
            numbers,
            {
                "room_id": "filled.room_id", "first_part": "filled.part", "last_part": "filled.part", "reference": reference,
                "token": f"'fill-' || {reference}",
                "starts_at": "filled.at", "held_from": "filled.at", "ends_at": end, "held_until": end, "cancel_by": "filled.at",
            },
        )  # fmt: skip
    if with_traces:
        copies(Line.objects.latest("id"), numbers, {"subject_ref": reference})
        copies(Message.objects.latest("id"), numbers, {"subject_ref": reference, "key": f"'fill-' || {reference}"})
    return made


@contextmanager
def guard_off() -> Iterator[None]:
    """Without the guard while a table is filled: a hundred thousand rows one by one are minutes. It is made anew over all of them."""
    with connection.schema_editor() as editor:
        if statement := no_overlap.remove_sql(Booking, editor):
            editor.execute(statement)
    yield
    with connection.schema_editor() as editor:
        if statement := no_overlap.create_sql(Booking, editor):
            editor.execute(statement)
    assert no_overlap.is_present(connection, Booking._meta.db_table)


def copies(like: models.Model, numbers: str, columns: Mapping[str, str]) -> int:
    """Insert copies of a saved row: `columns` by expression over `filled`, all others as they stand on it."""
    names = [field.column for field in like._meta.concrete_fields if not field.primary_key]
    values = ", ".join(columns.get(name, f'original."{name}"') for name in names)
    table = like._meta.db_table
    quoted = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")  # the keys are copies of one that was checked
        cursor.execute(f"INSERT INTO {table} ({quoted}) SELECT {values} FROM ({numbers}) filled, {table} original WHERE original.id = {int(like.pk)}")
        made = int(cursor.rowcount)
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")
    return made


def overlaps(since: datetime) -> int:
    """Bookings that go on when the next one of their room begins."""
    with connection.cursor() as cursor:
        cursor.execute(OVERLAPS, [since])
        return int(cursor.fetchone()[0])


def one_booking(house: HouseRooms, start: datetime) -> Booking:
    """A booking made in the regular way, to be copied."""
    house.connect()
    assert house.book(0, start, start + timedelta(hours=1)) == OK
    return Booking.objects.latest("id")


def wall(day: date, hour: int) -> datetime:
    """A time as the workload writes it: on the wall clock, without a zone."""
    return datetime.combine(day, time(hour))


def hour_by_hour(rooms: list[tuple[int, int]], first_day: date, count: int, *, beginning: int = 0, after: int = 0) -> str:
    """Numbers for `fill_bookings`: `rooms` (id, part) in turn, hour by hour from 8 to 22, day by day from `first_day` on.

    From the `beginning`-th on; `n` counts on from `after`, so that two fillings do not share their references.
    """
    start = clock.at(first_day, time(FIRST_HOUR)).astimezone(UTC)
    hours, ids = LAST_HOUR - FIRST_HOUR, ", ".join(f"({place}, {pk}, {part})" for place, (pk, part) in enumerate(rooms))
    day, hour = f"(n / {len(rooms)} / {hours})", f"(n / {len(rooms)} % {hours})"
    if connection.vendor == "postgresql":
        numbers = f"SELECT n FROM generate_series({beginning}, {count} - 1) n"
        at = f"'{start.isoformat()}'::timestamptz + {day} * interval '1 day' + {hour} * interval '1 hour'"
    else:
        numbers = f"WITH RECURSIVE counted(n) AS (SELECT {beginning} UNION ALL SELECT n + 1 FROM counted WHERE n < {count} - 1) SELECT n FROM counted"
        at = f"datetime('{start:%Y-%m-%d %H:%M:%S}', '+' || ({day} * 24 + {hour}) || ' hours')"
    return (
        f"WITH room(place, room_id, part) AS (VALUES {ids}) "
        f"SELECT n + {after} AS n, room.room_id, room.part, {at} AS at FROM ({numbers}) numbers JOIN room ON room.place = n % {len(rooms)}"
    )
