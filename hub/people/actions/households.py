"""Who lives with whom."""

from typing import Any

from django.db import transaction

from hub.audit.actions import write_line
from hub.people.models import Household, Resident


@transaction.atomic
def set_household(*, resident: Resident, household: Household | None, by: Any = None) -> Resident:
    """Put somebody into a household, or out of any; building and door follow the household's."""
    resident = Resident.objects.select_for_update().get(pk=resident.pk)
    resident.household = household
    if household is not None:
        resident.building_id, resident.door = household.building_id, household.door or resident.door
    resident.save(update_fields=["household", "building", "door"])
    write_line(
        hub_id=resident.hub_id, actor=by, verb="set_household", subject="people.resident", ref=str(resident.pk),
        for_person=resident.masked_name, changes={"household": household.pk if household else None},
    )  # fmt: skip
    return resident
