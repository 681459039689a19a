"""Names go when somebody asks for it, or when nobody needs them any more; what was counted stays."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hub.closings.models import Closing
from hub.core import clock
from hub.core.names import masked_name
from hub.people.models import Resident
from mutualaid.woodpecker import rules
from mutualaid.woodpecker.actions.writing import KIND
from mutualaid.woodpecker.models import Award, Handover, Reader, Sender

BLANK: dict[str, Any] = {"contact_name": "", "contact_phone": "", "prints_full_name": False, "photo": ""}


@transaction.atomic
def erase_reader(*, resident: Resident) -> int:
    """Blank who sent what and who won; the words about the newspaper, the credit and the masked name that was printed stay. How many rows."""
    readers = Reader.objects.filter(resident=resident)
    senders = Sender.objects.filter(reader__in=readers) | Sender.objects.filter(for_person=resident) | Sender.objects.filter(asked_by=resident)
    blanked = blank(senders)
    for award in Award.objects.filter(reader__in=readers):
        award.name, award.full_name, award.phone = masked_name(award.full_name) or award.name[:1] + "*", "", ""
        award.save(update_fields=["name", "full_name", "phone"])
        blanked += 1
    Handover.objects.filter(award__reader__in=readers).update(collected_by="")
    return blanked


def blank(senders: Any) -> int:
    """Photos are taken off the disk."""
    pks = list(senders.values_list("pk", flat=True))
    for sender in Sender.objects.filter(pk__in=pks).exclude(photo=""):
        sender.photo.delete(save=False)
    return int(Sender.objects.filter(pk__in=pks).update(**BLANK))


def forget_names(*, now: datetime | None = None) -> int:
    """Blank who reported what, a year after the edition was closed; numbers of readers we do not know go with it. How many rows. Safe twice."""
    before = (now or clock.now()) - rules.NAMES_ARE_KEPT_FOR
    keys = list(Closing.objects.standing().filter(kind=KIND, closed_at__lt=before).values_list("period", flat=True))
    old = Sender.objects.filter(report__edition__key__in=keys).exclude(contact_name="", contact_phone="", photo="")
    return blank(old)
