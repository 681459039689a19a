"""Money taken by hand: at the counter, at the door, by invoice."""

from typing import Any

from django.db import IntegrityError, transaction

from bookings.payments.actions.fulfilment import take_in
from bookings.payments.actions.locking import keep, locked_charge, locked_payment, write_about
from bookings.payments.actions.online import close_attempts
from bookings.payments.models import Charge, Payment
from bookings.payments.states import BY_HAND, Methods, PaymentStates
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.money import yuan_text


def record_payment(*, charge: Charge, method: str, amount_fen: int, receipt_no: str, by: Any, organisation: Any = None) -> Payment:
    """Write down what was paid by hand; an invoice counts only when its money has come (`receive_invoice`).

    The same receipt for the same charge, method and amount is the same payment, however often it is sent. RuleBroken when nothing is owed,
    more is given than is owed, or the receipt stands on another payment.
    """
    if method not in BY_HAND:
        raise ValueError(method)
    try:
        return _record(charge, method, amount_fen, receipt_no.strip()[:30], by, organisation)
    except IntegrityError as error:
        if "receipt" not in str(error):
            raise
        raise RuleBroken.of("receipt_used", "receipt_no", receipt=receipt_no) from None


@transaction.atomic
def _record(charge: Charge, method: str, amount_fen: int, receipt_no: str, by: Any, organisation: Any) -> Payment:
    held = locked_charge(charge)
    if not receipt_no:
        raise RuleBroken.of("receipt_missing", "receipt_no")
    before: Payment | None = Payment.objects.filter(hub_id=held.hub_id, receipt_no=receipt_no).exclude(state=PaymentStates.REVERSED).first()
    if before is not None:
        if (before.charge_id, before.method, before.amount_fen) == (held.pk, method, amount_fen):
            return before
        raise RuleBroken.of("receipt_used", "receipt_no", receipt=receipt_no)
    if not held.is_open:
        raise RuleBroken.of("charge_closed")
    if amount_fen <= 0:
        raise RuleBroken.of("amount_missing", "amount")
    if amount_fen > held.remaining_fen:
        raise RuleBroken.of("amount_too_much", "amount", amount=yuan_text(held.remaining_fen))
    if method == Methods.INVOICE and organisation is None:
        raise RuleBroken.of("organisation_missing", "organisation")
    close_attempts(held, "paid by hand")
    now, is_invoice = clock.now(), method == Methods.INVOICE
    payment: Payment = Payment.objects.create(
        hub_id=held.hub_id,
        charge=held,
        method=method,
        state=PaymentStates.STARTED if is_invoice else PaymentStates.RECEIVED,
        amount_fen=amount_fen,
        created_at=now,
        received_at=None if is_invoice else now,
        recorded_by=by,
        receipt_no=receipt_no,
        organisation=organisation if is_invoice else None,
    )
    write_about(held, "record_payment", by, method=str(method), amount_fen=amount_fen, receipt_no=receipt_no)
    if not is_invoice:
        take_in(held, payment)
    return payment


@transaction.atomic
def receive_invoice(*, payment: Payment, by: Any) -> Payment:
    """The invoice's money has come; a second time changes nothing. RuleBroken when it is no open invoice."""
    charge, held = locked_payment(payment)
    if held.method != Methods.INVOICE or held.state not in {PaymentStates.STARTED, PaymentStates.RECEIVED}:
        raise RuleBroken.of("already_decided")
    if held.state == PaymentStates.STARTED:
        held.state, held.received_at = PaymentStates.RECEIVED, clock.now()
        held.save(update_fields=["state", "received_at"])
        write_about(charge, "receive_invoice", by, amount_fen=held.amount_fen, receipt_no=held.receipt_no)
        take_in(charge, held)
    return held


@transaction.atomic
def reverse_payment(*, payment: Payment, reason: str, by: Any) -> Payment:
    """Something was written down by mistake: it stays to be read, and no longer counts. RuleBroken without a reason, for money a gateway holds,
    or when part of it was given back."""
    charge, held = locked_payment(payment)
    if not reason.strip():
        raise RuleBroken.of("reason_missing", "reason")
    if held.state == PaymentStates.REVERSED:
        return held
    if held.is_online or held.refunded_fen:
        raise RuleBroken.of("not_reversible")
    was_received = held.state == PaymentStates.RECEIVED
    held.state, held.reason, held.reversed_by = PaymentStates.REVERSED, reason.strip()[:200], by
    held.save(update_fields=["state", "reason", "reversed_by"])
    if was_received:
        charge.received_fen -= held.amount_fen
        keep(charge)
    write_about(charge, "reverse_payment", by, reason=reason, amount_fen=held.amount_fen, receipt_no=held.receipt_no)
    return held
