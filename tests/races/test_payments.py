"""Money is taken once and given back once, whoever comes at the same moment; each race with its guard taken away."""

from importlib import import_module
from typing import Any

import pytest

from bookings.payments.actions import ask_refund, begin_online, open_charge, record_payment
from bookings.payments.gateways.pretend import far_end, make
from bookings.payments.models import Charge, GatewayEvent, Payment, Refund
from bookings.payments.webhooks import take_event
from hub.core.joins import PaymentPurpose, payment_purposes
from hub.people.models import User
from tests import cast
from tests.races.racing import race, without_constraints

pytestmark = pytest.mark.django_db(transaction=True)
PURPOSE = "tests.thing"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, settings: Any) -> list[str]:
    """What the thing paid for was told."""
    settings.PAYMENT_GATEWAY, settings.REFUND_ALONE_FEN = "pretend", 100_000
    told: list[str] = []

    def fulfil(ref: str) -> bool:
        told.append(ref)
        return True

    row = PaymentPurpose(PURPOSE, "Thing", lambda ref: None, fulfil, lambda ref: ref, lambda ref: "/")  # type: ignore[arg-type]  a label of ours is lazy
    monkeypatch.setitem(payment_purposes._rows, PURPOSE, row)
    monkeypatch.setattr(far_end(), "mood", None)
    return told


@pytest.fixture
def clerk(hub: Any) -> User:
    return cast.user_with("clerk", hub)


def owe(hub: Any) -> Charge:
    return open_charge(hub_id=hub.pk, purpose=PURPOSE, ref="30000001", list_fen=3000, due_fen=3000)


def sums() -> tuple[int, int]:
    charge = Charge.objects.get()
    return charge.received_fen, charge.refunded_fen


def test_ten_copies_of_a_message_at_once_fulfil_once(hub: Any, told: list[str]) -> None:
    begin_online(charge=owe(hub), back_url="http://t/payments/x/back/", away_url="http://t/")
    event = far_end().pay(Payment.objects.get().session_id)
    assert event is not None
    message = make().read_event(*far_end().signed(event))
    outcomes = race(*(lambda: take_event(gateway="stripe", event=message) for _copy in range(10)))
    assert (outcomes, sums(), told, GatewayEvent.objects.count()) == (["done"] * 10, (3000, 0), ["30000001"], 1)


def test_without_the_lock_it_is_fulfilled_more_than_once(hub: Any, told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    begin_online(charge=owe(hub), back_url="http://t/payments/x/back/", away_url="http://t/")
    event = far_end().pay(Payment.objects.get().session_id)
    assert event is not None
    messages = [make().read_event(*far_end().signed({**event, "id": f"evt_{n}"})) for n in range(4)]
    take_lock_away(monkeypatch, "online")
    race(*(lambda message=message: take_event(gateway="stripe", event=message) for message in messages))
    assert len(told) > 1


def test_two_counters_that_take_the_same_money_at_once_take_it_once(hub: Any, told: list[str], clerk: User) -> None:
    charge = owe(hub)
    rivals = [lambda n=n: record_payment(charge=charge, method="counter_cash", amount_fen=3000, receipt_no=f"A{n}", by=clerk) for n in range(4)]
    assert (sorted(race(*rivals)), sums(), told) == (["charge_closed"] * 3 + ["done"], (3000, 0), ["30000001"])


def test_two_that_begin_at_once_are_led_to_one_page(hub: Any, told: list[str]) -> None:
    charge = owe(hub)
    urls: list[str] = []
    outcomes = race(*(lambda: urls.append(begin_online(charge=charge, back_url="http://t/payments/x/back/", away_url="http://t/")) for _tab in range(4)))
    assert (outcomes, len(set(urls)), Payment.objects.count()) == (["done"] * 4, 1, 1)


@pytest.mark.parametrize(
    ("has_lock", "has_check", "given_back"), [(True, True, 3000), (False, True, 3000), (True, False, 3000)], ids=["lock and check", "check alone", "lock alone"]
)
def test_a_refund_asked_four_times_at_once_goes_back_once(
    hub: Any, told: list[str], clerk: User, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_check: bool, given_back: int
) -> None:
    payment = record_payment(charge=owe(hub), method="counter_cash", amount_fen=3000, receipt_no="A1", by=clerk)
    if not has_lock:
        take_lock_away(monkeypatch)
    if not has_check:
        take_checks_away()
    outcomes = race(*(lambda: ask_refund(payment=payment, amount_fen=3000, reason="late", by=clerk) for _tap in range(4)))
    assert (outcomes.count("done"), sum(Refund.objects.values_list("amount_fen", flat=True))) == (1, given_back)


def test_without_lock_and_check_more_goes_back_than_came(hub: Any, told: list[str], clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    payment = record_payment(charge=owe(hub), method="counter_cash", amount_fen=3000, receipt_no="A1", by=clerk)
    take_lock_away(monkeypatch)
    take_checks_away()
    race(*(lambda: ask_refund(payment=payment, amount_fen=3000, reason="late", by=clerk) for _tap in range(4)))
    assert sum(Refund.objects.values_list("amount_fen", flat=True)) > 3000


def take_lock_away(monkeypatch: pytest.MonkeyPatch, module: str = "refunds") -> None:
    """Everybody works with the payment as it was before anybody wrote."""
    refunds = import_module(f"bookings.payments.actions.{module}")
    seen = {payment.pk: payment for payment in Payment.objects.select_related("charge")}

    def unlocked(payment: Payment) -> tuple[Charge, Payment]:
        before = seen[payment.pk]
        return copy_of(before.charge), copy_of(before)

    monkeypatch.setattr(refunds, "locked_payment", unlocked)


def copy_of(row: Any) -> Any:
    """The row as it was read first."""
    copy = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
    copy._state.adding = False
    return copy


CHECKS = {"payment_back_at_most_what_came", "charge_back_at_most_what_came", "charge_settled_is_paid"}


def take_checks_away() -> None:
    """The database's own sums go unchecked; the next test begins with a fresh database."""
    for model in (Payment, Charge):
        without_constraints(model, CHECKS)
