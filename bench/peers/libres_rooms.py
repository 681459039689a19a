"""libres 1.4 on PostgreSQL, the nearest peer: an allocation a day from 8 to 22, a raster of 15 minutes, slots that cannot collide."""

from datetime import datetime, timedelta
from typing import Any

import libres
import psycopg2
from libres.db.scheduler import Scheduler
from libres.modules import errors
from sqlalchemy.exc import IntegrityError, OperationalError

from bench.peers.harness import FIRST_HOUR, LAST_HOUR, OK, RETRY, ROOMS, TAKEN, Book

DATABASE = "bench_libres"
ZONE = "Asia/Shanghai"
MORE_DAYS = """
insert into allocations ({columns})
  select {values} from allocations original, generate_series(1, {days} - 1) n
"""
FILL = """
create temp table pick as
  select a.id, a.resource, a."group" g, a._start + h * interval '1 hour' s, row_number() over () n
  from (select * from allocations, generate_series(0, 13) h where allocations._start < '{until}' order by md5(id::text || h::text)) a limit {count};
insert into reservations (type, token, target, target_type, resource, start, "end", timezone, status, email, quota, created)
  select 'generic', md5('fill' || n)::uuid, g, 'allocation', resource, s, s + interval '1 hour' - interval '1 microsecond', '{zone}', 'approved', 'a@example.org', 1, now()
  from pick;
insert into reserved_slots (resource, start, "end", allocation_id, source_type, reservation_token, source_id, created)
  select p.resource, p.s + q * interval '15 min', p.s + (q + 1) * interval '15 min' - interval '1 microsecond', p.id, 'reservation', r.token, r.id, now()
  from pick p join reservations r on r.token = md5('fill' || p.n)::uuid, generate_series(0, 3) q
"""
OVERLAPS = """
select count(*) from reserved_slots a join reserved_slots b
  on a.resource = b.resource and tsrange(a.start, a."end") && tsrange(b.start, b."end") and a.ctid < b.ctid where a.start >= '{since}' and b.start >= '{since}'
"""

class LibresRooms:
    """The adapter; `server` in libpq's words."""

    name = "libres 1.4"

    def __init__(self, server: str) -> None:
        self.server = server
        self.address = f"postgresql+psycopg2:///{DATABASE}?" + "&".join(server.split())

    def set_up(self, first_day: datetime, days: int, filled: int, fill_until: datetime) -> None:
        """A fresh database with `days` of allocations, `filled` bookings in those before `fill_until`."""
        with_server = psycopg2.connect(self.server + " dbname=postgres")
        with_server.autocommit = True
        with_server.cursor().execute(f"drop database if exists {DATABASE} with (force)")
        with_server.cursor().execute(f"create database {DATABASE}")
        with_server.close()
        schedulers = self.schedulers()
        schedulers[0].setup_database()
        schedulers[0].commit()
        for scheduler in schedulers:
            scheduler.allocate((first_day.replace(hour=FIRST_HOUR), first_day.replace(hour=LAST_HOUR)), partly_available=True, raster=15)
            scheduler.commit()
        schedulers[0].close()
        schedulers[0].session.get_bind().dispose()
        self.repeat_first_day(days)
        self.sql(FILL.format(until=f"{fill_until:%Y-%m-%d}", count=filled, zone=ZONE))
        self.sql("vacuum analyze")

    def repeat_first_day(self, days: int) -> None:
        """The first day's allocations on the days that follow, by SQL: made one by one they take minutes."""
        columns = [row[0] for row in self.sql("select column_name from information_schema.columns where table_name = 'allocations' and column_name <> 'id'")]
        changed = {"group": "gen_random_uuid()", **{name: f"original.{name} + n * interval '1 day'" for name in ("_start", "_end")}}
        values = ", ".join(changed.get(name, f'original."{name}"') for name in columns)
        self.sql(MORE_DAYS.format(columns=", ".join(f'"{name}"' for name in columns), values=values, days=days))

    def connect(self) -> Book:
        """In each process: its schedulers, with the connection open."""
        schedulers = self.schedulers()
        schedulers[0].managed_reservations().first()
        schedulers[0].rollback()

        def book(room: int, start: datetime, end: datetime) -> str:
            scheduler = schedulers[room]
            try:
                token = scheduler.reserve("a@example.org", (start, end))
                scheduler.session.flush()
                scheduler.approve_reservations(token)
                scheduler.commit()
            except (errors.AlreadyReservedError, errors.NotReservableError):
                scheduler.rollback()
                return TAKEN
            except (IntegrityError, OperationalError):  # serialisation failures and deadlocks among them
                scheduler.rollback()
                return RETRY
            return OK

        return book

    def schedulers(self) -> list[Any]:
        """One a room; the context bears the same name in every process, so that the rooms' ids agree."""
        context = libres.registry.register_context("bench", replace=True)
        context.set_setting("dsn", self.address)
        return [Scheduler(context, f"room{room}", ZONE) for room in range(ROOMS)]

    def overlaps(self, since: datetime) -> int:
        """Pairs of slots that collide."""
        return int(self.sql(OVERLAPS.format(since=since.date() - timedelta(days=1)))[0][0])

    def count(self) -> int:
        """Bookings that hold."""
        return int(self.sql("select count(*) from reservations where status = 'approved'")[0][0])

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        connection = psycopg2.connect(f"{self.server} dbname={DATABASE}")
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(statement)
        found = cursor.fetchall() if cursor.description else []
        connection.close()
        return found
