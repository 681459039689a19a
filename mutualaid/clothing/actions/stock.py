"""What comes onto the shelf and leaves it without a parcel. Every change of a number is a movement, written beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.references import new_token
from hub.hubs.models import Hub
from hub.notifications.actions import queue_message
from hub.people.models import Resident
from mutualaid.clothing import rules
from mutualaid.clothing.models import Garment, Intake, Movement
from mutualaid.clothing.rules import Brought
from mutualaid.clothing.states import Moves
from mutualaid.clothing.texts import thanks

STOCK, INTAKE = "clothing.garment", "clothing.intake"


@dataclass(frozen=True, slots=True)
class Giver:
    """Who brought it: nobody need say. With `wants_thanks` a word goes to the phone, once a bag."""

    name: str = ""
    phone: str = ""
    wants_thanks: bool = False
    person: Resident | None = None


def take_in(*, hub: Hub, brought: Brought, by: Any, giver: Giver | None = None, shelf: str = "", bag: Intake | None = None, token: str = "") -> Intake:
    """Write down pieces alike: those for the shelf are added to the stock, the others are only counted. RuleBroken with every complaint.

    The same `token` gives the intake that was written first. `bag` is an earlier intake of the same bag; who gave it goes on from there.
    """
    token = token or new_token()
    try:
        return _take_in(hub, brought, by, giver or Giver(), shelf.strip(), bag, token)
    except IntegrityError as error:
        earlier: Intake | None = Intake.objects.filter(token=token).first() if "token" in str(error) else None
        if earlier is None:
            raise
        return earlier


@transaction.atomic
def _take_in(hub: Hub, brought: Brought, by: Any, giver: Giver, shelf: str, bag: Intake | None, token: str) -> Intake:
    if refused := rules.intake_complaints(brought):
        raise RuleBroken(*refused)
    garment = garment_for(hub, brought, shelf) if brought.piece_count else None
    earlier = written_before(token)
    if earlier:
        return earlier
    first = (bag.bag or bag) if bag else None
    if first is not None and not (giver.name or giver.phone):
        giver = Giver(first.donor_name, first.donor_phone, first.wants_thanks, first.donor)
    has_fault = brought.refused_count > 0
    intake: Intake = Intake.objects.create(
        hub=hub, token=token, at=clock.now(), taken_by=by, garment=garment, piece_count=brought.piece_count, refused_count=brought.refused_count,
        fault=brought.fault if has_fault else "", end=brought.end if has_fault else "", donor=giver.person, donor_name=giver.name, donor_phone=giver.phone,
        wants_thanks=giver.wants_thanks, bag=first,
    )  # fmt: skip
    if garment:
        move(garment, Moves.IN, brought.piece_count, by=by, intake=intake)
    write_line(
        hub_id=hub.pk, actor=by, verb="take_in", subject=INTAKE, ref=str(intake.pk),
        changes={"garment": garment.pk if garment else None, "pieces": brought.piece_count, "refused": brought.refused_count, "fault": intake.fault},
    )  # fmt: skip
    if giver.wants_thanks and giver.phone:
        key = f"thanks:{(first or intake).token}"
        queue_message(hub_id=hub.pk, key=key, kind="thanks", text=thanks(hub), phone=giver.phone, subject=INTAKE, ref=str((first or intake).pk))
    return intake


def written_before(token: str) -> Intake | None:
    """The intake that this form has written already."""
    found: Intake | None = Intake.objects.filter(token=token).first()
    return found


def garment_for(hub: Hub, brought: Brought, shelf: str = "") -> Garment:
    """The row for pieces like these, locked; made when there is none yet."""
    facts = {"kind": brought.kind, "fit": brought.fit, "size": brought.size, "season": brought.season, "condition": brought.condition}
    made, _is_new = Garment.objects.get_or_create(hub=hub, **facts, defaults={"size_order": rules.order_of_size(brought.size), "shelf": shelf})
    held: Garment = Garment.objects.select_for_update(of=("self",)).get(pk=made.pk)
    if shelf and shelf != held.shelf:
        held.shelf = shelf
        held.save(update_fields=["shelf"])
    return held


def locked_garments(hub: Hub, pks: Iterable[int]) -> list[Garment]:
    """These garments of the hub as they stand now, locked one after the other in the order of their ids."""
    return list(Garment.objects.at(hub).filter(pk__in=list(pks)).select_for_update(of=("self",)).order_by("pk"))


def move(garment: Garment, kind: str, change: int, *, by: Any, **about: Any) -> Movement:
    """Change a locked garment's number by so many, with the movement that says why. The database refuses less than nothing."""
    shift(garment.pk, change)
    garment.piece_count += change
    return write_movement(garment, kind, change, by=by, **about)


def shift(garment_pk: int, change: int) -> None:
    """The number alone."""
    Garment.objects.filter(pk=garment_pk).update(piece_count=F("piece_count") + change)


def write_movement(garment: Garment, kind: str, change: int, *, by: Any, **about: Any) -> Movement:
    """The movement alone; its number has been changed."""
    user = by if by is not None and by.is_authenticated else None
    made: Movement = Movement.objects.create(hub_id=garment.hub_id, garment=garment, kind=kind, change=change, at=clock.now(), by=user, **about)
    return made


@transaction.atomic
def discard(*, garment: Garment, piece_count: int, fault: str, by: Any, reason: str = "") -> Garment:
    """Take pieces out of the stock that cannot be worn after all. RuleBroken when so many are not there."""
    held = locked(garment)
    if not fault:
        raise RuleBroken.of("clothing_fault_missing", "fault")
    if not 1 <= piece_count <= held.piece_count:
        raise RuleBroken.of("clothing_too_few_there", "piece_count", there=held.piece_count)
    move(held, Moves.DISCARDED, -piece_count, by=by, fault=fault, reason=reason.strip()[:200])
    _note(held, "discard", by, pieces=piece_count, fault=fault)
    return held


@transaction.atomic
def count_anew(*, garment: Garment, piece_count: int, reason: str, by: Any) -> Garment:
    """Somebody counted: so many lie there really. The difference is a movement with its reason."""
    held = locked(garment)
    if not 0 <= piece_count <= rules.MOST_AT_ONCE:
        raise RuleBroken.of("clothing_count", "piece_count", most=rules.MOST_AT_ONCE)
    if piece_count == held.piece_count:
        raise RuleBroken.of("clothing_as_it_was", "piece_count")
    if not reason.strip():
        raise RuleBroken.of("clothing_reason_missing", "reason")
    before = held.piece_count
    move(held, Moves.CORRECTION, piece_count - before, by=by, reason=reason.strip()[:200])
    _note(held, "count_anew", by, reason=reason.strip(), pieces=[before, piece_count])
    return held


def locked(garment: Garment) -> Garment:
    """The row as it stands now, locked."""
    held: Garment = Garment.objects.select_for_update(of=("self",)).get(pk=garment.pk)
    return held


def _note(garment: Garment, verb: str, by: Any, *, reason: str = "", **changes: Any) -> None:
    write_line(hub_id=garment.hub_id, actor=by, verb=verb, subject=STOCK, ref=str(garment.pk), changes=changes, reason=reason)
