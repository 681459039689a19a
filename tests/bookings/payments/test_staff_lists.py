"""The lists of charges and refunds: what they show, filters, and what they cost."""

import pytest

from bookings.payments.actions import ask_refund, decline_refund, open_charge, record_payment
from bookings.payments.models import Charge, Payment, Refund
from hub.core import clock
from tests.bookings.payments.conftest import PURPOSE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

QUERIES_OF_CHARGES, QUERIES_OF_REFUNDS, QUERIES_OF_ONE = 13, 13, 15


def many(hub, count):
    """So many charges, each paid in cash and on its way back."""
    now = clock.now()
    charges = Charge.objects.bulk_create(
        Charge(
            hub=hub, token=f"many-{n}", purpose=PURPOSE, subject_ref=f"5{n:07d}", state="settled", list_fen=2000, due_fen=1000, received_fen=2000,
            refunded_fen=1000, opened_at=now, closed_at=now,
        )
        for n in range(count)
    )  # fmt: skip
    payments = Payment.objects.bulk_create(
        Payment(hub=hub, charge=charge, method="online", state="received", amount_fen=2000, refunded_fen=1000, created_at=now, received_at=now,
                idempotency_key=f"key-{charge.token}")
        for charge in charges
    )  # fmt: skip
    Refund.objects.bulk_create(
        Refund(hub=hub, payment=payment, state="ready", amount_fen=1000, reason="x", token=f"back-{payment.pk}", asked_at=now) for payment in payments
    )


@pytest.mark.parametrize("count", [10, 200])
@pytest.mark.parametrize(("path", "queries"), [("charge", QUERIES_OF_CHARGES), ("refund", QUERIES_OF_REFUNDS)])
def test_a_list_asks_as_often_at_ten_rows_as_at_two_hundred(hub, as_role, django_assert_num_queries, count, path, queries):
    many(hub, count)
    clerk = as_role("clerk")
    clerk.get(f"/admin/{path}/")
    with django_assert_num_queries(queries):
        page = clerk.get(f"/admin/{path}/")
    assert len(page.context["object_list"]) == min(count, 50)


@pytest.mark.parametrize("count", [1, 3])
def test_one_charge_asks_as_often_with_one_payment_as_with_three(owe, clerk, as_role, django_assert_num_queries, count):
    charge = owe(3000)
    for n in range(count):
        payment = record_payment(charge=charge, method="door_cash", amount_fen=100, receipt_no=f"A{n}", by=clerk)
        ask_refund(payment=payment, amount_fen=10, reason="x", by=clerk)
    client = as_role("clerk")
    client.get(f"/admin/charge/inspect/{charge.pk}/")
    with django_assert_num_queries(QUERIES_OF_ONE):
        client.get(f"/admin/charge/inspect/{charge.pk}/")


def shown(page):
    return [charge.subject_ref for charge in page.context["object_list"]]


def test_charges_are_found_by_state_purpose_day_and_number(hub, owe, clerk, as_role, frozen):
    first = owe(1000)
    record_payment(charge=first, method="counter_qr", amount_fen=1000, receipt_no="A1", by=clerk)
    frozen.shift(24 * 3600)
    second = owe(2000)
    elsewhere = open_charge(hub_id=hub.pk, purpose="tests.other", ref="70000001", list_fen=5, due_fen=5)
    client = as_role("clerk")
    ask = lambda query: shown(client.get(f"/admin/charge/?{query}"))  # noqa: E731  shorter than five times the address
    assert ask("") == [elsewhere.subject_ref, second.subject_ref, first.subject_ref]
    assert ask("state=settled") == [first.subject_ref]
    assert ask(f"purpose={PURPOSE}") == [second.subject_ref, first.subject_ref]
    assert ask("opened_at_from=2026-11-28&opened_at_to=2026-11-28") == [first.subject_ref]
    assert ask(f"q={first.subject_ref[:4]}+{first.subject_ref[4:]}") == [first.subject_ref]
    assert ask("opened_at_from=soon&state=none") == [elsewhere.subject_ref, second.subject_ref, first.subject_ref]


def test_the_queue_shows_first_what_waits_for_a_second_person(owe, clerk, director, as_role):
    made = {}
    for name, fen in (("declined", 8000), ("asked", 8000), ("ready", 1000)):
        charge = owe(9000)
        payment = record_payment(charge=charge, method="counter_cash", amount_fen=9000, receipt_no=name, by=clerk)
        made[name] = ask_refund(payment=payment, amount_fen=fen, reason="x", by=clerk)
    decline_refund(refund=made["declined"], reason="x", by=director)
    client = as_role("director")
    assert [refund.state for refund in client.get("/admin/refund/").context["object_list"]] == ["asked", "ready", "declined"]
    assert [refund.state for refund in client.get("/admin/refund/?state=asked").context["object_list"]] == ["asked"]


def test_a_purpose_nobody_registered_is_still_shown(hub, as_role):
    charge = open_charge(hub_id=hub.pk, purpose="gone.thing", ref="old", list_fen=5, due_fen=5)
    client = as_role("operator")
    assert "gone.thing" in client.get("/admin/charge/").content.decode()
    assert "gone.thing" in client.get(f"/admin/charge/inspect/{charge.pk}/").content.decode()


def test_amounts_stand_in_yuan(owe, as_role):
    charge = owe(2050, list_fen=5000, waived_for="low_income")
    page = as_role("operator").get(f"/admin/charge/inspect/{charge.pk}/").content.decode()
    assert ("20.50元" in page, "50元" in page, "29.50元" in page) == (True, True, True)
