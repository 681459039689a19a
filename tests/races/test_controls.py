"""The race with its protections taken away one by one: each alone holds, and without both it must go wrong, or the race proves nothing.

The window between look and insert is held open: every rival waits there for the others. Under the lock nobody else can come, so the one
who holds it goes on after a moment.
"""

import threading
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from bookings.rooms.actions.reserve import OPEN_BOOKINGS_A_NUMBER
from bookings.rooms.models import Booking, Room
from hub.people.models import User
from tests import cast
from tests.factories.rooms import RoomFactory, a_hall
from tests.races.racing import LONG_ENOUGH, asked_at, overlaps, race, taking, without_guard

pytestmark = pytest.mark.django_db(transaction=True)

module = import_module("bookings.rooms.actions.reserve")  # the package itself exports the function of that name
RIVALS = 4
A_MOMENT = 0.3


@pytest.fixture
def clerk(hub: Any) -> User:
    return cast.user_with("clerk", hub)


def hold_window_open(monkeypatch: pytest.MonkeyPatch, *, has_lock: bool, after: str = "who_holds", at_the: int = 2) -> None:
    """Let every rival wait between its look (by `after`, the second time) and its insert until all have looked."""
    meeting, looked, real_look = threading.Barrier(RIVALS), threading.local(), getattr(module, after)

    def look(*args: Any, **kwargs: Any) -> Any:
        found = real_look(*args, **kwargs)
        looked.times = getattr(looked, "times", 0) + 1
        if looked.times == at_the:
            try:
                meeting.wait(A_MOMENT if has_lock else LONG_ENOUGH)
            except threading.BrokenBarrierError:
                assert has_lock, "a rival was held up: the window was not open"
        return found

    monkeypatch.setattr(module, after, look)


def take_lock_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the rooms without locking them; on SQLite, where BEGIN is the lock, do without the transaction."""
    monkeypatch.setattr(module, "lock_rooms", lambda first, last: dict(Room.objects.sharing_parts(first, last).values_list("pk", "facts_version")))
    if connection.vendor == "sqlite":
        monkeypatch.setattr(module, "write", module.write.__wrapped__)  # type: ignore[attr-defined]  what transaction.atomic wraps


@pytest.mark.parametrize("hall_against_half", [False, True], ids=["one room", "hall against half"])
@pytest.mark.parametrize(
    ("has_lock", "has_guard", "booked"),
    [(True, True, 1), (False, True, 1), (True, False, 1), (False, False, RIVALS)],
    ids=["lock and guard", "guard alone", "lock alone", "neither"],
)
def test_lock_and_guard_each_hold_alone(
    hub: Any, clerk: User, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_guard: bool, booked: int, hall_against_half: bool
) -> None:
    spaces = a_hall(hub)[:2] if hall_against_half else (RoomFactory(hub=hub),)
    rivals = [taking(hub, spaces[n % len(spaces)], asked_at(10), token=f"rival-{n}", user=clerk) for n in range(RIVALS)]
    hold_window_open(monkeypatch, has_lock=has_lock)
    if not has_lock:
        take_lock_away(monkeypatch)
    if not has_guard:
        without_guard()
    outcomes = race(*rivals)
    assert (outcomes.count("done"), Booking.objects.count()) == (booked, booked)
    assert len(overlaps()) == booked * (booked - 1) // 2
    assert [outcome for outcome in outcomes if outcome != "done" and not was_refused(outcome, has_lock=has_lock)] == []


def was_refused(outcome: str, *, has_lock: bool) -> bool:
    """Told that it is taken; without the lock PostgreSQL also breaks rivals up who wait for each other (which is what the lock is for)."""
    return outcome == "taken" or (not has_lock and "deadlock detected" in outcome)


@pytest.mark.parametrize(("has_lock", "booked"), [(True, OPEN_BOOKINGS_A_NUMBER), (False, RIVALS)], ids=["number locked", "not locked"])
def test_a_visitors_limit_stands_on_the_lock_of_the_number(hub: Any, monkeypatch: pytest.MonkeyPatch, has_lock: bool, booked: int) -> None:
    """Each rival wants a room of its own, so that the rooms' locks keep nobody waiting."""
    rivals = [taking(hub, RoomFactory(hub=hub), asked_at(10), token=f"rival-{n}") for n in range(RIVALS)]
    hold_window_open(monkeypatch, has_lock=has_lock, after="refuse_hoarding", at_the=1)
    if not has_lock:
        monkeypatch.setattr(module, "lock_number", lambda phone: None)
        if connection.vendor == "sqlite":
            take_lock_away(monkeypatch)
    assert race(*rivals).count("done") == booked
