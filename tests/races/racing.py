"""Threads that start together, and what became of each."""

import threading
from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from itertools import combinations
from typing import Any

from django.db import connection, connections
from django.db.models import Model

from bookings.rooms import actions
from bookings.rooms.facts import facts_of
from bookings.rooms.models import Booking, Room, no_overlap
from bookings.rooms.rules import Asked
from hub.core import clock
from hub.core.errors import RuleBroken
from tests.factories.rooms import asker

LONG_ENOUGH = 30.0  # seconds; nobody waits that long unless something hangs


def in_days(days: int) -> date:
    """A day within every room's horizon, reckoned from the real one: nothing is frozen in here."""
    return clock.today() + timedelta(days=days)


def asked_at(hour: int, *, day: int = 5, hours: int = 2) -> Asked:
    """From `hour` on; between ten and four the factory's rooms are open even on a holiday."""
    return Asked(clock.at(in_days(day), time(hour)), clock.at(in_days(day), time(hour + hours)), 5)


def taking(hub: Any, room: Room, asked: Asked, *, token: str, **given: Any) -> Callable[[], str]:
    """A rival that books: gives the reference."""
    facts = facts_of(hub, room.slug)
    assert facts is not None
    return lambda: actions.reserve(hub=hub, room=facts, asked=asked, by=asker(**given), token=token).reference


def race(*rivals: Callable[[], Any]) -> list[str]:
    """Run all at the same moment, each on its own connection: 'done', the code of the refusal, or the name of the error, in their order."""
    start, outcomes = threading.Barrier(len(rivals)), [""] * len(rivals)

    def run(place: int) -> None:
        try:
            connection.ensure_connection()
            start.wait(LONG_ENOUGH)
            rivals[place]()
            outcomes[place] = "done"
        except RuleBroken as broken:
            outcomes[place] = broken.code
        except Exception as error:
            outcomes[place] = f"{type(error).__name__}: {error}"
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(rivals))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def overlaps() -> list[tuple[str, str]]:
    """Pairs of references that keep the same part of the house at the same instant, found without the database's help."""
    rows = Booking.objects.holding().order_by("id").values_list("reference", "first_part", "last_part", "held_from", "held_until")
    return [(one[0], two[0]) for one, two in combinations(rows, 2) if one[1] <= two[2] and two[1] <= one[2] and share_an_instant(one, two)]


def share_an_instant(one: tuple[Any, ...], two: tuple[Any, ...]) -> bool:
    """Half-open times."""
    starts: list[datetime] = [one[3], two[3]]
    return max(starts) < min(one[4], two[4])


def without_guard() -> None:
    """Take the database's own guard away; the next test begins with a fresh database."""
    with connection.schema_editor() as editor:
        if statement := no_overlap.remove_sql(Booking, editor):  # on SQLite it has dropped its triggers itself
            editor.execute(statement)
    assert not no_overlap.is_present(connection, Booking._meta.db_table)


def without_constraints(model: type[Model], names: Collection[str]) -> None:
    """Take these of a model's constraints away; the next test begins with a fresh database."""
    kept, gone = [], []
    for constraint in model._meta.constraints:
        (gone if constraint.name in names else kept).append(constraint)
    assert gone, f"{model.__name__} has none of them"
    with connection.schema_editor() as editor:
        if connection.vendor == "postgresql":
            for constraint in gone:
                editor.remove_constraint(model, constraint)
            return
        before, model._meta.constraints = model._meta.constraints, kept
        try:
            editor._remake_table(model)  # type: ignore[attr-defined]  SQLite's editor alone has it
        finally:
            model._meta.constraints = before
