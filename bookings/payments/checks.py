"""What must never be so with money (`manage.py check_integrity`)."""

from collections.abc import Iterable

from django.db.models import F, Q, Sum

from bookings.payments.actions.refunds import FOLLOW_UP
from bookings.payments.models import Charge, Payment
from bookings.payments.queries import wrong_sums
from bookings.payments.states import KEEPS_MONEY, ChargeStates, PaymentStates
from hub.promises.models import Promise


def sums_that_differ() -> Iterable[str]:
    """A charge's sums are those of its payments."""
    return wrong_sums(Charge.objects.all())


def refunds_that_differ() -> Iterable[str]:
    """What a payment counts as given back is what its refunds say."""
    back = Sum("refunds__amount_fen", filter=Q(refunds__state__in=KEEPS_MONEY), default=0)
    for payment in Payment.objects.annotate(back=back).exclude(back=F("refunded_fen")).order_by("pk"):
        yield f"payment {payment.pk} counts {payment.refunded_fen} as given back, its refunds {payment.back}"


def money_not_owed() -> Iterable[str]:
    """What is over was given back, or somebody is looking at it."""
    over = Charge.objects.filter(received_fen__gt=F("due_fen") + F("refunded_fen"), state__in=[ChargeStates.SETTLED, ChargeStates.CANCELLED])
    followed = set(Promise.objects.filter(kind=FOLLOW_UP).values_list("subject_ref", flat=True))
    for charge in over.order_by("pk"):
        if charge.subject_ref not in followed:
            yield f"charge {charge.subject_ref} holds more than is owed, and nobody looks at it"


def paid_without_money() -> Iterable[str]:
    """Nothing is settled that was not paid."""
    for charge in Charge.objects.filter(state=ChargeStates.SETTLED, due_fen__gt=0).exclude(payments__state=PaymentStates.RECEIVED).order_by("pk"):
        yield f"charge {charge.subject_ref} is settled without a payment"
