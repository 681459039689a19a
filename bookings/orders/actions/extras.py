"""Parts that cost extra: asked for by the helper, owed only with the resident's yes."""

from typing import Any

from django.db import transaction

from bookings.orders.actions.steps import charge_of
from bookings.orders.actions.writing import locked, note, refuse_step, tell
from bookings.orders.models import Order
from bookings.orders.rules import MOST_EXTRA_FEN
from bookings.orders.states import OrderStates, StepKinds
from bookings.payments.actions import amend_charge
from bookings.payments.states import OwnReasons
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.money import yuan_text
from hub.core.wording import amount_words


@transaction.atomic
def ask_extra(*, order: Order, extra_fen: int, what: str, by: Any) -> Order:
    """Ask the resident for a yes, on the slip and by message. Nothing is owed yet; the same question again is asked once."""
    order = locked(order)
    if order.state != OrderStates.ARRIVED:
        refuse_step(order)
    if not 0 < extra_fen <= MOST_EXTRA_FEN:
        raise RuleBroken.of("order_extra_amount", "extra", most=yuan_text(MOST_EXTRA_FEN))
    what = what.strip()[:100]
    if not what:
        raise RuleBroken.of("order_extra_what", "what")
    if (order.extra_asked_fen, order.extra_asked_what) == (extra_fen, what):
        return order
    order.extra_asked_fen, order.extra_asked_what = extra_fen, what
    order.save(update_fields=["extra_asked_fen", "extra_asked_what"])
    note(order, StepKinds.ASKED, verb="ask_extra", by=by, extra_fen=extra_fen)
    tell(order, "extra_asked", about=f"{clock.now():%Y%m%d%H%M%S}")
    return order


@transaction.atomic
def answer_extra(*, order: Order, asked_fen: int, is_yes: bool, by: Any = None) -> Order:
    """The resident's answer to what they were shown (`asked_fen`); another amount in the meantime is refused, never agreed to silently."""
    order = locked(order)
    if order.state != OrderStates.ARRIVED or not order.extra_asked_fen:
        refuse_step(order)
    if order.extra_asked_fen != asked_fen:
        raise RuleBroken.of("order_extra_changed", None, amount=amount_words(order.extra_asked_fen))
    if is_yes:
        said_by = order.contact_name or order.reference
        return agree_extra(order=order, extra_fen=order.extra_asked_fen, what=order.extra_asked_what, agreed_by=said_by, by=by)
    order.extra_asked_fen, order.extra_asked_what = 0, ""
    order.save(update_fields=["extra_asked_fen", "extra_asked_what"])
    note(order, StepKinds.NO_EXTRA, verb="refuse_extra", by=by)
    return order


@transaction.atomic
def agree_extra(*, order: Order, extra_fen: int, what: str, agreed_by: str, by: Any) -> Order:
    """Extra parts, once the resident has said yes: which, who said it, and when. 0 takes them back."""
    order = locked(order)
    if order.state != OrderStates.ARRIVED:
        refuse_step(order)
    if not 0 <= extra_fen <= MOST_EXTRA_FEN:
        raise RuleBroken.of("order_extra_too_much", "extra", most=yuan_text(MOST_EXTRA_FEN))
    what, agreed_by = what.strip()[:100], agreed_by.strip()[:40]
    if extra_fen and not (what and agreed_by):
        raise RuleBroken.of("order_extra_missing", "agreed_by" if what else "what")
    if (order.extra_fen, order.extra_what, order.extra_agreed_by) == (extra_fen, what, agreed_by):
        return order
    before, order.extra_fen = order.extra_fen, extra_fen
    order.extra_what, order.extra_agreed_by = (what, agreed_by) if extra_fen else ("", "")
    order.extra_agreed_at = clock.now() if extra_fen else None
    order.extra_asked_fen, order.extra_asked_what = 0, ""
    order.save(update_fields=["extra_fen", "extra_what", "extra_agreed_by", "extra_agreed_at", "extra_asked_fen", "extra_asked_what"])
    amend_charge(charge=charge_of(order), due_fen=order.due_fen, reason=OwnReasons.EXTRA_PARTS, by=by)
    note(order, StepKinds.EXTRA, verb="agree_extra", by=by, extra_fen=[before, extra_fen])
    tell(order, "extra", about=f"{clock.now():%Y%m%d%H%M%S}")
    return order
