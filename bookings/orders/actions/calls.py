"""Asking again about the same matter."""

from typing import Any

from django.db import transaction

from bookings.orders.actions.writing import locked, note, refuse_step
from bookings.orders.models import Order, OrderCall
from bookings.orders.states import StepKinds
from hub.core import clock


@transaction.atomic
def attach_call(*, order: Order, channel: str, by: Any = None, words: str = "") -> OrderCall:
    """Write on an open order that somebody asked about it again. RuleBroken when it is over: then it is a new matter."""
    held = locked(order)
    if not held.is_open:
        refuse_step(held)
    taken_by = by if by is not None and by.is_authenticated else None
    call: OrderCall = OrderCall.objects.create(order=held, at=clock.now(), channel=channel, taken_by=taken_by, words=words.strip()[:200])
    note(held, StepKinds.CALLED, verb="attach_call", by=by, channel=channel)
    return call
