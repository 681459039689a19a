"""Two at once in the swap shop end in one right state; the locks and the database's constraints each hold alone, and without both it goes wrong."""

import threading
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from hub.served.models import ServiceEvent
from mutualaid.swapshop.actions import accept_offer, confirm, renege
from mutualaid.swapshop.models import Barter, BarterItem, Item, Offer
from tests.factories.swapshop import a_swapper, an_offer, in_the_shop, promised
from tests.races.racing import LONG_ENOUGH, race, without_constraints

pytestmark = pytest.mark.django_db(transaction=True)
offers = import_module("mutualaid.swapshop.actions.offers")
barters = import_module("mutualaid.swapshop.actions.barters")
RIVALS = 3
A_MOMENT = 0.3
GUARDS = (
    (BarterItem, {"swap_item_in_one_living_barter"}),
    (Offer, {"swap_offer_accepted_once"}),
)


def hold_window_open(monkeypatch: pytest.MonkeyPatch, module: Any, after: str, rivals: int, *, has_lock: bool) -> None:
    """Let every rival wait between its look (`after`) and its writing until all have looked."""
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


def take_lock_away(monkeypatch: pytest.MonkeyPatch, module: Any, action: str) -> None:
    """Read things, offers and barters without locking them; on SQLite, where BEGIN is the lock, do without the transaction."""
    monkeypatch.setattr(offers, "locked_items", unlocked_items)
    monkeypatch.setattr(offers, "locked_offer", lambda row: Offer.objects.select_related("hub", "for_person").get(pk=row.pk))
    monkeypatch.setattr(barters, "locked_barter", unlocked_barter)
    if connection.vendor == "sqlite":
        monkeypatch.setattr(module, action, getattr(module, action).__wrapped__)


def unlocked_items(ids: Any) -> dict[int, Item]:
    return {item.pk: item for item in Item.objects.select_related("hub", "kind", "for_person").filter(pk__in=set(ids)).order_by("pk")}


def unlocked_barter(row: Barter) -> tuple[Barter, dict[int, Item], list[BarterItem]]:
    rows = list(BarterItem.objects.filter(barter_id=row.pk).order_by("pk"))
    barter = Barter.objects.select_related("hub", "owner", "taker", "offer__item").get(pk=row.pk)
    return barter, unlocked_items(each.item_id for each in rows), rows


def two_offers_for_one(hub: Any) -> list[Offer]:
    """Several people want the same thing."""
    wanted = in_the_shop(a_swapper(hub))
    return [an_offer(wanted, in_the_shop(a_swapper(hub))) for _each in range(RIVALS)]


def one_thing_in_several(hub: Any) -> list[Offer]:
    """One thing offered for several, whose owners all say yes."""
    rope = in_the_shop(a_swapper(hub))
    return [an_offer(in_the_shop(a_swapper(hub)), rope) for _each in range(RIVALS)]


def accepting(offer: Offer) -> Callable[[], Barter]:
    return lambda: accept_offer(offer=offer)


FOUR = pytest.mark.parametrize(
    ("has_lock", "has_guard", "promises"),
    [(True, True, 1), (False, True, 1), (True, False, 1), (False, False, RIVALS)],
    ids=["lock and guard", "guard alone", "lock alone", "neither"],
)


@pytest.mark.parametrize("make", [two_offers_for_one, one_thing_in_several])
@FOUR
def test_a_thing_is_promised_once(hub: Any, monkeypatch: pytest.MonkeyPatch, make: Any, has_lock: bool, has_guard: bool, promises: int) -> None:
    rivals = [accepting(offer) for offer in make(hub)]
    hold_window_open(monkeypatch, offers, "refuse_promised", RIVALS, has_lock=has_lock)
    if not has_lock:
        take_lock_away(monkeypatch, offers, "_accept")
    if not has_guard:
        for model, names in GUARDS:
            without_constraints(model, names)
    outcomes = race(*rivals)
    living = BarterItem.objects.filter(is_living=True)
    assert [outcome for outcome in outcomes if outcome != "done" and not was_refused(outcome, has_lock=has_lock)] == []
    assert outcomes.count("done") == promises
    assert living.count() - living.values("item").distinct().count() == promises - 1


def was_refused(outcome: str, *, has_lock: bool) -> bool:
    """Told that it is promised; without the lock PostgreSQL also breaks rivals up who wait for each other."""
    return outcome == "swap_promised_already" or (not has_lock and "deadlock detected" in outcome)


def test_the_same_barter_accepted_several_times_at_once_is_one(hub: Any) -> None:
    offer = an_offer(in_the_shop(a_swapper(hub)), in_the_shop(a_swapper(hub)))
    assert race(*(accepting(offer) for _tap in range(RIVALS))) == ["done"] * RIVALS
    assert (Barter.objects.count(), BarterItem.objects.count()) == (1, 2)


@pytest.mark.parametrize("has_lock", [True, False], ids=["locked", "not locked"])
def test_both_confirm_at_once_and_all_of_it_goes(hub: Any, monkeypatch: pytest.MonkeyPatch, has_lock: bool) -> None:
    """Without the lock each writes its own word over the other's, and nothing is ever done: the lock is what holds here."""
    barter = promised(in_the_shop(a_swapper(hub)), in_the_shop(a_swapper(hub)))
    hold_window_open(monkeypatch, barters, "was_there", 2, has_lock=has_lock)
    if not has_lock:
        take_lock_away(monkeypatch, barters, "confirm")
    sides = ("owner", "taker")
    rivals = [lambda side=side: barters.confirm(barter=barter, sides=[side]) for side in sides]
    assert race(*rivals) == ["done", "done"]
    barter.refresh_from_db()
    gone = Item.objects.filter(state="swapped").count()
    assert (barter.state, gone, ServiceEvent.objects.count()) == (("done", 2, 1) if has_lock else ("promised", 0, 0))


def test_confirmed_and_broken_at_once_end_in_one_of_the_two(hub: Any) -> None:
    barter = promised(in_the_shop(a_swapper(hub)), in_the_shop(a_swapper(hub)))
    confirm(barter=barter, sides=["owner"])
    outcomes = race(lambda: confirm(barter=barter, sides=["taker"]), lambda: renege(barter=barter, side="owner", reason="changed_mind"))
    barter.refresh_from_db()
    states = set(Item.objects.values_list("state", flat=True))
    assert (outcomes, barter.state, states) in [
        (["done", "swap_barter_over"], "done", {"swapped"}),
        (["swap_barter_over", "done"], "reneged", {"listed"}),
    ]
