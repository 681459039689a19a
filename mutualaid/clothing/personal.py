"""What this app keeps about a person: handing it over, and blanking it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from mutualaid.clothing.actions import cancel
from mutualaid.clothing.models import Intake, Parcel

PARCEL_FIELDS = ("contact_name", "contact_phone", "note", "decision")
INTAKE_FIELDS = ("donor_name", "donor_phone", "donor")


def parcels_about(resident: Any) -> Any:
    return Parcel.objects.filter(Q(for_person=resident) | Q(asked_by=resident))


def export_parcels(resident: Any) -> Iterator[dict[str, Any]]:
    """What parcels keep about a person."""
    for parcel in parcels_about(resident).with_lines().order_by("pk"):
        yield {
            "reference": parcel.reference, "from": parcel.starts_at.isoformat(), "until": parcel.ends_at.isoformat(), "name": parcel.contact_name,
            "phone": parcel.contact_phone, "what": parcel.what, "state": parcel.state, "note": parcel.note, "decision": parcel.decision,
        }  # fmt: skip


def erase_parcels(resident: Any) -> int:
    """What still waits goes back on the shelf, without a message; names and words are blanked, the parcel stays for the figures."""
    for parcel in parcels_about(resident).open():
        cancel(parcel=parcel, is_told=False)
    return int(parcels_about(resident).update(contact_name="", contact_phone="", note="", decision=""))


def export_intakes(resident: Any) -> Iterator[dict[str, Any]]:
    """What a person gave."""
    for intake in Intake.objects.filter(donor=resident).order_by("pk"):
        yield {"at": intake.at.isoformat(), "name": intake.donor_name, "phone": intake.donor_phone, "pieces": intake.piece_count}


def erase_intakes(resident: Any) -> int:
    """It becomes a neighbour's."""
    return int(Intake.objects.filter(donor=resident).update(donor_name="", donor_phone="", donor=None, wants_thanks=False))
