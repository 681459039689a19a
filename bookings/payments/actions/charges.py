"""What is owed: opened with the thing it is for, amended while it changes, closed when it falls away."""

from typing import Any

from django.db import transaction

from bookings.payments.actions.locking import keep, locked_charge, standing_of, write_about
from bookings.payments.actions.online import close_attempts
from bookings.payments.actions.refunds import give_back
from bookings.payments.models import Charge
from bookings.payments.rules import Standing, state_of
from bookings.payments.states import ChargeStates
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.references import new_token


def open_charge(*, hub_id: int, purpose: str, ref: str, list_fen: int, due_fen: int, waived_for: str = "", is_new: bool = False) -> Charge:
    """Owe `due_fen` for one thing, in the caller's transaction; once: a second call gives the same charge back unchanged.

    What is less than the list price is waived `waived_for` a reason (states.Waivers). Nothing due is waived at once and never
    reaches a gateway. `is_new`: the caller has made the thing in this very
    transaction, so that nobody can have opened its charge before (one statement instead of four).
    """
    now = clock.now()
    state = state_of(Standing(due_fen))
    waived = max(list_fen - due_fen, 0)
    values = {
        "hub_id": hub_id,
        "token": new_token(),
        "state": state,
        "list_fen": list_fen,
        "due_fen": due_fen,
        "waived_fen": waived,
        "waived_for": waived_for if waived else "",
        "opened_at": now,
        "closed_at": None if state == ChargeStates.OPEN else now,
    }
    if is_new:
        made: Charge = Charge.objects.create(purpose=purpose, subject_ref=ref, **values)
        return made
    charge, _is_new = Charge.objects.get_or_create(purpose=purpose, subject_ref=ref, defaults=values)
    return charge


@transaction.atomic
def amend_charge(*, charge: Charge, due_fen: int, reason: str, by: Any = None, waived_for: str | None = None, list_fen: int | None = None) -> Charge:
    """Another amount is due (extra parts were agreed, staff decided, the time was moved). What was paid above it goes back.

    RuleBroken when nothing is owed any more.
    """
    held = locked_charge(charge)
    if held.state == ChargeStates.CANCELLED:
        raise RuleBroken.of("charge_closed")
    list_fen = held.list_fen if list_fen is None else list_fen
    if (held.due_fen, held.list_fen) == (due_fen, list_fen):
        return held
    before, held.due_fen, held.list_fen, held.reason = held.due_fen, due_fen, list_fen, reason[:200]
    if waived_for is not None:
        held.waived_fen, held.waived_for = max(held.list_fen - due_fen, 0), waived_for if held.list_fen > due_fen else ""
    keep(held)
    close_attempts(held, "the amount changed")
    write_about(held, "amend_charge", by, reason=reason, due_fen=[before, due_fen])
    if surplus := standing_of(held).surplus_fen:
        give_back(held, surplus, reason=reason, by=None)
    return held


@transaction.atomic
def cancel_charge(*, charge: Charge, reason: str, by: Any = None, keep_fen: int = 0) -> Charge:
    """Nothing more is owed than `keep_fen`; what came in above it goes back. A second time changes nothing."""
    held = locked_charge(charge)
    if held.state == ChargeStates.CANCELLED:
        return held
    held.due_fen, held.reason = min(keep_fen, held.due_fen), reason[:200]
    held.state, held.closed_at = ChargeStates.CANCELLED, clock.now()
    held.waived_fen, held.waived_for = 0, ""  # what did not happen was not given away either
    keep(held)
    close_attempts(held, "no longer owed")
    write_about(held, "cancel_charge", by, reason=reason, keep_fen=keep_fen)
    if surplus := standing_of(held).surplus_fen:
        give_back(held, surplus, reason=reason, by=None)
    return held
