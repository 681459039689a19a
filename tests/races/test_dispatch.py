"""Two operators at once never send two helpers; the order's lock and the database's constraint each hold alone, and without both it goes wrong."""

import threading
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from bookings.dispatch.actions import accept, offer, withdraw
from bookings.dispatch.models import Offer
from bookings.orders.models import Order
from hub.core import clock
from hub.people.models import User
from tests import cast
from tests.factories.dispatch import ProviderFactory, offered
from tests.factories.orders import ServiceFactory, asked, order
from tests.races.racing import LONG_ENOUGH, race, without_constraints

pytestmark = pytest.mark.django_db(transaction=True)
module = import_module("bookings.dispatch.actions.offers")
writing = import_module("bookings.dispatch.actions.writing")
RIVALS = 4
A_MOMENT = 0.3


@pytest.fixture
def made(hub: Any) -> Order:
    """In three days, eight to ten: the clock is the real one here."""
    return order(hub, ServiceFactory(hub=hub), asked(day=clock.today() + timedelta(days=3)), user=cast.user_with("clerk", hub))


def sending(made: Order, place: int) -> Callable[[], Offer]:
    """An operator of their own, who sends a helper of their own."""
    operator: User = cast.user_with("operator", made.hub, f"operator-{place}")
    provider = ProviderFactory(hub=made.hub, services=[made.service])
    return lambda: offer(order=made, provider=provider, by=operator)


def hold_window_open(monkeypatch: pytest.MonkeyPatch, *, has_lock: bool) -> None:
    """Let every rival wait between the look for a living offer and the insert until all have looked."""
    meeting, looked, real_look = threading.Barrier(RIVALS), threading.local(), module.living_offer

    def look(*args: Any, **kwargs: Any) -> Any:
        found = real_look(*args, **kwargs)
        if not getattr(looked, "has_met", False):
            looked.has_met = True
            try:
                meeting.wait(A_MOMENT if has_lock else LONG_ENOUGH)
            except threading.BrokenBarrierError:
                assert has_lock, "a rival was held up: the window was not open"
        return found

    monkeypatch.setattr(module, "living_offer", look)


def take_lock_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the order without locking it; on SQLite, where BEGIN is the lock, do without the transaction."""
    monkeypatch.setattr(writing, "locked_order", lambda row: Order.objects.select_related("service", "hub").get(pk=row.pk))
    if connection.vendor == "sqlite":
        monkeypatch.setattr(module, "_offer", module._offer.__wrapped__)


@pytest.mark.parametrize(
    ("has_lock", "has_guard", "sent"),
    [(True, True, 1), (False, True, 1), (True, False, 1), (False, False, RIVALS)],
    ids=["lock and guard", "guard alone", "lock alone", "neither"],
)
def test_operators_at_once_send_one_helper(made: Order, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_guard: bool, sent: int) -> None:
    rivals = [sending(made, place) for place in range(RIVALS)]
    hold_window_open(monkeypatch, has_lock=has_lock)
    if not has_lock:
        take_lock_away(monkeypatch)
    if not has_guard:
        without_constraints(Offer, {"offer_one_living"})
    outcomes = race(*rivals)
    assert (outcomes.count("done"), outcomes.count("offer_living"), Offer.objects.living().count()) == (sent, RIVALS - sent, sent)


def test_taken_back_and_accepted_at_once_end_in_one_of_the_two(made: Order) -> None:
    sent, operator = offered(made), cast.user_with("operator", made.hub)
    outcomes = race(lambda: accept(offer=sent), lambda: withdraw(offer=sent, by=operator, why="换人"))
    sent.refresh_from_db()
    made.refresh_from_db()
    assert outcomes[1] == "done"  # also after a yes, while nobody has arrived
    assert (outcomes[0] in {"done", "offer_over"}, sent.state, made.state) == (True, "withdrawn", "taken")


def test_a_yes_pressed_four_times_at_once_is_one_yes(made: Order) -> None:
    sent = offered(made)
    assert race(*(lambda: accept(offer=sent) for _tap in range(RIVALS))) == ["done"] * RIVALS
    made.refresh_from_db()
    assert (made.state, made.steps.filter(state="assigned").count()) == ("assigned", 1)
