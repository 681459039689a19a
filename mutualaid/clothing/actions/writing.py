"""What every change of a parcel shares: the lock, the state, the audit line, the message."""

from typing import Any

from hub.audit.actions import write_line
from hub.core.errors import RuleBroken
from hub.notifications.actions import queue_message
from hub.promises.actions import drop_about, keep_about
from mutualaid.clothing import rules
from mutualaid.clothing.models import Parcel
from mutualaid.clothing.states import ParcelStates
from mutualaid.clothing.texts import text_of

# Of its messages, promises, ledger row and audit lines: neutral on purpose, because others read those.
SUBJECT = "parcels.parcel"
MAKE_READY = "parcel_ready"


def locked(parcel: Parcel) -> Parcel:
    """The row as it stands now, locked; garments are locked after it."""
    found: Parcel = Parcel.objects.select_for_update(of=("self",)).select_related("hub", "asked_by").get(pk=parcel.pk)
    return found


def refuse_step(parcel: Parcel) -> Any:
    """It has gone on; say where it stands."""
    raise RuleBroken.of("parcel_wrong_step", state=parcel.get_state_display())


def go_on(parcel: Parcel, state: str, *, verb: str, by: Any, fields: tuple[str, ...] = (), **changes: Any) -> Parcel:
    """Put a locked parcel into its next state and write it down; RuleBroken when that state cannot follow."""
    if not rules.may_follow(parcel.state, state):
        refuse_step(parcel)
    parcel.state = ParcelStates(state)
    parcel.save(update_fields=["state", *fields])
    note(parcel, verb, by, state=str(state), **changes)
    return parcel


def note(parcel: Parcel, verb: str, by: Any, *, channel: str = "", **changes: Any) -> None:
    """One audit line. Why somebody may choose stands on the parcel alone."""
    write_line(
        hub_id=parcel.hub_id, actor=by, verb=verb, subject=SUBJECT, ref=parcel.reference, for_person=str(parcel.for_person_id or ""), channel=channel,
        changes=changes,
    )  # fmt: skip


def is_made_ready(parcel: Parcel, by: Any) -> None:
    """What the counter owed is done."""
    keep_about(kind=MAKE_READY, subject=SUBJECT, ref=parcel.reference, by=user_of(by))


def need_not_be_ready(parcel: Parcel, why: str, by: Any) -> None:
    """Nobody has to make it ready any more."""
    drop_about(kind=MAKE_READY, subject=SUBJECT, ref=parcel.reference, reason=why, by=user_of(by))


def user_of(by: Any) -> Any:
    """An account, or None for the house itself and for visitors."""
    return by if by is not None and by.is_authenticated else None


def tell(parcel: Parcel, kind: str) -> None:
    """One message to the parcel's contact; a second about the same is not sent."""
    told_at = parcel.told_at()
    if told_at is None:
        return  # erased in the meantime
    queue_message(
        hub_id=parcel.hub_id,
        key=f"parcel:{parcel.reference}:{kind}",
        kind=f"parcel_{kind}",
        text=text_of(kind, parcel, parcel.hub),
        phone=told_at[0],
        user_id=told_at[1],
        subject=SUBJECT,
        ref=parcel.reference,
    )
