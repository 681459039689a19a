"""Seven places and many at the door, ten who leave at once, hours filed twice: each race with its lock and its guard taken away."""

import threading
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from hub.core import clock
from hub.core.references import new_token
from hub.notifications.models import Message
from hub.people.models import Resident
from mutualaid.volunteers.actions import Joiner, confirm, file_hours, reverse, sign_up, withdraw
from mutualaid.volunteers.models import HoursEntry, Shift, SignUp, no_overlap
from tests import cast
from tests.factories.volunteers import a_shift, a_volunteer, joined
from tests.races.racing import LONG_ENOUGH, race, without_constraints

pytestmark = pytest.mark.django_db(transaction=True)
joining = import_module("mutualaid.volunteers.actions.sign_ups")
shifts = import_module("mutualaid.volunteers.actions.shifts")
hours = import_module("mutualaid.volunteers.actions.hours")
PLACES, JOINERS, LEAVERS, RIVALS = 7, 12, 4, 4
A_MOMENT = 0.3
FOUR = [(True, True), (False, True), (True, False), (False, False)]
NAMES = ["lock and guard", "guard alone", "lock alone", "neither"]


def hold_window_open(monkeypatch: pytest.MonkeyPatch, module: Any, after: str, *, rivals: int, has_lock: bool) -> None:
    """Let every rival wait after its first look (by `after`) until all have looked."""
    meeting, looked, real_look = threading.Barrier(rivals), threading.local(), getattr(module, after)

    def look(*args: Any, **kwargs: Any) -> Any:
        found = real_look(*args, **kwargs)
        if not getattr(looked, "has_met", False):
            looked.has_met = True
            try:
                meeting.wait(A_MOMENT if has_lock else LONG_ENOUGH)
            except threading.BrokenBarrierError:
                assert has_lock, "a rival was held up: the window was not open"
        return found

    monkeypatch.setattr(module, after, look)


