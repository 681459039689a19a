"""What runs by the clock: looking again at what nobody came back from, and sending refunds. Safe twice and two at once."""

from datetime import timedelta

from django.db.models import Q

from bookings.payments.actions import look_again, send_refund
from bookings.payments.models import Payment, Refund
from bookings.payments.states import LIES_WITH_THE_GATEWAY, Methods, PaymentStates
from hub.core import clock

QUIET_FOR = timedelta(minutes=5)  # a payer may still be typing
AT_ONCE = 100


def look_at_the_silent() -> int:
    """Ask about attempts that were begun a while ago; how many came to an end."""
    silent = Payment.objects.under_way().filter(created_at__lt=clock.now() - QUIET_FOR).select_related("charge").order_by("created_at")[:AT_ONCE]
    return sum(look_again(payment=payment).state != PaymentStates.STARTED for payment in silent)


def send_refunds() -> int:
    """Send what lies ready, and ask about what is on its way; how many were asked about."""
    due = Refund.objects.filter(state__in=LIES_WITH_THE_GATEWAY, payment__method=Methods.ONLINE)
    due = due.filter(Q(try_again_at=None) | Q(try_again_at__lte=clock.now()))
    return sum(send_refund(pk) is not None for pk in due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
