"""Writing people down and keeping what is written right."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.phones import normal_phone
from hub.core.refusals import Refusal
from hub.hubs.models import Hub
from hub.people import rules
from hub.people.identity import put_id
from hub.people.initials import initials_of
from hub.people.models import ContactPhone, Household, Resident
from hub.people.states import Channels, IdKinds, Languages
from hub.places.models import Building

SUBJECT = "people.resident"
PLAIN = ("building", "door", "household", "flags", "flag_note", "way_to_reach", "language")
IN_WORDS = frozenset({"flags", "way_to_reach", "language"})  # values that say nothing about who somebody is
ONE_ID = "resident_id_once_a_hub"


@transaction.atomic
def add_resident(
    *,
    hub: Hub,
    name: str,
    by: Any = None,
    birth_on: date | None = None,
    id_kind: str = "",
    id_number: str = "",
    building: Building | None = None,
    door: str = "",
    household: Household | None = None,
    flags: Iterable[str] = (),
    flag_note: str = "",
    way_to_reach: str = "",
    language: str = Languages.MANDARIN,
    phones: Iterable[str] = (),
    user: Any = None,
    channel: str = Channels.COUNTER,
) -> Resident:
    """A new resident with any number of phones (as typed). RuleBroken with every complaint; a known ID number is one."""
    resident = Resident(
        hub=hub, building=building, door=door, household=household, flags=list(flags), flag_note=flag_note,
        way_to_reach=way_to_reach, language=language, user=user,
    )  # fmt: skip
    numbers = [normal_phone(typed, area_code=hub.area_code) for typed in phones if typed]
    refusals = _put_facts(resident, {"name": name, "birth_on": birth_on, "id_kind": id_kind, "id_number": id_number})
    if "" in numbers:
        refusals.append(Refusal("phone_wrong", "phone"))
    if refusals:
        raise RuleBroken(*refusals)
    _save(resident)
    ContactPhone.objects.bulk_create(
        ContactPhone(hub=hub, resident=resident, number=number, is_first=place == 0) for place, number in enumerate(dict.fromkeys(numbers))
    )
    write_line(
        hub_id=hub.pk, actor=by, verb="add", subject=SUBJECT, ref=str(resident.pk), for_person=resident.masked_name, channel=channel,
        changes={"has_id": bool(id_number), "phone_count": len(set(numbers))},
    )  # fmt: skip
    return resident


@transaction.atomic
def change_resident(*, resident: Resident, by: Any = None, channel: str = Channels.COUNTER, **changes: Any) -> Resident:
    """Put new facts in place: name, birth_on, id_kind with id_number, and the plain ones.

    An empty `id_number` leaves the one that stands. RuleBroken with every complaint; nothing is saved then.
    """
    resident = Resident.objects.select_for_update().select_related(None).get(pk=resident.pk)
    if resident.is_erased:
        raise RuleBroken.of("already_erased")
    before = {field: getattr(resident, field) for field in ("name", "birth_on", "id_hash", *PLAIN)}
    for field in PLAIN:
        if field in changes:
            setattr(resident, field, changes.pop(field))
    refusals = _put_facts(resident, changes)
    if refusals:
        raise RuleBroken(*refusals)
    changed = [field for field, value in before.items() if getattr(resident, field) != value]
    if changed:
        _save(resident)
        write_line(
            hub_id=resident.hub_id, actor=by, verb="change", subject=SUBJECT, ref=str(resident.pk), for_person=resident.masked_name,
            channel=channel, changes={field: getattr(resident, field) if field in IN_WORDS else None for field in changed},
        )  # fmt: skip
    return resident


def _put_facts(resident: Resident, facts: dict[str, Any]) -> list[Refusal]:
    """Set name, birth and ID on the unsaved row; every complaint about them."""
    today = clock.today()
    refusals: list[Refusal | None] = []
    if "name" in facts:
        resident.name = rules.plain_name(facts["name"])
        resident.initials = initials_of(resident.name)
        refusals.append(rules.name_refusal(resident.name))
    if "birth_on" in facts:
        resident.birth_on = facts["birth_on"]
    if resident.birth_on:
        refusals.append(rules.birth_refusal(resident.birth_on, today))
    if facts.get("id_number"):
        refusals.extend(_put_id(resident, facts["id_number"], facts.get("id_kind") or resident.id_kind, today))
    if resident.door and not resident.building_id:
        refusals.append(Refusal("door_without_building", "building"))
    return [refusal for refusal in refusals if refusal]


def _put_id(resident: Resident, typed: str, kind: str, today: date) -> list[Refusal | None]:
    number = rules.normal_id(typed, kind)
    wrong = rules.id_refusal(number, kind, today) or rules.birth_differs(resident.birth_on, number, kind)
    if wrong:
        return [wrong]
    put_id(resident, number, kind)
    if resident.birth_on is None and kind == IdKinds.RESIDENT:
        resident.birth_on = rules.birth_date_in(number)
    others = Resident.objects.filter(hub_id=resident.hub_id, id_hash=resident.id_hash).exclude(pk=resident.pk)
    return [Refusal("id_known", "id_number")] if others.exists() else []


def _save(resident: Resident) -> None:
    """Save; two counters entering one ID number at once: the database lets one through, the other hears why."""
    try:
        with transaction.atomic():
            resident.save()
    except IntegrityError as error:
        if ONE_ID in str(error) or "id_hash" in str(error):
            raise RuleBroken.of("id_known", "id_number") from None
        raise
