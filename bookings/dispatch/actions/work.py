"""What a helper reports from the door. Every step of the order is written by orders' own actions."""

import hmac
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.db import transaction

from bookings.dispatch.actions.writing import actor_of, locked, refuse_over, write_about
from bookings.dispatch.models import Offer, Proof
from bookings.dispatch.rules import MOST_CODE_TRIES
from bookings.dispatch.states import OfferStates, ProofKinds
from bookings.orders.actions import arrive, ask_extra, finish, go
from bookings.orders.models import Order
from bookings.orders.states import OrderStates
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid at the door; nothing is written when there is neither amount nor receipt."""

    method: str = ""
    amount_fen: int = 0
    receipt_no: str = ""


NOTHING_PAID = Paid()


def at_work(offer: Offer) -> tuple[Order, Offer]:
    """The order and the offer, locked; RuleBroken when the job is not this helper's."""
    order, held = locked(offer)
    if held.state != OfferStates.ACCEPTED or not held.still_holds(order):
        refuse_over(held)
    return order, held


@transaction.atomic
def mark_on_the_way(*, offer: Offer, by: Any = None) -> Order:
    """The helper has set out."""
    order, held = at_work(offer)
    return go(order=order, by=actor_of(held, by))


def mark_arrived(*, offer: Offer, code: str, by: Any = None) -> None:
    """The helper stands at the door: the resident has read the code out. Again, nothing happens. RuleBroken for a wrong code, which counts."""
    if refused := _arrive(offer, code, by):
        raise RuleBroken(refused)


@transaction.atomic
def _arrive(offer: Offer, code: str, by: Any) -> Refusal | None:
    order, held = at_work(offer)
    if order.state == OrderStates.ARRIVED:
        return None
    if refused := wrong_code(order, held, code):
        return refused
    arrive(order=order, by=actor_of(held, by))
    held.wrong_codes_count = 0  # the code for the end is another one
    held.save(update_fields=["wrong_codes_count"])
    return None


def wrong_code(order: Order, held: Offer, code: str) -> Refusal | None:
    """Compare, and count what was wrong: the count stays although the step is refused, so the caller must not raise in its transaction."""
    if not order.door_code or held.wrong_codes_count >= MOST_CODE_TRIES:
        return Refusal("door_code_shut", "code", {"hotline": held.hub.hotline})
    if hmac.compare_digest(order.door_code.encode(), code.encode()):
        return None
    held.wrong_codes_count += 1
    held.save(update_fields=["wrong_codes_count"])
    write_about(held, "wrong_code", None, tries=held.wrong_codes_count)
    left = MOST_CODE_TRIES - held.wrong_codes_count
    return Refusal("door_code_wrong", "code", {"left": left}) if left else Refusal("door_code_shut", "code", {"hotline": held.hub.hotline})


@transaction.atomic
def ask_for_parts(*, offer: Offer, extra_fen: int, what: str, by: Any = None) -> Order:
    """Extra parts are needed: the resident is asked on their slip and by message; nothing is owed before they say yes."""
    order, held = at_work(offer)
    return ask_extra(order=order, extra_fen=extra_fen, what=what, by=actor_of(held, by))


def finish_job(
    *, offer: Offer, code: str = "", photo: File[bytes] | None = None, signature: File[bytes] | None = None, paid: Paid = NOTHING_PAID, by: Any = None
) -> None:
    """Done, shown by the resident's code or by photo and signature; what was paid at the door is written down. Again, nothing happens."""
    if refused := _finish(offer, code, photo, signature, paid, by):
        raise RuleBroken(refused)


@transaction.atomic
def _finish(offer: Offer, code: str, photo: File[bytes] | None, signature: File[bytes] | None, paid: Paid, by: Any) -> Refusal | None:
    order, held = at_work(offer)
    if order.was_done:
        return None
    if order.state == OrderStates.ARRIVED and code and (refused := wrong_code(order, held, code)):
        return refused
    if not code and not (photo and signature):
        return Refusal("proof_missing", "code")
    if order.extra_asked_fen:
        return Refusal("order_extra_unanswered", None, {"hotline": held.hub.hotline})
    who = actor_of(held, by)
    finish(order=order, by=who, method=paid.method, amount_fen=paid.amount_fen, receipt_no=paid.receipt_no, received_by=who or held.provider.answered_for_by)
    keep_proofs(order, code, photo, signature)
    return None


def keep_proofs(order: Order, code: str, photo: File[bytes] | None, signature: File[bytes] | None) -> None:
    """What shows that it was done; pictures have been written anew by the form."""
    now = clock.now()
    if code:
        Proof.objects.create(order=order, kind=ProofKinds.CODE, at=now)
    for kind, file in ((ProofKinds.PHOTO, photo), (ProofKinds.SIGNATURE, signature)):
        if file:
            Proof.objects.create(order=order, kind=kind, file=file, at=now)
