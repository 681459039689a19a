"""Where rooms appear elsewhere."""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.rooms import demo, jobs
from bookings.rooms.api import router
from bookings.rooms.models import Booking, no_overlap
from bookings.rooms.queries import bookings_of_person
from bookings.rooms.states import HOLDS_THE_ROOM
from hub.core.joins import (
    ApiRouter,
    DemoSeed,
    Finder,
    IntegrityCheck,
    MyThings,
    PeriodicJob,
    PersonalFields,
    api_routers,
    demo_seeds,
    finders,
    integrity_checks,
    my_things,
    periodic_jobs,
    personal_fields,
)


def find(hub: Any, reference: str, phone: str) -> str | None:
    """A booking's private page, by its number and the phone it was made with."""
    found = Booking.objects.at(hub).asked_for().filter(reference=reference, contact_phone=phone).first()
    return found.url if found else None


def overlaps() -> Iterator[str]:
    """Two holding bookings that share a part and a moment: must never be."""
    rows = Booking.objects.holding().order_by("held_from", "id").values_list("reference", "first_part", "last_part", "held_from", "held_until")
    open_rows: list[Any] = []
    for row in rows.iterator():
        open_rows = [other for other in open_rows if other[4] > row[3]]
        for other in open_rows:
            if other[1] <= row[2] and other[2] >= row[1]:
                yield f"bookings {other[0]} and {row[0]} overlap"
        open_rows.append(row)


def guard_missing() -> Iterator[str]:
    """The database's own guard must stand."""
    if not no_overlap.is_present(connection, Booking._meta.db_table):
        yield f"the guard {no_overlap.name} is missing from {Booking._meta.db_table}"


def strayed() -> Iterator[str]:
    """Bookings whose room, parts or hub do not fit together any more."""
    wrong = Booking.objects.filter(
        Q(first_part__gt=F("room__last_part")) | Q(last_part__lt=F("room__first_part")) | ~Q(hub=F("room__hub")), state__in=HOLDS_THE_ROOM
    )
    for reference in wrong.values_list("reference", flat=True):
        yield f"booking {reference} does not lie in its room"


def export(resident: Any) -> Iterator[dict[str, Any]]:
    """What rooms keep about a person."""
    for booking in Booking.objects.filter(Q(for_person=resident) | Q(asked_by=resident)).select_related("room"):
        yield {
            "reference": booking.reference,
            "room": booking.room.name_zh,
            "from": booking.starts_at.isoformat(),
            "until": booking.ends_at.isoformat(),
            "name": booking.contact_name,
            "phone": booking.contact_phone,
            "purpose": booking.purpose,
        }


def erase(resident: Any) -> int:
    """Blank name, phone and purpose; the booking itself stays for the figures."""
    mine = Booking.objects.filter(Q(for_person=resident) | Q(asked_by=resident))
    return mine.update(contact_name="", contact_phone="", purpose="", reason="")


finders.register(Finder("rooms.booking", find))
my_things.register(MyThings("rooms.booking", _("Rooms booked"), bookings_of_person, "rooms/mine.html", order=10))
integrity_checks.register(IntegrityCheck("rooms.overlaps", overlaps))
integrity_checks.register(IntegrityCheck("rooms.guard", guard_missing))
integrity_checks.register(IntegrityCheck("rooms.strayed", strayed))
periodic_jobs.register(PeriodicJob("rooms.lapse", jobs.lapse_overdue, 5, "requests nobody answered in time let the room go"))
periodic_jobs.register(PeriodicJob("rooms.remind", jobs.remind, 30, "a word the day before"))
periodic_jobs.register(PeriodicJob("rooms.settle", jobs.settle_past, 30, "bookings that are over were used"))
personal_fields.register(PersonalFields("rooms.booking", ("contact_name", "contact_phone", "purpose", "reason"), export, erase))
demo_seeds.register(DemoSeed("rooms", demo.seed, order=40))
api_routers.register(ApiRouter("rooms", router))
