"""Erasing a person at their wish: a tombstone stays, so that what was counted stays counted."""

from typing import Any

from django.db import transaction

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.joins import personal_fields
from hub.people.identity import put_id
from hub.people.models import Resident

SUBJECT = "people.resident"


@transaction.atomic
def erase_resident(*, resident: Resident, by: Any, reason: str) -> dict[str, int]:
    """Every app blanks what it keeps about the person (the registry of personal fields), then the person's own row is blanked.

    Gives how many rows each touched. RuleBroken without a reason, or the second time.
    """
    if not reason.strip():
        raise RuleBroken.of("staff_reason_missing", "reason")
    resident = Resident.objects.select_for_update().get(pk=resident.pk)
    if resident.is_erased:
        raise RuleBroken.of("already_erased")
    touched = {row.name: row.erase(resident) for row in personal_fields}
    blank(resident)
    write_line(hub_id=resident.hub_id, actor=by, verb="erase", subject=SUBJECT, ref=str(resident.pk), reason=reason, changes=touched)
    return touched


def blank(resident: Resident) -> None:
    """The tombstone."""
    put_id(resident, "", "")
    resident.name = resident.initials = resident.door = resident.flag_note = resident.way_to_reach = ""
    resident.flags = []
    resident.birth_on = resident.building = resident.household = resident.user = None
    resident.erased_at = clock.now()
    resident.save()
