"""Where rooms appear elsewhere."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bookings.payments.queries import charges_of, without_charge_of
from bookings.rooms import demo, desk, jobs, money
from bookings.rooms.api import router
from bookings.rooms.models import Booking, no_overlap
from bookings.rooms.permissions import user_can_serve_bookings
from bookings.rooms.queries import bookings_of_person
from bookings.rooms.states import HOLDS_THE_ROOM, BookingStates
from hub.core.joins import (
    ApiRouter,
    Claim,
    DemoSeed,
    DeskCard,
    DeskFinder,
    DeskTask,
    Figure,
    Finder,
    IntegrityCheck,
    MoneyClaims,
    MyThings,
    PaymentPurpose,
    PeriodicJob,
    PersonalFields,
    api_routers,
    demo_seeds,
    desk_cards,
    desk_finders,
    desk_tasks,
    figures,
    finders,
    integrity_checks,
    money_claims,
    my_things,
    payment_purposes,
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


def claims(hub: Any, start: Any, end: Any) -> Iterator[Claim]:
    """What bookings made in [start, end) cost."""
    return claims_for(Booking.objects.at(hub).filter(created_at__gte=start, created_at__lt=end))


def claims_about(hub: Any, refs: Iterable[str]) -> Iterator[Claim]:
    """The same of these bookings."""
    return claims_for(Booking.objects.at(hub).filter(reference__in=list(refs)))


def claims_for(bookings: Any) -> Iterator[Claim]:
    """What ended early is no claim any more but for what was kept."""
    rows = list(bookings.asked_for().filter(list_fen__gt=0).order_by("pk"))
    charges = charges_of(money.PURPOSE, [booking.reference for booking in rows])
    for booking in rows:
        charge = charges.get(booking.reference)
        if booking.state in money.IS_NO_LONGER_HAD or booking.state == BookingStates.NO_SHOW:
            due = charge.kept_fen if charge and booking.state == BookingStates.NO_SHOW else 0
        else:
            due = booking.price_fen
        yield Claim(booking.reference, due, charge is not None and due > 0 and charge.kept_fen >= due, reverse("booking:inspect", args=[booking.pk]))


def begin(hub: Any, start: Any, end: Any, **which: Any) -> int:
    """Bookings that begin in [start, end)."""
    return int(Booking.objects.at(hub).asked_for().filter(starts_at__gte=start, starts_at__lt=end, **which).count())


def rows_url(first: Any, last: Any, **which: str) -> str:
    """The bookings that begin on these days."""
    return f"{reverse('booking:index')}?{urlencode({'starts_at_from': first.isoformat(), 'starts_at_to': last.isoformat(), **which})}"


def price_and_charge_differ() -> Iterator[str]:
    """Every booking that costs something, or would have, has its charge, of the same price."""
    rows = Booking.objects.asked_for().filter(list_fen__gt=0, state__in=HOLDS_THE_ROOM)
    for reference, price in without_charge_of(rows, money.PURPOSE, F("price_fen")).values_list("reference", "price_fen"):
        yield f"booking {reference} costs {price} fen, its charge does not say so"


payment_purposes.register(PaymentPurpose(money.PURPOSE, _("Rooms"), money.lock, money.fulfil, money.title, money.url))
money_claims.register(MoneyClaims(money.PURPOSE, _("Rooms"), claims, claims_about))
figures.register(Figure("rooms.begin", _("Room bookings"), begin, rows_url, order=10))
for state in (BookingStates.USED, BookingStates.NO_SHOW, BookingStates.CANCELLED):
    figures.register(Figure(f"rooms.{state}", state.label, partial(begin, state=state), partial(rows_url, state=str(state)), order=11))
integrity_checks.register(IntegrityCheck("rooms.charges", price_and_charge_differ))
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
desk_cards.register(DeskCard("rooms", _("Rooms to come"), desk.card, user_can_serve_bookings, order=10))
desk_tasks.register(DeskTask("rooms", _("Room"), desk.form, desk.preview, desk.act, user_can_serve_bookings, order=20))
desk_finders.register(DeskFinder("rooms", desk.find, user_can_serve_bookings))
