"""Where the ledger appears elsewhere."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q

from hub.core.errors import SENTENCES
from hub.core.joins import IntegrityCheck, PersonalFields, integrity_checks, personal_fields
from hub.served import sentences
from hub.served.models import ServiceEvent


def export(resident: Any) -> Iterable[dict[str, Any]]:
    """What was done for a resident."""
    for event in ServiceEvent.objects.filter(for_person=resident).order_by("happened_at", "id"):
        yield {"at": event.happened_at.isoformat(), "post": event.get_post_display(), "what": event.what, "which": event.subject_ref}


def erase(resident: Any) -> int:
    """Nothing to blank: the ledger points at the row that is blanked, so that what was counted stays counted."""
    return 0


def strangers() -> Iterable[str]:
    """One sentence for every service whose person or organisation belongs to another hub."""
    elsewhere = ~Q(for_person__hub=F("hub")) & Q(for_person__isnull=False) | ~Q(organisation__hub=F("hub")) & Q(organisation__isnull=False)
    for event_id in ServiceEvent.objects.filter(elsewhere).values_list("pk", flat=True):
        yield f"served.ServiceEvent {event_id}: done at one hub for somebody of another"


SENTENCES.update(sentences.SENTENCES)
personal_fields.register(PersonalFields("served.serviceevent", ("for_person",), export, erase))
integrity_checks.register(IntegrityCheck("services_stay_in_the_house", strangers))
