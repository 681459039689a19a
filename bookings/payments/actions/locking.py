"""The order in which money is locked: the thing paid for, its charge, its payments. Everybody keeps to it, so nobody waits in a circle."""

from typing import Any

from bookings.payments import rules
from bookings.payments.models import Charge, Payment
from bookings.payments.states import ChargeStates
from hub.audit.actions import write_line
from hub.core import clock
from hub.core.joins import payment_purposes


def locked_charge(charge: Charge) -> Charge:
    """The charge as it stands now, locked behind what it is for; in a transaction."""
    payment_purposes[charge.purpose].lock(charge.subject_ref)
    held: Charge = Charge.objects.select_for_update().get(pk=charge.pk)
    return held


def locked_payment(payment: Payment) -> tuple[Charge, Payment]:
    """Charge and payment, locked in this order."""
    charge = locked_charge(payment.charge)
    held: Payment = Payment.objects.select_for_update().get(pk=payment.pk)
    return charge, held


def standing_of(charge: Charge) -> rules.Standing:
    """The charge in figures."""
    return rules.Standing(charge.due_fen, charge.received_fen, charge.refunded_fen)


def keep(charge: Charge) -> Charge:
    """Write the charge's sums with the state that follows from them; a cancelled one stays cancelled."""
    if charge.state != ChargeStates.CANCELLED:
        charge.state = ChargeStates(rules.state_of(standing_of(charge)))
        charge.closed_at = None if charge.is_open else charge.closed_at or clock.now()
    charge.save(update_fields=["state", "list_fen", "due_fen", "waived_fen", "waived_for", "received_fen", "refunded_fen", "closed_at", "reason"])
    return charge


def write_about(charge: Charge, verb: str, by: Any = None, *, reason: str = "", **changes: Any) -> None:
    """An audit line about the thing the money is for."""
    changes = {"purpose": charge.purpose, **changes}
    write_line(hub_id=charge.hub_id, actor=by, verb=verb, subject="payments.charge", ref=charge.subject_ref, changes=changes, reason=reason)
