"""The last coat goes to one person, and one form makes one parcel and one intake; each race with its protections taken away one by one."""

import threading
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from hub.served.models import ServiceEvent
from mutualaid.clothing.actions import Giver, choose, count_anew, hand_out, put_back, take_in
from mutualaid.clothing.models import Garment, Intake, Movement, Parcel
from mutualaid.clothing.rules import Slot
from tests.factories.clothing import a_slot, asker, brought, garment, parcel, somebody
from tests.mutualaid.clothing.test_stock import faults
from tests.races.racing import LONG_ENOUGH, race, without_constraints

pytestmark = pytest.mark.django_db(transaction=True)
choosing = import_module("mutualaid.clothing.actions.choose")
stock = import_module("mutualaid.clothing.actions.stock")
RIVALS = 4
A_MOMENT = 0.3
COMBINATIONS = [(True, True), (False, True), (True, False), (False, False)]
NAMES = ["lock and guard", "guard alone", "lock alone", "neither"]


def rival(hub: Any, coat: Garment, slot: Slot, n: int, *, token: str = "", person: Any = None) -> Callable[[], Parcel]:
    """Somebody with an entitlement and a number of their own, who wants the coat."""
    by = asker(person or somebody(hub), phone=f"1380000{n:04d}" if person is None else "13800001234")
    return lambda: choose(hub=hub, wanted={coat.pk: 1}, slot=slot, by=by, token=token or f"rival-token-{n:08d}")


def hold_window_open(monkeypatch: pytest.MonkeyPatch, module: Any, after: str, *, has_lock: bool) -> None:
    """Let every rival wait between its look (by `after`, the first time) and its writing until all have looked."""
    meeting, looked, real_look = threading.Barrier(RIVALS), threading.local(), getattr(module, after)

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
    """Read the garments and the number without locking; on SQLite, where BEGIN is the lock, do without the transaction."""
    monkeypatch.setattr(choosing, "locked_garments", lambda hub, pks: list(Garment.objects.at(hub).filter(pk__in=list(pks)).order_by("pk")))
    monkeypatch.setattr(choosing, "lock_number", lambda phone: None)
    if connection.vendor == "sqlite":
        monkeypatch.setattr(choosing, "_choose", choosing._choose.__wrapped__)


@pytest.mark.parametrize(("has_lock", "has_guard"), COMBINATIONS, ids=NAMES)
def test_the_last_coat_goes_to_one(hub: Any, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_guard: bool) -> None:
    coat, slot, made = garment(hub), a_slot(hub), 1 if has_lock or has_guard else RIVALS
    garment(hub, size="M")
    rivals = [rival(hub, coat, slot, n) for n in range(RIVALS)]
    hold_window_open(monkeypatch, choosing, "refuse_second", has_lock=has_lock)
    if not has_lock:
        take_lock_away(monkeypatch)
    if not has_guard:
        without_constraints(Garment, {"garment_never_below_zero"})
    outcomes = race(*rivals)
    left = Garment.objects.get(pk=coat.pk).piece_count
    assert (outcomes.count("done"), outcomes.count("clothing_gone_near"), Parcel.objects.count(), left) == (made, RIVALS - made, made, 1 - made)
    assert faults() == []


@pytest.mark.parametrize(("has_lock", "has_guard"), COMBINATIONS, ids=NAMES)
def test_one_form_sent_four_times_at_once_is_one_parcel(hub: Any, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_guard: bool) -> None:
    coat, slot, person = garment(hub, piece_count=9), a_slot(hub), somebody(hub)
    rivals = [rival(hub, coat, slot, n, token="one-form-for-all", person=person) for n in range(RIVALS)]
    hold_window_open(monkeypatch, choosing, "refuse_second", has_lock=has_lock)
    if not has_lock:
        take_lock_away(monkeypatch)
    if not has_guard:
        without_constraints(Parcel, {"parcel_token_once", "parcel_open_once"})
    outcomes = race(*rivals)
    made = 1 if has_lock or has_guard else RIVALS
    assert (outcomes, Parcel.objects.count()) == (["done"] * RIVALS, made)
    if has_lock:
        assert (Garment.objects.get().piece_count, faults()) == (8, [])


@pytest.mark.parametrize(("has_lock", "has_guard"), COMBINATIONS, ids=NAMES)
def test_one_person_on_four_telephones_has_one_parcel(hub: Any, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_guard: bool) -> None:
    """All want the same coat of many, so that the garment's lock is theirs; the numbers differ."""
    coat, slot, person = garment(hub, piece_count=9), a_slot(hub), somebody(hub)
    rivals = [
        lambda n=n: choose(hub=hub, wanted={coat.pk: 1}, slot=slot, by=asker(person, phone=f"1380000{n:04d}"), token=f"phone-token-{n:06d}")
        for n in range(RIVALS)
    ]
    hold_window_open(monkeypatch, choosing, "refuse_second", has_lock=has_lock)
    if not has_lock:
        take_lock_away(monkeypatch)
    if not has_guard:
        without_constraints(Parcel, {"parcel_open_once"})
    outcomes = race(*rivals)
    made = 1 if has_lock or has_guard else RIVALS
    assert (outcomes.count("done"), Parcel.objects.count()) == (made, made)
    assert {outcome for outcome in outcomes if outcome != "done"} <= {"clothing_open_already", "clothing_open_somewhere"}


@pytest.mark.parametrize("has_guard", [True, False], ids=["guard", "none"])
def test_one_intake_typed_four_times_at_once_is_one(hub: Any, monkeypatch: pytest.MonkeyPatch, has_guard: bool) -> None:
    garment(hub)
    hold_window_open(monkeypatch, stock, "written_before", has_lock=has_guard)
    if not has_guard:
        monkeypatch.setattr(stock, "garment_for", lambda hub, brought, shelf="": Garment.objects.get())
        without_constraints(Intake, {"intake_token_once"})
        if connection.vendor == "sqlite":
            monkeypatch.setattr(stock, "_take_in", stock._take_in.__wrapped__)
    outcomes = race(*(lambda: take_in(hub=hub, brought=brought(), by=None, giver=Giver(), token="one-bag") for _tap in range(RIVALS)))
    made = 1 if has_guard else RIVALS
    assert (outcomes, Intake.objects.filter(token="one-bag").count(), Garment.objects.get().piece_count) == (["done"] * RIVALS, made, 1 + made)


def test_a_late_parcel_is_put_back_or_handed_out_never_both(hub: Any) -> None:
    made = parcel(hub)
    past = {name: getattr(made, name).replace(year=2025) for name in ("starts_at", "ends_at", "collect_by")}
    Parcel.objects.filter(pk=made.pk).update(**past)
    race(*(lambda: put_back(parcel=made),) * 2, *(lambda: hand_out(hub=hub, reference=made.reference, tail="1234", by=None),) * 2)
    is_handed = Parcel.objects.get().state == "handed_out"
    assert (ServiceEvent.objects.count(), Garment.objects.get().piece_count, faults()) == (int(is_handed), int(not is_handed), [])


def test_counting_and_choosing_at_once_keep_the_sum(hub: Any) -> None:
    coat, slot = garment(hub, piece_count=5), a_slot(hub)
    outcomes = race(*(rival(hub, coat, slot, n) for n in range(3)), lambda: count_anew(garment=coat, piece_count=4, reason="盘点", by=None))
    assert (set(outcomes) <= {"done", "clothing_as_it_was"}, faults(), Movement.objects.filter(kind="out").count()) == (True, [], 3)
