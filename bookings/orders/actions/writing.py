"""What every change of an order shares: the lock, the step, the audit line, the message."""

from typing import Any

from bookings.orders import rules
from bookings.orders.models import Order, OrderStep
from bookings.orders.states import OrderStates, StepKinds
from bookings.orders.texts import text_of
from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.notifications.actions import queue_message

PURPOSE = "orders.order"  # of its charge, its ledger row, its messages and its audit lines


def locked(order: Order) -> Order:
    """The row as it stands now, locked; its charge is locked after it, never before."""
    rows = Order.objects.select_for_update(of=("self",)).select_related("service", "hub", "helper", "asked_by")
    found: Order = rows.get(pk=order.pk)
    return found


def refuse_step(order: Order) -> Any:
    """It has gone on; say where it stands."""
    raise RuleBroken.of("order_wrong_step", state=order.get_state_display())


def go_on(order: Order, state: str, *, verb: str, by: Any, reason: str = "", fields: tuple[str, ...] = (), **changes: Any) -> Order:
    """Put a locked order into its next state and write it down; RuleBroken when that state cannot follow."""
    if not rules.may_follow(order.state, state):
        refuse_step(order)
    order.state = OrderStates(state)
    order.save(update_fields=["state", *fields])
    note(order, StepKinds.STATE, verb=verb, by=by, reason=reason, state=str(state), **changes)
    return order


def note(order: Order, kind: str, *, verb: str, by: Any, reason: str = "", channel: str = "", **changes: Any) -> None:
    """One step and one audit line."""
    user = by if by is not None and by.is_authenticated else None
    OrderStep.objects.create(order=order, kind=kind, state=order.state, at=clock.now(), by=user)
    write_line(
        hub_id=order.hub_id,
        actor=user,
        verb=verb,
        subject=PURPOSE,
        ref=order.reference,
        for_person=str(order.for_person_id or ""),
        channel=channel,
        changes=changes,
        reason=reason,
    )


def tell(order: Order, kind: str, *, about: str = "", reason: str = "", rating_code: str = "") -> None:
    """One message to the order's contact; a second about the same is not sent."""
    told_at = order.told_at()
    if told_at is None:
        return  # erased in the meantime
    queue_message(
        hub_id=order.hub_id,
        key=f"order:{order.reference}:{kind}:{about}"[:100],
        kind=f"order_{kind}",
        text=text_of(kind, order, order.hub, reason=reason, rating_code=rating_code),
        phone=told_at[0],
        user_id=told_at[1],
        subject=PURPOSE,
        ref=order.reference,
    )
