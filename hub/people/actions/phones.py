"""Numbers under which people are reached."""

from typing import Any

from django.db import transaction

from hub.audit.actions import write_line
from hub.core.errors import RuleBroken
from hub.core.phones import masked, normal_phone
from hub.people.models import ContactPhone, Resident

SUBJECT = "people.resident"


@transaction.atomic
def add_phone(*, resident: Resident, number: str, by: Any = None, note: str = "", is_first: bool = False) -> ContactPhone:
    """One more number, as typed; shared freely with others. RuleBroken when it is none, or already theirs."""
    resident = Resident.objects.select_for_update().select_related("hub").get(pk=resident.pk)
    normal = normal_phone(number, area_code=resident.hub.area_code)
    if not normal:
        raise RuleBroken.of("phone_wrong", "number")
    theirs = {phone.number: phone for phone in resident.phones.all()}
    if normal in theirs:
        raise RuleBroken.of("phone_there", "number")
    if is_first:
        resident.phones.filter(is_first=True).update(is_first=False)
    phone = ContactPhone.objects.create(
        hub_id=resident.hub_id, resident=resident, number=normal, note=note, is_first=is_first or not theirs
    )
    _line(phone, resident, by, "add_phone")
    return phone


@transaction.atomic
def remove_phone(*, phone: ContactPhone, by: Any = None) -> None:
    """Take a number away; when it was the first to ring, the oldest other becomes it."""
    resident = Resident.objects.select_for_update().get(pk=phone.resident_id)
    _line(phone, resident, by, "remove_phone")
    phone.delete()
    if phone.is_first and (next_one := resident.phones.order_by("id").first()):
        next_one.is_first = True
        next_one.save(update_fields=["is_first"])


def _line(phone: ContactPhone, resident: Resident, by: Any, verb: str) -> None:
    write_line(
        hub_id=resident.hub_id, actor=by, verb=verb, subject=SUBJECT, ref=str(resident.pk),
        for_person=resident.masked_name, changes={"number": masked(phone.number)},
    )  # fmt: skip
