"""From a chosen parcel to its end: made ready, handed out, cancelled, or back on the shelf."""

from typing import Any

from django.db import transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.references import clean_reference
from hub.hubs.models import Hub
from hub.served.actions import record_service
from hub.served.states import Posts
from mutualaid.clothing import rules
from mutualaid.clothing.actions.stock import locked_garments, move
from mutualaid.clothing.actions.writing import SUBJECT, go_on, is_made_ready, locked, need_not_be_ready, refuse_step, tell, user_of
from mutualaid.clothing.models import Parcel
from mutualaid.clothing.states import Moves, ParcelStates

IN_THE_LEDGER = "领取包裹"  # neutral: the ledger is read by more people than a parcel


@transaction.atomic
def make_ready(*, parcel: Parcel, by: Any) -> Parcel:
    """It lies packed under its number; the person is told. Again, nothing happens."""
    held = locked(parcel)
    if held.state == ParcelStates.READY:
        return held
    go_on(held, ParcelStates.READY, verb="make_ready", by=by)
    is_made_ready(held, by)
    tell(held, "ready")
    return held


@transaction.atomic
def hand_out(*, hub: Hub, reference: str, tail: str, by: Any) -> Parcel:
    """To whoever says the number and the last four of the phone. A wrong pair and an unknown one are refused alike."""
    found = Parcel.objects.at(hub).filter(reference=clean_reference(reference)).first()
    held = locked(found) if found else None
    if held is None or not rules.is_same_number(held.contact_phone, tail):
        raise RuleBroken.of("parcel_unknown", "reference")
    if held.state == ParcelStates.HANDED_OUT:
        refuse_step(held)
    held.handed_at, held.handed_by = clock.now(), user_of(by)
    go_on(held, ParcelStates.HANDED_OUT, verb="hand_out", by=by, fields=("handed_at", "handed_by"))
    is_made_ready(held, by)
    record_service(
        hub_id=held.hub_id, post=Posts.LIVING, what=IN_THE_LEDGER, subject=SUBJECT, ref=held.reference, happened_at=held.handed_at,
        for_person_id=held.for_person_id, by=user_of(by),
    )  # fmt: skip
    return held


@transaction.atomic
def cancel(*, parcel: Parcel, by: Any = None, is_told: bool = True) -> Parcel:
    """The pieces go back on the shelf. Again, nothing happens."""
    held = locked(parcel)
    if held.state == ParcelStates.CANCELLED:
        return held
    return _back(held, ParcelStates.CANCELLED, "cancel", by, is_told=is_told)


@transaction.atomic
def remind(*, parcel: Parcel) -> bool:
    """Say once more that a parcel lies ready, before it goes back; whether it still does. A second word about the same is not sent."""
    held = locked(parcel)
    if held.state != ParcelStates.READY or held.is_late(clock.now()):
        return False
    tell(held, "waits")
    return True


@transaction.atomic
def put_back(*, parcel: Parcel) -> Parcel:
    """Nobody collected it in time: the pieces go back on the shelf, and the person is told. What is not late, or over, is left as it is."""
    held = locked(parcel)
    if not held.is_late(clock.now()):
        return held
    return _back(held, ParcelStates.PUT_BACK, "put_back", None, is_told=True)


def _back(held: Parcel, state: str, verb: str, by: Any, *, is_told: bool) -> Parcel:
    held.closed_at = clock.now()
    go_on(held, state, verb=verb, by=by, fields=("closed_at",))
    counts = dict(held.lines.values_list("garment", "piece_count"))
    for garment in locked_garments(held.hub, counts):
        move(garment, Moves.BACK, counts[garment.pk], by=by, parcel=held)
    need_not_be_ready(held, str(held.get_state_display()), by)
    if is_told:
        tell(held, str(state))
    return held
