"""Entering, verifying and revoking entitlements."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.refusals import Refusal
from hub.people import rules
from hub.people.models import Entitlement, Resident

SUBJECT = "people.entitlement"


@transaction.atomic
def add_entitlement(
    *, resident: Resident, kind: str, proof: str, document: str, valid_from: date, valid_to: date | None = None, by: Any = None
) -> Entitlement:
    """Write one down; it counts once verified. RuleBroken when the paper is not named, the dates are wrong, or one is there already."""
    resident = Resident.objects.select_for_update().get(pk=resident.pk)
    refusals = [Refusal("already_erased")] if resident.is_erased else []
    if not document.strip():
        refusals.append(Refusal("document_missing", "document"))
    wrong_dates = rules.dates_refusal(valid_from, valid_to)
    if wrong_dates:
        refusals.append(wrong_dates)
    elif _standing(resident, kind, valid_from, valid_to).exists():
        refusals.append(Refusal("entitlement_there", "kind"))
    if refusals:
        raise RuleBroken(*refusals)
    entitlement = Entitlement.objects.create(
        hub_id=resident.hub_id, resident=resident, kind=kind, proof=proof, document=document.strip(),
        valid_from=valid_from, valid_to=valid_to, entered_by=by,
    )  # fmt: skip
    _line(entitlement, resident, by, "add_entitlement")
    return entitlement


@transaction.atomic
def verify_entitlement(*, entitlement: Entitlement, by: Any) -> Entitlement:
    """The paper was seen: from now on it counts. RuleBroken when that was done before, or it is revoked."""
    entitlement, resident = _locked(entitlement)
    if entitlement.revoked_at is not None:
        raise RuleBroken.of("entitlement_revoked")
    if entitlement.verified_at is not None:
        raise RuleBroken.of("entitlement_verified")
    entitlement.verified_by, entitlement.verified_at = by, clock.now()
    entitlement.save(update_fields=["verified_by", "verified_at"])
    _line(entitlement, resident, by, "verify_entitlement")
    return entitlement


@transaction.atomic
def revoke_entitlement(*, entitlement: Entitlement, by: Any, reason: str) -> Entitlement:
    """From now on it does not count. The reason is kept."""
    entitlement, resident = _locked(entitlement)
    if not reason.strip():
        raise RuleBroken.of("staff_reason_missing", "reason")
    if entitlement.revoked_at is not None:
        raise RuleBroken.of("entitlement_revoked")
    entitlement.revoked_at, entitlement.revoke_reason = clock.now(), reason.strip()[:200]
    entitlement.save(update_fields=["revoked_at", "revoke_reason"])
    _line(entitlement, resident, by, "revoke_entitlement", entitlement.revoke_reason)
    return entitlement


def _standing(resident: Resident, kind: str, valid_from: date, valid_to: date | None) -> Any:
    """Those of the same kind, not revoked, that share a day with the span."""
    rows = Entitlement.objects.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from), resident=resident, kind=kind, revoked_at=None)
    return rows.filter(valid_from__lte=valid_to) if valid_to else rows


def _locked(entitlement: Entitlement) -> tuple[Entitlement, Resident]:
    resident = Resident.objects.select_for_update().get(pk=entitlement.resident_id)
    return Entitlement.objects.select_for_update().get(pk=entitlement.pk), resident


def _line(entitlement: Entitlement, resident: Resident, by: Any, verb: str, reason: str = "") -> None:
    write_line(
        hub_id=entitlement.hub_id, actor=by, verb=verb, subject=SUBJECT, ref=str(entitlement.pk), for_person=resident.masked_name, reason=reason,
        changes={"kind": entitlement.kind, "proof": entitlement.proof, "valid_from": str(entitlement.valid_from), "valid_to": str(entitlement.valid_to or "")},
    )  # fmt: skip
