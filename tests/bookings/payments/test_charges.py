"""What is owed: opened, amended, cancelled; by hand paid, reversed, given back."""

import pytest
from django.db import IntegrityError, transaction

from bookings.payments.actions import (
    amend_charge,
    approve_refund,
    ask_refund,
    cancel_charge,
    decline_refund,
    open_charge,
    pay_out,
    receive_invoice,
    record_payment,
    reverse_payment,
)
from bookings.payments.models import Charge, Payment, Refund
from bookings.payments.queries import takings, waived
from bookings.payments.states import Methods
from hub.audit.models import Line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.joins import integrity_checks
from tests.factories.people import OrganisationFactory

pytestmark = pytest.mark.django_db


def sums(charge):
    """State, due, received, refunded."""
    charge.refresh_from_db()
    return charge.state, charge.due_fen, charge.received_fen, charge.refunded_fen


def refused(call, **given):
    with pytest.raises(RuleBroken) as broken:
        call(**given)
    return broken.value.code


def all_is_well():
    return [line for check in integrity_checks if check.name.startswith("payments.") for line in check.find()] == []


def paid(charge, clerk, amount=3000, receipt="A1"):
    return record_payment(charge=charge, method="counter_cash", amount_fen=amount, receipt_no=receipt, by=clerk)


def test_a_charge_is_opened_once(hub, owe):
    charge = owe()
    again = open_charge(hub_id=hub.pk, purpose=charge.purpose, ref=charge.subject_ref, list_fen=9, due_fen=9)
    assert (again.pk, sums(charge)) == (charge.pk, ("open", 3000, 0, 0))


def test_what_is_waived_is_counted_by_its_reason_and_owes_nothing(hub, owe, frozen):
    owe(0, list_fen=4000, waived_for="lone_elder")
    owe(1000, list_fen=4000, waived_for="low_income")
    owe(0, list_fen=2000, waived_for="lone_elder")
    start, end = clock.day_bounds(clock.today())
    assert [(n, fen) for _label, n, fen in waived(hub, start, end)] == [(1, 3000), (2, 6000)]
    assert sorted(Charge.objects.values_list("state", flat=True)) == ["open", "waived", "waived"]


def test_paid_at_the_counter_in_two_parts(owe, clerk, thing):
    charge = owe()
    paid(charge, clerk, 1000, "A1")
    assert (sums(charge), thing.fulfilled) == (("open", 3000, 1000, 0), [])
    paid(charge, clerk, 2000, "A2")
    assert (sums(charge), thing.fulfilled, all_is_well()) == (("settled", 3000, 3000, 0), [charge.subject_ref], True)


def test_the_same_receipt_sent_twice_is_one_payment(owe, clerk):
    charge = owe()
    assert paid(charge, clerk).pk == paid(charge, clerk).pk
    assert (Payment.objects.count(), sums(charge)) == (1, ("settled", 3000, 3000, 0))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"amount_fen": 3001}, "amount_too_much"),
        ({"amount_fen": 0}, "amount_missing"),
        ({"amount_fen": -5}, "amount_missing"),
        ({"receipt_no": "  "}, "receipt_missing"),
        ({"receipt_no": "USED"}, "receipt_used"),
        ({"method": "invoice"}, "organisation_missing"),
    ],
)
def test_what_cannot_be_written_down(owe, clerk, given, code):
    other, charge = owe(100), owe()
    paid(other, clerk, 100, "USED")
    asked = {"charge": charge, "method": "counter_cash", "amount_fen": 3000, "receipt_no": "A1", "by": clerk} | given
    assert (refused(record_payment, **asked), sums(charge)) == (code, ("open", 3000, 0, 0))


def test_nothing_is_taken_for_what_is_not_owed(owe, clerk):
    charge = owe()
    cancel_charge(charge=charge, reason="not wanted")
    assert (refused(record_payment, charge=charge, method="door_cash", amount_fen=3000, receipt_no="A1", by=clerk), sums(charge)) == (
        "charge_closed",
        ("cancelled", 0, 0, 0),
    )


def test_an_invoice_counts_when_its_money_has_come(hub, owe, clerk):
    charge = owe()
    invoice = record_payment(charge=charge, method="invoice", amount_fen=3000, receipt_no="F7", by=clerk, organisation=OrganisationFactory(hub=hub))
    assert sums(charge) == ("open", 3000, 0, 0)
    receive_invoice(payment=invoice, by=clerk)
    receive_invoice(payment=invoice, by=clerk)
    assert (sums(charge), all_is_well()) == (("settled", 3000, 3000, 0), True)


def test_a_mistake_is_reversed_with_a_reason_and_its_receipt_is_free_again(owe, clerk):
    charge = owe()
    payment = paid(charge, clerk)
    assert refused(reverse_payment, payment=payment, reason=" ", by=clerk) == "reason_missing"
    reverse_payment(payment=payment, reason="another resident's", by=clerk)
    reverse_payment(payment=payment, reason="again", by=clerk)
    assert sums(charge) == ("open", 3000, 0, 0)
    paid(charge, clerk)
    assert (sums(charge), Payment.objects.count(), all_is_well()) == (("settled", 3000, 3000, 0), 2, True)


