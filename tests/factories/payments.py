"""Money for tests that only look at it; where it moves, tests call the actions."""

import factory

from bookings.payments.models import Charge, Payment, Refund
from hub.core import clock
from tests.cast import user_with


class ChargeFactory(factory.django.DjangoModelFactory):
    """Ninety yuan, paid, eighty on their way back; give it a `hub`."""

    class Meta:
        model = Charge

    token = factory.Sequence(lambda n: f"charge-token-{n}")
    purpose = "rooms.booking"
    subject_ref = factory.Sequence(lambda n: f"69{n:06d}")
    state = "settled"
    list_fen = 9000
    due_fen = 1000
    received_fen = 9000
    refunded_fen = 8000
    opened_at = factory.LazyFunction(clock.now)
    closed_at = factory.LazyFunction(clock.now)


class PaymentFactory(factory.django.DjangoModelFactory):
    """In cash at the counter."""

    class Meta:
        model = Payment

    charge = factory.SubFactory(ChargeFactory, hub=factory.SelfAttribute("..hub"))
    method = "counter_cash"
    state = "received"
    amount_fen = 9000
    refunded_fen = 8000
    created_at = factory.LazyFunction(clock.now)
    received_at = factory.LazyFunction(clock.now)
    recorded_by = factory.LazyAttribute(lambda payment: user_with("clerk", payment.hub))
    receipt_no = factory.Sequence(lambda n: f"C{n}")


class RefundFactory(factory.django.DjangoModelFactory):
    """Waits for a second person."""

    class Meta:
        model = Refund

    payment = factory.SubFactory(PaymentFactory, hub=factory.SelfAttribute("..hub"))
    state = "asked"
    amount_fen = 8000
    reason = "没来"
    token = factory.Sequence(lambda n: f"refund-token-{n}")
    asked_by = factory.LazyAttribute(lambda refund: user_with("clerk", refund.hub))
    asked_at = factory.LazyFunction(clock.now)
