"""Moving a booking to another time, or another room."""

from typing import Any

from django.db import IntegrityError, transaction

from bookings.rooms import money, rules
from bookings.rooms.actions.endings import locked, tell
from bookings.rooms.actions.reserve import lock_rooms, refuse_taken, who_holds
from bookings.rooms.facts import hours_of
from bookings.rooms.models import Booking, no_overlap
from bookings.rooms.rules import Asked, RoomFacts
from bookings.rooms.states import IS_COMING, BookingStates
from bookings.rooms.texts import said
from hub.audit.actions import write_line
from hub.core import clock, wording
from hub.core.errors import RuleBroken


def move(*, booking: Booking, room: RoomFacts, asked: Asked, by: Any = None, reason: str = "", as_staff: bool = False) -> Booking:
    """Give a coming booking another time or room under the same number, at the price of the new one; nothing changes on refusal.

    A resident until the deadline; staff at any time with a reason.
    """
    try:
        return _move(booking=booking, room=room, asked=asked, by=by, reason=reason, as_staff=as_staff)
    except IntegrityError as error:
        if no_overlap.was_broken_by(error):
            refuse_taken()
        raise


@transaction.atomic
def _move(*, booking: Booking, room: RoomFacts, asked: Asked, by: Any, reason: str, as_staff: bool) -> Booking:
    first, last = min(booking.first_part, room.first_part), max(booking.last_part, room.last_part)
    versions = lock_rooms(first, last)
    booking = locked(booking)
    refuse_move(booking, reason=reason, as_staff=as_staff)
    now = clock.now()
    refused = rules.complaints(room, asked, now=clock.local(now), hours_of=hours_of(booking.hub))
    if refused:
        raise RuleBroken(*(said(refusal, booking.hub) for refusal in refused))
    held_from, held_until = rules.held_span(room, asked)
    if who_holds(versions, room, held_from, held_until, but=booking.pk):
        refuse_taken()
    before = {"room": booking.room.slug, "from": booking.starts_at.isoformat()}
    price = rules.quote(room, asked, for_organisation=booking.organisation is not None, is_entitled=booking.entitlement_id is not None)
    waits = room.by_approval and not as_staff and (room.id != booking.room_id or booking.state == BookingStates.PENDING)
    booking.room_id, booking.first_part, booking.last_part = room.id, room.first_part, room.last_part
    booking.starts_at, booking.ends_at, booking.held_from, booking.held_until = asked.starts_at, asked.ends_at, held_from, held_until
    booking.people_count, booking.cancel_by = asked.people_count, rules.cancel_deadline(asked.starts_at, room.cancel_until)
    booking.list_fen, booking.price_fen, booking.deposit_fen, booking.price_reason = price.list_fen, price.price_fen, price.deposit_fen, price.reason
    booking.state = BookingStates.PENDING if waits else BookingStates.CONFIRMED
    booking.decide_by = rules.decide_by(now, asked.starts_at, room.decide_within) if waits else None
    booking.save()
    booking = Booking.objects.select_related("room", "hub").get(pk=booking.pk)
    money.follow(booking, by)
    write_line(
        hub_id=booking.hub_id,
        actor=by,
        verb="move",
        subject="rooms.booking",
        ref=booking.reference,
        for_person=str(booking.for_person_id or ""),
        changes={"before": before, "after": {"room": room.slug, "from": booking.starts_at.isoformat()}},
        reason=reason,
    )
    tell(booking, "moved")
    return booking


def refuse_move(booking: Booking, *, reason: str, as_staff: bool) -> None:
    """Over, or too late for a resident, or staff without a reason."""
    if booking.state not in IS_COMING:
        raise RuleBroken.of("not_open_any_more")
    if as_staff and not reason.strip():
        raise RuleBroken.of("reason_missing", "reason")
    if not as_staff and not booking.can_be_cancelled(clock.now()):
        raise RuleBroken.of("too_late_to_move", deadline=wording.moment_words(booking.cancel_by), hotline=booking.hub.hotline)
