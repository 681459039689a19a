"""What happens when money has come: one place for counter, door, invoice, webhook, return page and the job that looks again."""

from bookings.payments.actions.locking import keep, standing_of, write_about
from bookings.payments.actions.refunds import give_back
from bookings.payments.models import Charge, Payment
from bookings.payments.states import ChargeStates, OwnReasons
from hub.core import clock
from hub.core.joins import payment_purposes


def take_in(charge: Charge, payment: Payment) -> None:
    """Count a payment that has just become received; both are locked. What is not owed any more goes back by itself."""
    was_settled = charge.state == ChargeStates.SETTLED
    charge.received_fen += payment.amount_fen
    keep(charge)
    if charge.state == ChargeStates.SETTLED and not was_settled and not payment_purposes[charge.purpose].fulfil(charge.subject_ref):
        charge.state, charge.due_fen, charge.closed_at, charge.reason = ChargeStates.CANCELLED, 0, clock.now(), "paid too late"
        charge.waived_fen, charge.waived_for = 0, ""
        keep(charge)
        write_about(charge, "paid_too_late", amount_fen=payment.amount_fen)
    if surplus := standing_of(charge).surplus_fen:
        give_back(charge, surplus, reason=OwnReasons.TOO_LATE if charge.state == ChargeStates.CANCELLED else OwnReasons.TWICE, by=None)
