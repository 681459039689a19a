"""Eight processes that write as fast as they can: on SQLite nobody is ever told that the database is locked. The bench does it for a minute."""

import multiprocessing
import time
import traceback
from itertools import product
from typing import Any

import pytest
from django.db import connections

from bookings.rooms.models import Booking, Room
from hub.people.models import User
from tests import cast
from tests.factories.rooms import RoomFactory
from tests.races.racing import asked_at, overlaps, taking

PROCESSES = 8
SECONDS = 5
DAYS, HOURS = range(2, 28), range(10, 16)


@pytest.mark.django_db(transaction=True)
def test_eight_processes_write_for_five_seconds_without_one_error(hub: Any) -> None:
    rooms, clerk = [RoomFactory(hub=hub) for _process in range(PROCESSES)], cast.user_with("clerk", hub)
    connections.close_all()
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    writers = [context.Process(target=write, args=(hub, room, clerk, answers)) for room in rooms]
    for writer in writers:
        writer.start()
    made = [answers.get(timeout=120) for _writer in writers]
    for writer in writers:
        writer.join()
    assert [answer for answer in made if isinstance(answer, str)] == []
    assert (Booking.objects.count(), overlaps()) == (sum(made), [])


def write(hub: Any, room: Room, clerk: User, answers: Any) -> None:
    """Book one room's hours until the time or the hours are over; the answer is how many, or what went wrong."""
    made, stop = 0, time.monotonic() + SECONDS
    try:
        for day, hour in product(DAYS, HOURS):
            if time.monotonic() > stop:
                break
            taking(hub, room, asked_at(hour, day=day, hours=1), token=f"{room.slug}-{day}-{hour}", user=clerk)()
            made += 1
        answers.put(made)
    except Exception:
        answers.put(traceback.format_exc())
    finally:
        connections.close_all()
