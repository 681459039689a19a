"""Sums of the hours book: `volunteers.*` at five thousand volunteers over three years, an hour's entry or two a week each."""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import databases
from bench.report import Row, told, within
from bench.run import Run, say
from hub.core import clock
from hub.core.constraints import NoOverlap
from hub.hubs.models import Hub
from hub.people.models import Resident, User
from mutualaid.volunteers.models import HoursEntry
from mutualaid.volunteers.totals import minutes_by_person, totals

DATABASES = ("postgresql", "sqlite")
VOLUNTEERS, YEARS, A_YEAR = 5_000, 3, 24  # entries of one volunteer in a year: two a month
QUICK = 500
CALLS = 21


def rows(this: Run) -> Iterator[Row]:
    """Everybody's minutes over three years, over a month, the page's own list, and one volunteer's."""
    name = "volunteers" if connection.vendor == "postgresql" else "volunteers.sqlite"
    people_count = QUICK if this.is_quick else VOLUNTEERS
    databases.fresh("bench_volunteers")
    hub = Hub.objects.get(slug="bench")
    say(f"{name}: {people_count} volunteers, {people_count * YEARS * A_YEAR} entries")
    people = put_people(hub, people_count)
    put_hours(hub, people)
    databases.tidy()
    end = clock.day_bounds(clock.today())[0]
    start, month = end - timedelta(days=365 * YEARS), end - timedelta(days=30)
    assert sum(minutes_by_person(hub, start - timedelta(days=9), end + timedelta(days=1)).values()) == people_count * YEARS * A_YEAR * 120
    this.watch.wait()
    with this.watch.block():
        all_ms, asked = measured(lambda: minutes_by_person(hub, start, end))
        page_ms, page_asked = measured(lambda: totals(hub, start, end))
        month_ms, _asked = measured(lambda: minutes_by_person(hub, month, end))
        one_ms, _asked = measured(lambda: minutes_by_person(hub, start, end, resident_id=people[0].pk))
    yield within(f"{name}.totals_of_{people_count}_in_{YEARS}_years", all_ms, "ms", at_most=300, void=this.watch.is_void)
    yield told(f"{name}.totals_statements", asked, "statements")
    yield told(f"{name}.list_of_everybody", page_ms, "ms")
    yield told(f"{name}.list_statements", page_asked, "statements")
    yield told(f"{name}.totals_of_a_month", month_ms, "ms")
    yield told(f"{name}.one_volunteer", one_ms, "ms")


def put_people(hub: Hub, count: int) -> list[Resident]:
    """Without numbers: nobody is rung here."""
    Resident.objects.bulk_create((Resident(hub=hub, name=f"志愿者{number}") for number in range(count)), batch_size=1000)
    return list(Resident.objects.at(hub).order_by("pk")[:count])


def put_hours(hub: Hub, people: list[Resident]) -> None:
    """Two hours every fifteenth day, every tenth over midnight; all confirmed. The guard against overlaps looks at all of them at the end: one by one
    it takes a quarter of an hour."""
    guard = next(constraint for constraint in HoursEntry._meta.constraints if isinstance(constraint, NoOverlap))
    with connection.schema_editor() as editor:
        editor.remove_constraint(HoursEntry, guard)
    coordinator = User.objects.create(username="bench-coordinator", name="冯雪")
    last = clock.day_bounds(clock.today())[0] - timedelta(days=1)
    for step in range(YEARS * A_YEAR):
        day = last - timedelta(days=15 * step)
        HoursEntry.objects.bulk_create(
            (entry(hub, person, day + timedelta(hours=23 if place % 10 == 0 else 9), coordinator, f"{step}-{place}") for place, person in enumerate(people)),
            batch_size=1000,
        )
    with connection.schema_editor() as editor:
        editor.add_constraint(HoursEntry, guard)


def entry(hub: Hub, person: Resident, start: object, by: User, token: str) -> HoursEntry:
    """Two hours, unsaved."""
    end = start + timedelta(hours=2)  # type: ignore[operator]  # an instant
    return HoursEntry(
        hub=hub, resident=person, starts_at=start, ends_at=end, minutes=120, what="便民站引导", source="shift", state="confirmed", decided_by=by,
        decided_at=end, filed_at=end, token=token,
    )  # fmt: skip


def measured(call: Callable[[], object]) -> tuple[float, int]:
    """The slowest but one of twenty-one in milliseconds, and the statements, once warm."""
    with CaptureQueriesContext(connection) as asked:
        call()
    times = []
    for _call in range(CALLS):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    say(f"  middle {statistics.median(times):.1f} ms")
    return sorted(times)[-2], len(asked)
