"""What can change about an order on its way: price, extra parts, time, or that it falls away."""

from typing import Any

from django.db import transaction

from bookings.orders import rules
from bookings.orders.actions.place import refuse_what_cannot_be
from bookings.orders.actions.steps import charge_of
from bookings.orders.actions.writing import go_on, locked, note, refuse_step, tell
from bookings.orders.facts import facts_of
from bookings.orders.models import Order, Service
from bookings.orders.rules import Asked
from bookings.orders.states import CAN_BE_MOVED, OrderStates, PriceReasons, StepKinds
from bookings.payments.actions import amend_charge, cancel_charge
from bookings.payments.states import OwnReasons, Waivers
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.money import yuan_text
from hub.core.wording import moment_words


@transaction.atomic
def decide_price(*, order: Order, price_fen: int, reason: str, by: Any) -> Order:
    """Staff lower the price, with a reason; the list price and the entitlement stay to be read. RuleBroken above the list price."""
    order = locked(order)
    if not order.is_open:
        refuse_step(order)
    if not reason.strip():
        raise RuleBroken.of("reason_missing", "reason")
    if not 0 <= price_fen <= order.list_fen:
        raise RuleBroken.of("order_price_too_high", "price", amount=yuan_text(order.list_fen))
    if order.extra_fen:
        raise RuleBroken.of("order_extra_first", "price")
    if order.price_fen == price_fen:
        return order
    before, order.price_fen = order.price_fen, price_fen
    order.price_reason, order.decided_by, order.decision = PriceReasons.DECISION, by, reason.strip()[:200]
    order.waived_for = Waivers.DECISION if price_fen < order.list_fen else ""
    order.save(update_fields=["price_fen", "price_reason", "decided_by", "decision", "waived_for"])
    amend_charge(charge=charge_of(order), due_fen=order.due_fen, reason=order.decision, by=by, waived_for=order.waived_for)
    note(order, StepKinds.PRICE, verb="decide_price", by=by, reason=reason, price_fen=[before, price_fen])
    tell(order, "price", about=f"{clock.now():%Y%m%d%H%M%S}", reason=order.decision)
    return order


@transaction.atomic
def cancel(*, order: Order, by: Any = None, reason: str = "", as_staff: bool = False) -> Order:
    """Cancel; again, it stays cancelled. A resident until the deadline, staff until it is done, with a reason. What was paid goes back."""
    order = locked(order)
    if order.state == OrderStates.CANCELLED:
        return order
    if as_staff and not reason.strip():
        raise RuleBroken.of("reason_missing", "reason")
    if not order.is_open or (not as_staff and order.state not in CAN_BE_MOVED):
        refuse_step(order)
    if not as_staff and not order.can_be_changed(clock.now()):
        raise RuleBroken.of("too_late_to_cancel", deadline=moment_words(order.cancel_by), hotline=order.hub.hotline)
    return fall_away(order, OrderStates.CANCELLED, verb="cancel", by=by, reason=reason if as_staff else "")


@transaction.atomic
def decline(*, order: Order, by: Any, reason: str) -> Order:
    """The house cannot do it; the resident reads why. Again, it stays declined."""
    order = locked(order)
    if order.state == OrderStates.DECLINED:
        return order
    if not reason.strip():
        raise RuleBroken.of("reason_missing", "reason")
    return fall_away(order, OrderStates.DECLINED, verb="decline", by=by, reason=reason)


def fall_away(order: Order, state: str, *, verb: str, by: Any, reason: str) -> Order:
    """The common end of what is not done: nothing more is owed, and what was paid goes back."""
    order.closed_at, order.reason = clock.now(), reason.strip()[:200]
    go_on(order, state, verb=verb, by=by, reason=order.reason, fields=("closed_at", "reason"))
    cancel_charge(charge=charge_of(order), reason=order.reason or OwnReasons.BY_RESIDENT, by=by)
    tell(order, str(state), reason=order.reason)
    return order


@transaction.atomic
def reschedule(*, order: Order, asked: Asked, by: Any = None, reason: str = "", as_staff: bool = False) -> Order:
    """Another window under the same number and price. A resident until the deadline; a helper who was found for the old time is let go."""
    order = locked(order)
    if order.state not in CAN_BE_MOVED:
        refuse_step(order)
    if as_staff and not reason.strip():
        raise RuleBroken.of("reason_missing", "reason")
    if not as_staff and not order.can_be_changed(clock.now()):
        raise RuleBroken.of("too_late_to_move", deadline=moment_words(order.cancel_by), hotline=order.hub.hotline)
    service = Service.objects.with_rules().get(pk=order.service_id)
    facts = facts_of(service)
    asked = Asked(asked.starts_at, asked.ends_at, order.quantity, order.community_id, order.address or "-")
    refuse_what_cannot_be(order.hub, service, facts, asked)
    if (order.starts_at, order.ends_at) == (asked.starts_at, asked.ends_at):
        return order
    order.starts_at, order.ends_at = asked.starts_at, asked.ends_at
    order.cancel_by = rules.cancel_deadline(asked.starts_at, facts.cancel_hours)
    order.state, order.helper, order.helper_name, order.helper_phone = OrderStates.TAKEN, None, "", ""
    order.save(update_fields=["starts_at", "ends_at", "cancel_by", "state", "helper", "helper_name", "helper_phone"])
    note(order, StepKinds.MOVED, verb="reschedule", by=by, reason=reason, **{"from": order.starts_at.isoformat()})
    tell(order, "moved", about=f"{clock.now():%Y%m%d%H%M%S}")
    return order
