"""Showing what is masked, once, to somebody who says why. Each look is a line in the audit."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from hub.audit.actions import write_line
from hub.core.errors import RuleBroken
from hub.people.identity import unseal
from hub.people.models import Resident
from hub.people.permissions import user_can_reveal_contacts, user_can_reveal_id

SUBJECT = "people.resident"


@transaction.atomic
def reveal_id(*, resident: Resident, by: Any, reason: str) -> str:
    """The full ID number. PermissionDenied without the right; RuleBroken without a reason, or when there is none to show."""
    if not user_can_reveal_id(by, resident):
        raise PermissionDenied
    _ask_reason(reason)
    resident = Resident.objects.select_for_update().get(pk=resident.pk)
    if not resident.id_sealed:
        raise RuleBroken.of("id_absent")
    _line(resident, by, "reveal_id", reason)
    return unseal(resident.id_sealed)


@transaction.atomic
def reveal_contacts(*, resident: Resident, by: Any, reason: str) -> list[tuple[str, str]]:
    """Everybody to ring for this person: (name, number) of themselves first, then of those who stand by them."""
    if not user_can_reveal_contacts(by, resident):
        raise PermissionDenied
    _ask_reason(reason)
    _line(resident, by, "reveal_contacts", reason)
    contacts = [(f"{resident.name} {phone.note}".strip(), phone.number) for phone in resident.phones.all()]
    for link in resident.relatives.filter(ended_at=None).select_related("relative").prefetch_related("relative__phones"):
        said = link.note or link.get_kind_display()
        if link.relative is None:
            contacts.append((f"{link.relative_name} {said}", link.relative_phone))
        else:
            contacts.extend((f"{link.relative.name} {said}", phone.number) for phone in link.relative.phones.all())
    return contacts


def _ask_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken.of("staff_reason_missing", "reason")


def _line(resident: Resident, by: Any, verb: str, reason: str) -> None:
    write_line(
        hub_id=resident.hub_id, actor=by, verb=verb, subject=SUBJECT, ref=str(resident.pk), for_person=resident.masked_name, reason=reason.strip()
    )
