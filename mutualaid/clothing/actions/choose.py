"""The one way a parcel is made: web, telephone and counter alike.

In one transaction: the garments are locked in the order of their ids, then the number; looked at again; the stock goes down, and the parcel, its
lines, its movements, the promise to make it ready, the audit line and the message are written.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.locks import lock_number
from hub.core.references import grouped, new_reference
from hub.hubs.models import Hub
from hub.people.models import Entitlement, Resident
from hub.people.queries import entitlements_on
from hub.people.states import Channels, Roles
from hub.promises.actions import promise
from mutualaid.clothing import rules
from mutualaid.clothing.actions.stock import locked_garments, shift, write_movement
from mutualaid.clothing.actions.writing import MAKE_READY, SUBJECT, note, tell, user_of
from mutualaid.clothing.models import Garment, Parcel, ParcelLine
from mutualaid.clothing.rules import Slot
from mutualaid.clothing.states import Moves
from mutualaid.clothing.texts import near_in_words
from mutualaid.clothing.timetable import kept_until, slots_of

REFERENCE_TRIES = 5


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, how, for whom; a member of staff who takes it down is `taken_by`, and may give a reason (`decision`) in place of an entitlement."""

    name: str
    phone: str
    channel: str = Channels.WEB
    user: Any = None
    asked_by: Resident | None = None
    for_person: Resident | None = None
    taken_by: Any = None
    is_brought: bool = False
    note: str = ""
    decision: str = ""


def choose(*, hub: Hub, wanted: Mapping[int, int], slot: Slot, by: Asker, token: str) -> Parcel:
    """Keep these pieces (how many of which garment's id) for somebody, or raise RuleBroken; of what is gone it names what is near in size.

    The same `token` gives the parcel that was made first; with other wishes it is refused.
    """
    digest = digest_of(wanted, slot, by)
    for _try in range(REFERENCE_TRIES):
        try:
            return _choose(hub, wanted, slot, by, token, digest)
        except IntegrityError as error:
            said = str(error)
            if earlier := made_before(token, digest):
                return earlier
            if "garment_never_below_zero" in said:
                raise gone(hub, wanted) from None
            if "parcel_open_once" in said or "for_person" in said:
                raise RuleBroken.of("clothing_open_somewhere", "whom") from None
            if "reference" not in said:
                raise
    raise RuntimeError("no free reference in five tries")


@transaction.atomic
def _choose(hub: Hub, wanted: Mapping[int, int], slot: Slot, by: Asker, token: str, digest: str) -> Parcel:
    if refused := rules.choice_complaints(wanted):
        raise RuleBroken(*refused)
    held = locked_garments(hub, wanted)
    lock_number(by.phone)
    earlier, there = made_before(token, digest), {garment.pk: garment.piece_count for garment in held}
    if earlier:
        return earlier
    right = right_of(hub, by)
    if slot.code not in {each.code for each in slots_of(hub, is_for_staff=by.taken_by is not None)}:
        raise RuleBroken.of("clothing_slot", "slot")
    refuse_second(hub, by)
    if rules.lacking(there, wanted):
        raise gone(hub, wanted)
    for pk, count in wanted.items():
        shift(pk, -count)
    parcel = new_parcel(hub, slot, by, right, token, digest)
    for garment in held:
        ParcelLine.objects.create(parcel=parcel, garment=garment, piece_count=wanted[garment.pk])
        write_movement(garment, Moves.OUT, -wanted[garment.pk], by=by.taken_by or by.user, parcel=parcel)
    user = user_of(by.taken_by or by.user)
    promise(hub_id=hub.pk, kind=MAKE_READY, subject=SUBJECT, ref=parcel.reference, due_at=slot.starts_at, team=Roles.CLERK, by=user)
    note(parcel, "choose", user, channel=by.channel, pieces=sum(wanted.values()), by_decision=right is None)
    tell(parcel, "made")
    return parcel


def made_before(token: str, digest: str) -> Parcel | None:
    """The parcel this token has made already; RuleBroken when it was asked with other wishes."""
    found: Parcel | None = Parcel.objects.select_related("hub").filter(token=token).first()
    if found is not None and found.body_digest != digest:
        raise RuleBroken.of("done_otherwise")
    return found


def digest_of(wanted: Mapping[int, int], slot: Slot, by: Asker) -> str:
    """Tells whether the same token brings other wishes."""
    person = by.for_person.pk if by.for_person else None
    return hashlib.sha256(repr((sorted(wanted.items()), slot.code, by.name, by.phone, person)).encode()).hexdigest()[:43]


def right_of(hub: Hub, by: Asker) -> Entitlement | None:
    """The entitlement it rests on, None for a decision with a reason; RuleBroken when there is neither, or when somebody decides for themselves."""
    held = entitlements_on(by.for_person.pk if by.for_person else None, clock.today())
    if held:
        return held[0]
    if not by.decision.strip() or by.taken_by is None:
        raise RuleBroken.of("clothing_not_entitled", "decision", hotline=hub.hotline)
    if by.for_person is not None and by.for_person.user_id == by.taken_by.pk:
        raise RuleBroken.of("clothing_decision_own", "decision")
    return None


def refuse_second(hub: Hub, by: Asker) -> None:
    """One parcel at a time for each person, and for each number of somebody we do not know. Asked under the number's lock."""
    same = Q(for_person=by.for_person) if by.for_person else Q(contact_phone=by.phone, for_person=None)
    waiting = Parcel.objects.at(hub).open().filter(same).first()
    if waiting is not None:
        raise RuleBroken.of("clothing_open_already", "whom", reference=grouped(waiting.reference))


def gone(hub: Hub, wanted: Mapping[int, int]) -> RuleBroken:
    """Which piece is gone, and what is near in size of the same kind for the same people."""
    rows = {garment.pk: garment for garment in Garment.objects.at(hub).filter(pk__in=list(wanted))}
    missing = rules.lacking({pk: garment.piece_count for pk, garment in rows.items()}, wanted) or list(wanted)
    garment = rows.get(missing[0])
    if garment is None:
        return RuleBroken.of("clothing_nothing", "pieces")
    others = Garment.objects.at(hub).there().filter(kind=garment.kind, fit__in=rules.fits_for(garment.fit)).exclude(pk=garment.pk)
    near = near_in_words(garment, others)
    if near:
        return RuleBroken.of("clothing_gone_near", "pieces", what=garment.words, near=near)
    return RuleBroken.of("clothing_gone", "pieces", what=garment.words)


def new_parcel(hub: Hub, slot: Slot, by: Asker, right: Entitlement | None, token: str, digest: str) -> Parcel:
    """The row."""
    is_decided = right is None
    made: Parcel = Parcel.objects.create(
        hub=hub, reference=new_reference("parcel"), token=token, body_digest=digest, starts_at=slot.starts_at, ends_at=slot.ends_at,
        collect_by=kept_until(hub, slot), is_brought=by.is_brought, note=by.note.strip()[:100], contact_name=by.name, contact_phone=by.phone,
        entitlement=right, decided_by=by.taken_by if is_decided else None, decision=by.decision.strip()[:200] if is_decided else "", created_at=clock.now(),
        channel=by.channel, taken_by=by.taken_by, asked_by=by.asked_by, for_person=by.for_person,
    )  # fmt: skip
    return made
