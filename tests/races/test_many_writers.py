"""Eight that write as fast as they can, each on its own connection: on SQLite nobody is ever told that the database is locked.

Threads, not forked processes: a fork takes SQLite's own memory of open files along (https://www.sqlite.org/howtocorrupt.html, 2.6), and what it
then sees is no proof. The bench does it with processes that were never connected, for a minute.
"""

import time
from itertools import product
from typing import Any

import pytest

from bookings.rooms.models import Booking
from tests import cast
from tests.factories.rooms import RoomFactory
from tests.races.racing import asked_at, overlaps, race, taking

WRITERS = 8
SECONDS = 4
DAYS, HOURS = range(2, 28), range(10, 16)


@pytest.mark.django_db(transaction=True)
def test_eight_write_for_some_seconds_without_one_error(hub: Any) -> None:
    rooms, clerk = [RoomFactory(hub=hub) for _writer in range(WRITERS)], cast.user_with("clerk", hub)
    stop, made = time.monotonic() + SECONDS, []

    def write(room: Any) -> None:
        """Book one room's hours until the time or the hours are over."""
        for day, hour in product(DAYS, HOURS):
            if time.monotonic() > stop:
                return
            made.append(taking(hub, room, asked_at(hour, day=day, hours=1), token=f"{room.slug}-{day}-{hour}", user=clerk)())

    outcomes = race(*(lambda room=room: write(room) for room in rooms))  # type: ignore[misc]  a lambda keeps its own room
    assert outcomes == ["done"] * WRITERS
    assert (sorted(made), overlaps()) == (sorted(Booking.objects.values_list("reference", flat=True)), [])
