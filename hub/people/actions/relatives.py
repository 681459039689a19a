"""Recording who stands by whom, and who may act."""

from typing import Any

from django.db import transaction

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.phones import normal_phone
from hub.core.refusals import Refusal
from hub.people.actions.consents import record_consent
from hub.people.models import Consent, Relationship, Resident
from hub.people.rules import needs_guardian, plain_name
from hub.people.states import CAN_ACT, LETS_ANOTHER_ACT, ConsentPurposes, RelationKinds

SUBJECT = "people.relationship"


@transaction.atomic
def link_relatives(
    *,
    person: Resident,
    kind: str,
    by: Any = None,
    relative: Resident | None = None,
    relative_name: str = "",
    relative_phone: str = "",
    note: str = "",
    may_act: bool = False,
    consent: Consent | None = None,
) -> Relationship:
    """`relative` (a resident, or a name and a phone) stands by `person`. To act it takes a standing consent of the person."""
    person = Resident.objects.select_for_update().select_related("hub").get(pk=person.pk)
    number = normal_phone(relative_phone, area_code=person.hub.area_code)
    refusals = [
        *_who_refusals(person, relative, plain_name(relative_name), relative_phone, number),
        *(_act_refusals(person, relative, kind, consent) if may_act else []),
    ]
    if refusals:
        raise RuleBroken(*refusals)
    if relative and Relationship.objects.standing().filter(person=person, relative=relative, kind=kind).exists():
        raise RuleBroken.of("relative_there", "relative")
    link = Relationship.objects.create(
        hub_id=person.hub_id, person=person, relative=relative, relative_name="" if relative else plain_name(relative_name),
        relative_phone="" if relative else number, kind=kind, note=note, may_act=may_act, consent=consent,
    )  # fmt: skip
    _line(link, person, by, "link")
    return link


@transaction.atomic
def end_link(*, link: Relationship, by: Any = None, reason: str = "") -> None:
    """The link holds no more; the row stays, so that what was done under it can be explained."""
    person = Resident.objects.select_for_update().get(pk=link.person_id)
    link = Relationship.objects.select_for_update().get(pk=link.pk)
    if link.ended_at is not None:
        return
    link.ended_at, link.may_act = clock.now(), False
    link.save(update_fields=["ended_at", "may_act"])
    _line(link, person, by, "end_link", reason)


def _who_refusals(person: Resident, relative: Resident | None, name: str, typed: str, number: str) -> list[Refusal]:
    if relative is not None:
        return [Refusal("relative_is_oneself", "relative")] if relative.pk == person.pk else []
    if not name or not typed:
        return [Refusal("relative_missing", "relative_name")]
    return [] if number else [Refusal("phone_wrong", "relative_phone")]


def _act_refusals(person: Resident, relative: Resident | None, kind: str, consent: Consent | None) -> list[Refusal]:
    if kind not in CAN_ACT:
        return [Refusal("act_not_emergency", "kind")]
    if relative is None:
        return [Refusal("act_needs_resident", "relative")]
    holds = consent is not None and consent.is_standing and consent.resident_id == person.pk and consent.purpose in LETS_ANOTHER_ACT
    return [] if holds else [Refusal("act_needs_consent", "consent")]


def _line(link: Relationship, person: Resident, by: Any, verb: str, reason: str = "") -> None:
    write_line(
        hub_id=link.hub_id, actor=by, verb=verb, subject=SUBJECT, ref=str(link.pk), for_person=person.masked_name, reason=reason,
        changes={"kind": link.kind, "relative": link.masked_relative, "may_act": link.may_act},
    )  # fmt: skip


@transaction.atomic
def link_by_phone(
    *, person: Resident, kind: str, relative_name: str, relative_phone: str, text_version: str, by: Any = None, note: str = "", may_act: bool = False
) -> Relationship:
    """The same as typed at the counter: who is a resident with that name and phone is linked as one, others stay name and phone.

    With `may_act` the consent given there is recorded first: the person's own, or the guardian's for a child under 14.
    """
    number = normal_phone(relative_phone, area_code=person.hub.area_code)
    found = Resident.objects.filter(hub_id=person.hub_id, erased_at=None, name=plain_name(relative_name), phones__number=number).distinct()[:2]
    relative = found[0] if number and len(found) == 1 else None
    consent = None
    if may_act and relative is not None and kind in CAN_ACT:
        is_child = needs_guardian(person.birth_on, clock.today())
        consent = record_consent(
            resident=person, purpose=ConsentPurposes.CHILD if is_child else ConsentPurposes.ACT_FOR_ME, text_version=text_version, by=by,
            given_by=relative if is_child and kind == RelationKinds.GUARDIAN else None,
        )  # fmt: skip
    return link_relatives(
        person=person, kind=kind, by=by, relative=relative, relative_name=relative_name, relative_phone=relative_phone, note=note,
        may_act=may_act, consent=consent,
    )  # fmt: skip
