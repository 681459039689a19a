"""The adapter of the bare model: lock, exists, insert, one audit row."""

from datetime import datetime, timedelta

from django.db import OperationalError, connection, transaction

from bench.bare.models import BareBooking, BareLine, BareRoom
from bench.databases import let_go
from bench.peers.harness import FIRST_HOUR, OK, RETRY, ROOMS, TAKEN, Book
from hub.core import clock

FILL = """
insert into bare_barebooking (room_id, starts_at, ends_at, name)
select %(room)s + n %% %(rooms)s, at, at + interval '1 hour', 'filled' from (
  select n, %(first)s::timestamptz + (n / %(rooms)s / 14) * interval '1 day' + (n / %(rooms)s %% 14) * interval '1 hour' as at
  from generate_series(0, %(count)s - 1) n) filled
"""


class BareRooms:
    """Rooms as the first page of a tutorial would have them, in the same database as ours."""

    name = "bare Django model"

    def set_up(self, first_day: datetime, filled: int) -> None:
        first = BareRoom.objects.bulk_create([BareRoom(name=f"room{room}") for room in range(ROOMS)])[0].pk
        opening = first_day.replace(hour=FIRST_HOUR, tzinfo=clock.zone())
        with connection.cursor() as cursor:
            cursor.execute(FILL, {"room": first, "rooms": ROOMS, "first": opening, "count": filled})
        self.first = first

    def connect(self) -> Book:
        let_go()
        list(BareRoom.objects.all())
        return self.book

    def book(self, room: int, start: datetime, end: datetime) -> str:
        start, end = start.replace(tzinfo=clock.zone()), end.replace(tzinfo=clock.zone())
        try:
            with transaction.atomic():
                locked = BareRoom.objects.select_for_update().get(pk=self.first + room)
                if BareBooking.objects.filter(room=locked, starts_at__gt=start - timedelta(days=1), starts_at__lt=end, ends_at__gt=start).exists():
                    return TAKEN
                made = BareBooking.objects.create(room=locked, starts_at=start, ends_at=end, name="somebody")
                BareLine.objects.create(verb="reserve", ref=str(made.pk))
        except OperationalError:
            return RETRY
        return OK
