"""How a booking ends: cancelled, used, or nobody came."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from bookings.rooms import money
from bookings.rooms.models import Booking
from bookings.rooms.states import IS_COMING, BookingStates
from bookings.rooms.texts import text_of
from hub.audit.actions import write_line
from hub.core import clock, wording
from hub.core.errors import RuleBroken
from hub.notifications.actions import queue_message
from hub.served.actions import record_service
from hub.served.states import Posts

ENDS_EARLY = (*money.IS_NO_LONGER_HAD, BookingStates.NO_SHOW)
SETTLE_AFTER = timedelta(hours=2)  # of the end: until then staff can still say that nobody came


def locked(booking: Booking) -> Booking:
    """The row as it stands now, locked."""
    found: Booking = Booking.objects.select_for_update(of=("self",)).select_related("room", "hub").get(pk=booking.pk)
    return found


def close_as(booking: Booking, state: str, *, verb: str, by: Any, reason: str = "", reason_code: str = "") -> Booking:
    """Put a locked booking into an ending state, with its audit line."""
    booking.state, booking.closed_at = state, clock.now()
    booking.closed_by = by if by is not None and by.is_authenticated else None
    booking.reason, booking.reason_code = reason[:200], reason_code
    booking.save(update_fields=["state", "closed_at", "closed_by", "reason", "reason_code"])
    write_line(
        hub_id=booking.hub_id,
        actor=by,
        verb=verb,
        subject="rooms.booking",
        ref=booking.reference,
        for_person=str(booking.for_person_id or ""),
        changes={"state": str(state)},
        reason=reason,
    )
    if state in ENDS_EARLY and booking.list_fen:
        money.let_go(booking, reason=reason, by=by)
    return booking


def tell(booking: Booking, kind: str, *, reason: str = "") -> None:
    """One message to the booking's contact; a second of the same kind for the same state of things is not sent."""
    told_at = booking.told_at()
    if told_at is None:
        return  # erased in the meantime
    queue_message(
        hub_id=booking.hub_id,
        key=f"booking:{booking.reference}:{kind}:{booking.starts_at:%Y%m%d%H%M}",
        kind=f"booking_{kind}",
        text=text_of(kind, booking, booking.hub, reason=reason),
        phone=told_at[0],
        user_id=told_at[1],
        subject="rooms.booking",
        ref=booking.reference,
    )


@transaction.atomic
def cancel(*, booking: Booking, by: Any = None, reason: str = "", as_staff: bool = False) -> Booking:
    """Cancel a coming booking; again, it stays cancelled. A resident until the deadline, staff at any time with a reason."""
    booking = locked(booking)
    if booking.state == BookingStates.CANCELLED:
        return booking
    if booking.state not in IS_COMING:
        raise RuleBroken.of("not_open_any_more")
    if as_staff and not reason.strip():
        raise RuleBroken.of("reason_missing", "reason")
    if not as_staff and not booking.can_be_cancelled(clock.now()):
        raise RuleBroken.of("too_late_to_cancel", deadline=wording.moment_words(booking.cancel_by), hotline=booking.hub.hotline)
    close_as(booking, BookingStates.CANCELLED, verb="cancel", by=by, reason=reason)
    tell(booking, "cancelled", reason=reason if as_staff else "")
    return booking


@transaction.atomic
def mark_used(*, booking: Booking, by: Any = None) -> Booking:
    """The room was used: the service ledger gets its row. Again, nothing happens."""
    booking = locked(booking)
    if booking.state == BookingStates.USED:
        return booking
    if booking.state != BookingStates.CONFIRMED or booking.starts_at > clock.now():
        raise RuleBroken.of("not_open_any_more")
    close_as(booking, BookingStates.USED, verb="used", by=by)
    record_service(
        hub_id=booking.hub_id,
        post=Posts.CULTURE,
        what=booking.room.name_zh,
        subject="rooms.booking",
        ref=booking.reference,
        happened_at=booking.ends_at,
        for_person_id=booking.for_person_id,
        organisation_id=booking.organisation_id,
        by=by,
    )
    return booking


@transaction.atomic
def mark_no_show(*, booking: Booking, by: Any) -> Booking:
    """Nobody came; for a person the house looks after this is a reason to ring, not a penalty."""
    booking = locked(booking)
    if booking.state == BookingStates.NO_SHOW:
        return booking
    if booking.state != BookingStates.CONFIRMED or booking.starts_at > clock.now():
        raise RuleBroken.of("not_open_any_more")
    return close_as(booking, BookingStates.NO_SHOW, verb="no_show", by=by)


def settle_past() -> int:
    """Bookings whose time is over and of which nobody said otherwise were used. Safe twice and two at once."""
    over = Booking.objects.filter(state=BookingStates.CONFIRMED, ends_at__lt=clock.now() - SETTLE_AFTER).order_by("ends_at")[:500]
    done = 0
    for booking in over:
        try:
            mark_used(booking=booking)
            done += 1
        except RuleBroken:  # somebody settled it between the look and the lock
            continue
    return done
