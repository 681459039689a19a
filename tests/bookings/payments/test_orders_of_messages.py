"""Whatever order messages come in, and however often: it ends where the model says.

HUB_PERMUTATIONS says how many orders are tried, HUB_SEED from which one on.
"""

import os
import random

import pytest
from django.db import transaction

from bookings.payments import jobs
from bookings.payments.actions import ask_refund, begin_online, record_payment
from bookings.payments.gateways.pretend import make
from bookings.payments.models import Charge, Payment, Refund
from bookings.payments.webhooks import take_event
from tests.bookings.payments.test_charges import all_is_well

pytestmark = pytest.mark.django_db
ORDERS = int(os.environ.get("HUB_PERMUTATIONS", "150"))
SEED = int(os.environ.get("HUB_SEED", "20261122"))


class Undone(Exception):
    """Ends one order: the next one starts from the same rows."""


def story(far, charge, clerk, chance):
    """What happens at the far end, as messages that have not come yet, and the end the model says."""
    begin_online(charge=charge, back_url="http://t/payments/x/back/", away_url="http://t/")
    session = Payment.objects.get(charge=charge, method="online").session_id
    if chance.random() < 0.2:
        return [far.event("checkout.session.expired", far.expire(session))], False
    return [far.pay(session)], True


def kept_at_the_far_end(far, charge):
    """What the gateway holds for us, in fen."""
    payments = Payment.objects.filter(charge=charge, method="online").exclude(intent_id="")
    intents = [far.load(f"intent:{payment.intent_id}") for payment in payments]
    refused = sum(far.load(f"refund:{number}")["amount"] for number in refunds_that_failed(far, charge))
    return sum(intent["amount"] - intent["refunded"] for intent in intents) + refused


def refunds_that_failed(far, charge):
    numbers = Refund.objects.filter(payment__charge=charge).exclude(gateway_id="").values_list("gateway_id", flat=True)
    return [number for number in numbers if far.load(f"refund:{number}")["status"] == "failed"]


def test_any_order_of_messages_ends_where_the_model_says(owe, far, clerk, thing):
    for number in range(ORDERS):
        chance = random.Random(SEED + number)
        try:
            with transaction.atomic():
                play(owe(), far, clerk, thing, chance, f"seed {SEED + number}")
                raise Undone
        except Undone:
            continue


def play(charge, far, clerk, thing, chance, seed):
    """One life of a charge; every message comes one to three times, early, late, and mixed."""
    thing.fulfilled.clear()
    thing.is_there = chance.random() < 0.8
    messages, was_paid = story(far, charge, clerk, chance)
    by_hand = chance.random() < 0.3
    if by_hand:
        record_payment(charge=charge, method="counter_cash", amount_fen=3000, receipt_no=f"A{seed}"[:30], by=clerk)
    deliver_some(far, messages, chance)
    charge.refresh_from_db()
    payment = Payment.objects.filter(charge=charge, state="received").order_by("pk").first()
    if payment is not None and payment.can_go_back_fen >= 500 and chance.random() < 0.6:
        ask_refund(payment=payment, amount_fen=chance.choice([1, 499, 500]), reason="late", by=clerk)
    jobs.send_refunds()
    for number in list(Refund.objects.filter(payment__charge=charge).exclude(gateway_id="").values_list("gateway_id", flat=True)):
        messages.append(far.settle_refund(number))
        if chance.random() < 0.3:
            messages.append(far.settle_refund(number, "failed"))
    deliver_some(far, messages * 2, chance)
    chance.shuffle(messages)
    for message in messages:
        deliver(far, message)
    jobs.send_refunds()
    end = Charge.objects.get(pk=charge.pk)
    in_hand = sum(p.amount_fen for p in Payment.objects.filter(charge=charge, state="received").exclude(method="online"))
    handed_back = sum(r.amount_fen for r in Refund.objects.filter(payment__charge=charge, state__in=["ready", "done"]).exclude(payment__method="online"))
    assert end.kept_fen == kept_at_the_far_end(far, charge) + in_hand - handed_back, seed
    assert all_is_well(), seed
    assert len(thing.fulfilled) == (1 if was_paid or by_hand else 0), seed
    assert (end.state == "open") == (not was_paid and not by_hand), seed
    assert end.kept_fen <= 3000 or refunds_that_failed(far, charge), seed


def deliver_some(far, messages, chance):
    for message in chance.sample(messages, chance.randint(0, len(messages))):
        deliver(far, message)


def deliver(far, message):
    take_event(gateway="stripe", event=make().read_event(*far.signed(message)))
