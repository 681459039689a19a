"""An order is made once, a matter once, and nobody has more under way than they may; each race with its guard taken away."""

import threading
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from bookings.orders.actions import finish, place_order
from bookings.orders.actions.place import OPEN_ORDERS_A_NUMBER
from bookings.orders.models import Order, Service
from bookings.orders.rules import Asked
from bookings.payments.models import Payment
from hub.core import clock
from hub.people.models import User
from hub.served.models import ServiceEvent
from tests import cast
from tests.factories.orders import ServiceFactory, asked, asker, past_order
from tests.races.racing import LONG_ENOUGH, race, without_constraints

pytestmark = pytest.mark.django_db(transaction=True)
module = import_module("bookings.orders.actions.place")
RIVALS = 4
A_MOMENT = 0.3


@pytest.fixture
def clerk(hub: Any) -> User:
    return cast.user_with("clerk", hub)


def wanted() -> Asked:
    """In three days, eight to ten: the clock is the real one here."""
    return asked(day=clock.today() + timedelta(days=3))


def ordering(hub: Any, service: Service, token: str, *, another: bool = False, **given: Any) -> Callable[[], Order]:
    """A rival that orders."""
    when = wanted()
    return lambda: place_order(hub=hub, service=service, asked=when, by=asker(**given), token=token, is_another_matter=another)


def hold_window_open(monkeypatch: pytest.MonkeyPatch, after: str, *, has_lock: bool) -> None:
    """Let every rival wait between its look (by `after`, the first time) and its insert until all have looked."""
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
    """Read the service without locking it; on SQLite, where BEGIN is the lock, do without the transaction."""
    monkeypatch.setattr(module, "locked_service", lambda service_id, hub_id: Service.objects.filter(pk=service_id, hub_id=hub_id).first())
    if connection.vendor == "sqlite":
        monkeypatch.setattr(module, "_place", module._place.__wrapped__)


@pytest.mark.parametrize(
    ("has_lock", "has_guard", "made"),
    [(True, True, 1), (False, True, 1), (True, False, 1), (False, False, RIVALS)],
    ids=["lock and guard", "guard alone", "lock alone", "neither"],
)
def test_one_form_sent_four_times_at_once_is_one_order(
    hub: Any, clerk: User, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_guard: bool, made: int
) -> None:
    service = ServiceFactory(hub=hub)
    hold_window_open(monkeypatch, "what_stands", has_lock=has_lock)
    if not has_lock:
        take_lock_away(monkeypatch)
    if not has_guard:
        without_constraints(Order, {"order_token_once"})
    outcomes = race(*(ordering(hub, service, "one-form-token", another=True, user=clerk) for _tap in range(RIVALS)))
    assert (outcomes, Order.objects.count()) == (["done"] * RIVALS, made)


@pytest.mark.parametrize(("has_lock", "made"), [(True, 1), (False, RIVALS)], ids=["service locked", "not locked"])
def test_the_same_matter_told_to_four_operators_at_once_is_one_order(hub: Any, clerk: User, monkeypatch: pytest.MonkeyPatch, has_lock: bool, made: int) -> None:
    service = ServiceFactory(hub=hub)
    hold_window_open(monkeypatch, "what_stands", has_lock=has_lock)
    if not has_lock:
        take_lock_away(monkeypatch)
    outcomes = race(*(ordering(hub, service, f"operator-{n}", taken_by=clerk) for n in range(RIVALS)))
    assert (outcomes.count("done"), outcomes.count("order_same_matter"), Order.objects.count()) == (made, RIVALS - made, made)


@pytest.mark.parametrize(("has_lock", "made"), [(True, OPEN_ORDERS_A_NUMBER), (False, RIVALS)], ids=["number locked", "not locked"])
def test_a_visitors_limit_holds_across_services(hub: Any, monkeypatch: pytest.MonkeyPatch, has_lock: bool, made: int) -> None:
    """Each rival wants a service of its own, so that the services' locks keep nobody waiting."""
    rivals = [ordering(hub, ServiceFactory(hub=hub), f"visitor-{n}") for n in range(RIVALS)]
    hold_window_open(monkeypatch, "refuse_hoarding", has_lock=has_lock)
    if not has_lock:
        monkeypatch.setattr(module, "lock_number", lambda phone: None)
        if connection.vendor == "sqlite":
            take_lock_away(monkeypatch)
    assert race(*rivals).count("done") == made


def test_an_order_finished_four_times_at_once_is_paid_and_counted_once(hub: Any, clerk: User) -> None:
    order = past_order(hub, ServiceFactory(hub=hub), state="arrived")
    taps = [lambda: finish(order=order, by=clerk, method="door_cash", amount_fen=3000, receipt_no="A1") for _tap in range(RIVALS)]
    assert (race(*taps), Payment.objects.count(), ServiceEvent.objects.count()) == (["done"] * RIVALS, 1, 1)
