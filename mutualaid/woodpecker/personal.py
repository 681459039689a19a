"""What this app keeps about a person: handing it over, and blanking it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from mutualaid.woodpecker.actions import erase_reader
from mutualaid.woodpecker.models import Award, Sender

FIELDS = ("contact_name", "contact_phone", "photo", "full_name", "name", "phone", "collected_by")


def export_reports(resident: Any) -> Iterator[dict[str, Any]]:
    """Every report somebody sent, and every prize they were given."""
    rows = Sender.objects.filter(Q(for_person=resident) | Q(asked_by=resident) | Q(reader__resident=resident)).select_related("report__edition__newspaper")
    for row in rows.order_by("pk"):
        sent = row.report
        yield {
            "reference": sent.reference, "edition": str(sent.edition), "page": sent.page, "title": sent.title, "wrong": sent.wrong, "right": sent.right,
            "reason": sent.reason, "received": sent.received_at.isoformat(), "name": row.contact_name, "phone": row.contact_phone, "photo": bool(row.photo),
            "prints_full_name": row.prints_full_name,
        }  # fmt: skip
    for award in Award.objects.filter(reader__resident=resident).select_related("prize", "edition__newspaper").order_by("pk"):
        yield {"prize": str(award.prize), "edition": str(award.edition), "name": award.full_name, "phone": award.phone, "certificate": award.number}


def erase(resident: Any) -> int:
    """Who sent what and who won; the words about the newspaper stay."""
    return erase_reader(resident=resident)