def take_lock_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the shift without locking it; on SQLite, where BEGIN is the lock, do without the transactions."""
    unlocked = lambda pk: Shift.objects.select_related("opportunity", "hub__site").get(pk=pk)  # noqa: E731  three modules know it by this name
    for module in (joining, shifts, import_module("mutualaid.volunteers.actions.writing")):
        monkeypatch.setattr(module, "locked_shift", unlocked)
    monkeypatch.setattr(joining, "locked_sign_up", lambda row: SignUp.objects.select_related("shift__opportunity", "for_person", "hub__site").get(pk=row.pk))
    if connection.vendor == "sqlite":
        monkeypatch.setattr(joining, "_sign_up", joining._sign_up.__wrapped__)
        monkeypatch.setattr(joining, "withdraw", joining.withdraw.__wrapped__)
        monkeypatch.setattr(joining, "fill_places", shifts.fill_places.__wrapped__)


def coming(shift: Shift, person: Resident) -> Callable[[], SignUp]:
    token = new_token()
    return lambda: sign_up(shift=shift, by=Joiner(person, asked_by=person), token=token)


@pytest.mark.parametrize(("has_lock", "has_guard"), FOUR, ids=NAMES)
def test_seven_places_and_many_at_once(hub: Any, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_guard: bool) -> None:
    shift = a_shift(hub, places=PLACES)
    rivals = [coming(shift, a_volunteer(hub)) for _each in range(JOINERS)]
    hold_window_open(monkeypatch, joining, "taken_places", rivals=JOINERS, has_lock=has_lock)
    if not has_lock:
        take_lock_away(monkeypatch)
        monkeypatch.setattr(joining, "TRIES", JOINERS + 1)
    if not has_guard:
        without_constraints(SignUp, {"signup_place_once"})
    assert race(*rivals) == ["done"] * JOINERS
    going, waiting = SignUp.objects.going(), SignUp.objects.in_turn()
    if not has_lock and not has_guard:
        assert going.count() == JOINERS
        return
    assert (going.count(), sorted(going.values_list("place_no", flat=True)), waiting.count()) == (PLACES, list(range(1, PLACES + 1)), JOINERS - PLACES)
    if has_lock:
        arrivals = SignUp.objects.order_by("id").values_list("state", flat=True)
        assert list(arrivals) == ["going"] * PLACES + ["waiting"] * (JOINERS - PLACES)


def test_ten_leave_at_once_and_ten_move_up_none_twice(hub: Any) -> None:
    shift = a_shift(hub, places=10)
    going = [joined(shift) for _each in range(10)]
    waiting = [joined(shift) for _each in range(12)]
    assert race(*((lambda row=row: withdraw(sign_up=row)) for row in going)) == ["done"] * 10
    assert [SignUp.objects.get(pk=row.pk).state for row in waiting] == ["going"] * 10 + ["waiting"] * 2
    told = Message.objects.filter(kind="shift_promoted").values_list("subject_ref", flat=True)
    assert sorted(told) == sorted(str(row.pk) for row in waiting[:10])


@pytest.mark.parametrize(("has_lock", "has_guard"), FOUR, ids=NAMES)
def test_who_leaves_at_once_lets_as_many_up(hub: Any, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_guard: bool) -> None:
    """Each of the four looks at who waits before anybody has moved up."""
    shift = a_shift(hub, places=LEAVERS)
    going = [joined(shift) for _each in range(LEAVERS)]
    waiting = [joined(shift) for _each in range(LEAVERS + 2)]
    hold_window_open(monkeypatch, shifts, "first_in_turn", rivals=LEAVERS, has_lock=has_lock)
    if not has_lock:
        take_lock_away(monkeypatch)
    moved: list[int] = []
    if not has_guard:
        without_constraints(SignUp, {"signup_place_once"})
        monkeypatch.setattr(shifts, "move_up", careless(moved))
    outcomes = race(*((lambda row=row: joining.withdraw(sign_up=row)) for row in going))
    up = SignUp.objects.going().count()
    if has_lock:
        assert (outcomes, up, Message.objects.filter(kind="shift_promoted").count()) == (["done"] * LEAVERS, LEAVERS, LEAVERS)
        assert [SignUp.objects.get(pk=row.pk).state for row in waiting] == ["going"] * LEAVERS + ["waiting"] * 2
    elif has_guard:
        numbers = list(SignUp.objects.going().values_list("place_no", flat=True))
        assert len(numbers) == len(set(numbers)) <= LEAVERS  # nobody in another's place, nobody moved up twice; whoever lost tries again
    else:
        assert moved.count(waiting[0].pk) == LEAVERS  # each of the four gave the same person a place, whatever became of it in the end


def careless(moved: list[int]) -> Callable[[SignUp, int], bool]:
    """Moving up without asking whether the row still waits; `moved` says whom, each time."""

    def move_up(row: SignUp, place: int) -> bool:
        moved.append(row.pk)
        SignUp.objects.filter(pk=row.pk).update(state="going", place_no=place)
        return True

    return move_up


def test_one_person_pressing_four_times_has_one_place(hub: Any) -> None:
    shift, person = a_shift(hub), a_volunteer(hub)
    outcomes = race(*(coming(shift, person) for _tap in range(RIVALS)))
    assert (outcomes.count("done"), outcomes.count("volunteer_there"), SignUp.objects.count()) == (1, RIVALS - 1, 1)


@pytest.mark.parametrize(("has_lock", "has_guard"), FOUR, ids=NAMES)
def test_the_same_hours_filed_four_times_at_once_are_one_entry(hub: Any, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_guard: bool) -> None:
    person = a_volunteer(hub)
    end = clock.now().replace(second=0, microsecond=0) - timedelta(hours=1)
    span = {"starts_at": end - timedelta(hours=2), "ends_at": end}
    hold_window_open(monkeypatch, hours, "spans_around", rivals=RIVALS, has_lock=has_lock)
    if not has_lock:
        monkeypatch.setattr(hours, "locked_person", lambda pk: Resident.objects.get(pk=pk))
        if connection.vendor == "sqlite":
            monkeypatch.setattr(hours, "_file", hours._file.__wrapped__)
    if not has_guard:
        without_guard()
    outcomes = race(*((lambda: file_hours(resident=person, what="买菜", by=person.user, **span)) for _tap in range(RIVALS)))
    made = RIVALS if not has_lock and not has_guard else 1
    assert (outcomes.count("done"), outcomes.count("hours_overlap"), HoursEntry.objects.count()) == (made, RIVALS - made, made)


def without_guard() -> None:
    """Take the database's own guard away; the next test begins with a fresh database."""
    with connection.schema_editor() as editor:
        if statement := no_overlap.remove_sql(HoursEntry, editor):  # on SQLite it has dropped its triggers itself
            editor.execute(statement)
    assert not no_overlap.is_present(connection, HoursEntry._meta.db_table)


def test_confirmed_and_reversed_by_four_at_once_happens_once(hub: Any) -> None:
    person = a_volunteer(hub)
    end = clock.now() - timedelta(hours=1)
    entry = file_hours(resident=person, starts_at=end - timedelta(hours=2), ends_at=end, what="买菜", by=person.user)
    people = [cast.user_with("coordinator", hub, f"coordinator-{n}") for n in range(RIVALS)]
    assert race(*((lambda by=by: confirm(entry=entry, by=by)) for by in people)) == ["done"] * RIVALS
    assert race(*((lambda by=by: reverse(entry=entry, by=by, reason="x")) for by in people)) == ["done"] * RIVALS
    assert sorted(HoursEntry.objects.values_list("minutes", flat=True)) == [-120, 120]
