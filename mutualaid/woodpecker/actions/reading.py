"""Who sent a report: shown in the answer to a press, and written down."""

from typing import Any

from django.db import transaction

from mutualaid.woodpecker.actions.writing import REPORT, note
from mutualaid.woodpecker.models import Report, Sender


@transaction.atomic
def look_who(*, report: Report, by: Any) -> Sender:
    """The sender with name and number, and a line in the audit. The caller has asked who may."""
    found: Sender = Sender.objects.get(report=report)
    note(REPORT, report, "look_who", by, hub_id=report.hub_id, ref=report.reference)
    return found
