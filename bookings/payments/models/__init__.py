"""What is owed, what came in, what went back. One module a noun; import from here."""

from bookings.payments.models.charge import Charge
from bookings.payments.models.event import GatewayEvent
from bookings.payments.models.payment import Payment
from bookings.payments.models.refund import Refund

__all__ = ["Charge", "GatewayEvent", "Payment", "Refund"]
