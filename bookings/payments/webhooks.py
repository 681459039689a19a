"""What a gateway tells us. Each message once, in any order, in one transaction with what it changes; no lookup abroad, so that it is answered at once."""

import logging

from django.db import transaction

from bookings.payments import rules
from bookings.payments.actions import note_refund, receive_online
from bookings.payments.actions.locking import locked_payment, write_about
from bookings.payments.actions.online import payment_of
from bookings.payments.actions.refunds import follow_up, lose
from bookings.payments.gateway import Disputed, Event, Found, SentBack
from bookings.payments.models import GatewayEvent, Refund
from bookings.payments.states import Disputes, EventOutcomes
from hub.core import clock

log = logging.getLogger(__name__)


@transaction.atomic
def take_event(*, gateway: str, event: Event) -> EventOutcomes:
    """Apply a message. One that was applied before, and one about strangers, change nothing."""
    if GatewayEvent.objects.filter(gateway=gateway, event_id=event.event_id).exists():
        return EventOutcomes.NOTHING_NEW
    outcome = _apply(event)
    if outcome == EventOutcomes.STRANGER:
        log.warning("a gateway's message is not about us", extra={"event": event.event_id, "kind": event.kind})
    row = GatewayEvent(
        gateway=gateway, event_id=event.event_id, kind=event.kind[:60], object_id=event.object_id[:120], received_at=clock.now(), outcome=outcome
    )
    GatewayEvent.objects.bulk_create([row], ignore_conflicts=True)  # its twin may have come at the same moment; both changed the same
    return outcome


def _apply(event: Event) -> EventOutcomes:
    if isinstance(event.about, Found):
        return _payment(event.about)
    if isinstance(event.about, SentBack):
        return _refund(event.about)
    if isinstance(event.about, Disputed):
        return _dispute(event.about)
    return EventOutcomes.STRANGER


def _payment(found: Found) -> EventOutcomes:
    payment = payment_of(session_id=found.session_id, token=found.token)
    if payment is None:
        return EventOutcomes.STRANGER
    before = payment.state
    after = receive_online(payment=payment, found=found).state
    if after == before and rules.stands(found.state, before, rules.PAYMENT_RANK):
        return EventOutcomes.ODD
    return EventOutcomes.NOTHING_NEW if after == before else EventOutcomes.APPLIED


def _refund(answer: SentBack) -> EventOutcomes:
    refund = Refund.objects.filter(token=answer.token).first() if answer.token else Refund.objects.filter(gateway_id=answer.refund_id).first()
    if refund is None:
        return EventOutcomes.STRANGER
    before = refund.state
    return EventOutcomes.NOTHING_NEW if note_refund(refund_id=refund.pk, answer=answer).state == before else EventOutcomes.APPLIED


def _dispute(told: Disputed) -> EventOutcomes:
    """The bank asks, and decides: staff look at it, nothing goes back beside it meanwhile."""
    payment = payment_of(intent_id=told.intent_id)
    if payment is None:
        return EventOutcomes.STRANGER
    charge, held = locked_payment(payment)
    if not rules.stands(told.state, held.dispute, rules.DISPUTE_RANK):
        return EventOutcomes.NOTHING_NEW
    held.dispute = Disputes(told.state)
    held.save(update_fields=["dispute"])
    write_about(charge, f"dispute_{told.state}", amount_fen=told.amount_fen)
    if held.dispute == Disputes.LOST:
        lose(charge, held, told.amount_fen)
    follow_up(charge, f"dispute of {told.amount_fen} fen: {told.state}")
    return EventOutcomes.APPLIED
