"""What a booking costs, as payments keep it: a charge is opened with the booking, follows its price, and falls away with it."""

from typing import Any

from django.utils.translation import gettext as _

from bookings.payments.actions import amend_charge, cancel_charge, open_charge
from bookings.payments.models import Charge
from bookings.payments.queries import charge_of
from bookings.payments.states import OwnReasons, Waivers
from bookings.rooms.models import Booking
from bookings.rooms.states import BookingStates, PriceReasons
from hub.core import wording

PURPOSE = "rooms.booking"
IS_NO_LONGER_HAD = (BookingStates.CANCELLED, BookingStates.DECLINED, BookingStates.LAPSED)
WAIVED_FOR = {PriceReasons.ORGANISATION: Waivers.ORGANISATION, PriceReasons.DECISION: Waivers.DECISION}


def waived_for(booking: Booking) -> str:
    """Why less than the list price is owed, in the funder's words."""
    if booking.price_fen == booking.list_fen:
        return Waivers.NONE
    if booking.entitlement is not None:
        return str(booking.entitlement.kind)
    return WAIVED_FOR.get(PriceReasons(booking.price_reason), Waivers.DECISION)


def open_for(booking: Booking, *, is_new: bool = False) -> None:
    """In the transaction in which the booking was written: what a room costs, or would have."""
    if booking.list_fen:
        open_charge(
            hub_id=booking.hub_id,
            purpose=PURPOSE,
            ref=booking.reference,
            list_fen=booking.list_fen,
            due_fen=booking.price_fen,
            waived_for=waived_for(booking),
            is_new=is_new,
        )


def follow(booking: Booking, by: Any) -> None:
    """After a move: the price of the new time."""
    charge = charge_of(PURPOSE, booking.reference)
    if charge is None:
        open_for(booking)
    else:
        amend_charge(charge=charge, due_fen=booking.price_fen, list_fen=booking.list_fen, reason=OwnReasons.MOVED, by=by, waived_for=waived_for(booking))


def let_go(booking: Booking, *, reason: str, by: Any) -> None:
    """The booking is over before its time: what was paid goes back. Nobody came: nothing more is asked for, and what was paid stays."""
    charge = charge_of(PURPOSE, booking.reference)
    if charge is not None:
        keep_fen = 0 if booking.state in IS_NO_LONGER_HAD else charge.kept_fen
        cancel_charge(charge=charge, reason=reason or str(booking.state), by=by, keep_fen=keep_fen)


def lock(ref: str) -> None:
    """Payments lock the booking before its charge."""
    Booking.objects.select_for_update(of=("self",)).filter(reference=ref).first()


def fulfil(ref: str) -> bool:
    """Paid: whether the booking still stands. It was confirmed all along, so nothing else is to be done."""
    return Booking.objects.filter(reference=ref).exclude(state__in=IS_NO_LONGER_HAD).exists()


def title(ref: str) -> str:
    """What the payer reads."""
    booking = Booking.objects.select_related("room").get(reference=ref)
    return _("%(room)s, %(when)s") % {"room": booking.room.name, "when": wording.when_words(booking.starts_at, booking.ends_at)}


def url(ref: str) -> str:
    """The slip."""
    return str(Booking.objects.get(reference=ref).url)


def shown(booking: Booking) -> Charge | None:
    """The charge, for pages; None when the room costs nothing."""
    return charge_of(PURPOSE, booking.reference) if booking.list_fen else None