def test_a_dearer_charge_is_owed_again_and_a_cheaper_one_gives_back(owe, clerk):
    charge = owe()
    paid(charge, clerk)
    amend_charge(charge=charge, due_fen=4000, reason="a new tap", by=clerk)
    assert sums(charge) == ("open", 4000, 3000, 0)
    amend_charge(charge=charge, due_fen=2500, reason="it was the old one", by=clerk)
    assert (sums(charge), Refund.objects.get().amount_fen, all_is_well()) == (("settled", 2500, 3000, 500), 500, True)


def test_cancelling_gives_back_what_came_but_for_what_is_kept(owe, clerk):
    charge = owe()
    paid(charge, clerk)
    cancel_charge(charge=charge, reason="too late", keep_fen=1000, by=clerk)
    cancel_charge(charge=charge, reason="again", by=clerk)
    refund = Refund.objects.get()
    assert (sums(charge), refund.amount_fen, refund.state) == (("cancelled", 1000, 3000, 2000), 2000, "ready")
    pay_out(refund=refund, receipt_no="B1", by=clerk)
    pay_out(refund=refund, receipt_no="B1", by=clerk)
    assert (Refund.objects.get().state, all_is_well()) == ("done", True)


def test_a_small_refund_goes_alone_a_larger_one_needs_a_second_person(owe, clerk, director):
    payment = paid(owe(20_000), clerk, 20_000)
    small = ask_refund(payment=payment, amount_fen=5_000, reason="late", by=clerk)
    large = ask_refund(payment=payment, amount_fen=1, reason="and one fen", by=clerk)  # what the same person gave back before counts
    assert (small.state, large.state) == ("ready", "asked")
    assert refused(approve_refund, refund=large, by=clerk) == "not_your_own"
    assert approve_refund(refund=large, by=director).state == "ready"
    assert refused(approve_refund, refund=large, by=director) == "already_decided"


def test_a_declined_refund_leaves_everything_as_it_was(owe, clerk, director):
    charge = owe(20_000)
    payment = paid(charge, clerk, 20_000)
    refund = ask_refund(payment=payment, amount_fen=20_000, reason="not done well", by=clerk)
    assert sums(charge) == ("settled", 0, 20_000, 20_000)
    assert refused(decline_refund, refund=refund, reason="", by=director) == "reason_missing"
    decline_refund(refund=refund, reason="it was done", by=director)
    payment.refresh_from_db()
    assert (sums(charge), payment.refunded_fen, all_is_well()) == (("settled", 20_000, 20_000, 0), 0, True)


@pytest.mark.parametrize(
    ("given", "code"), [({"amount_fen": 3001}, "refund_too_much"), ({"amount_fen": 0}, "amount_missing"), ({"reason": ""}, "reason_missing")]
)
def test_what_cannot_be_given_back(owe, clerk, given, code):
    payment = paid(owe(), clerk)
    assert refused(ask_refund, **({"payment": payment, "amount_fen": 100, "reason": "late", "by": clerk} | given)) == code
    assert Refund.objects.count() == 0


def test_the_same_form_sent_twice_is_one_refund(owe, clerk):
    payment = paid(owe(), clerk)
    first = ask_refund(payment=payment, amount_fen=100, reason="late", by=clerk, token="the form")
    assert (ask_refund(payment=payment, amount_fen=100, reason="late", by=clerk, token="the form").pk, Refund.objects.count()) == (first.pk, 1)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Charge, {"refunded_fen": 3001}),
        (Charge, {"due_fen": 9999}),
        (Payment, {"refunded_fen": 3001}),
        (Payment, {"amount_fen": 0}),
        (Payment, {"receipt_no": ""}),
        (Payment, {"state": "reversed"}),
    ],
)
def test_the_database_forbids_it_too(owe, clerk, model, change):
    paid(owe(), clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)


def test_the_day_s_takings_are_what_came_and_what_went(hub, owe, clerk, frozen):
    payment = paid(owe(), clerk)
    record_payment(charge=owe(500), method="door_qr", amount_fen=500, receipt_no="D1", by=clerk)
    pay_out(refund=ask_refund(payment=payment, amount_fen=700, reason="late", by=clerk), receipt_no="B1", by=clerk)
    start, end = clock.day_bounds(clock.today())
    rows = [(str(Methods.COUNTER_CASH.label), -700, 1), (str(Methods.DOOR_QR.label), 500, 1), (str(Methods.COUNTER_CASH.label), 3000, 1)]
    assert sorted(takings(hub, start, end), key=lambda row: row[1]) == rows


def test_each_verb_is_a_line_in_the_audit(owe, clerk):
    charge = owe()
    reverse_payment(payment=paid(charge, clerk), reason="mistake", by=clerk)
    cancel_charge(charge=charge, reason="not wanted", by=clerk)
    lines = Line.objects.filter(subject_label="payments.charge", subject_ref=charge.subject_ref).order_by("id")
    assert list(lines.values_list("verb", flat=True)) == ["record_payment", "reverse_payment", "cancel_charge"]


def test_a_planted_difference_is_found(owe, clerk):
    charge = owe()
    paid(charge, clerk)
    Charge.objects.filter(pk=charge.pk).update(received_fen=3500)
    assert not all_is_well()
