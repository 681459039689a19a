"""Staff answer requests for rooms that need an answer."""

from typing import Any

from django.db import transaction

from bookings.rooms.actions.endings import close_as, locked, tell
from bookings.rooms.models import Booking
from bookings.rooms.states import BookingStates, DeclineReasons
from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken


@transaction.atomic
def approve(*, booking: Booking, by: Any) -> Booking:
    """Agree to a request. The room was kept all along, so nothing can stand in the way."""
    booking = locked(booking)
    if booking.state == BookingStates.CONFIRMED:
        return booking
    refuse_if_decided(booking)
    booking.state, booking.decide_by = BookingStates.CONFIRMED, None
    booking.save(update_fields=["state", "decide_by"])
    write_line(hub_id=booking.hub_id, actor=by, verb="approve", subject="rooms.booking", ref=booking.reference, for_person=str(booking.for_person_id or ""))
    tell(booking, "approved")
    return booking


@transaction.atomic
def decline(*, booking: Booking, by: Any, code: str, words: str = "") -> Booking:
    """Say no with a coded reason, which the resident reads as a sentence; 'other' needs words of its own."""
    if code not in DeclineReasons.values or (code == DeclineReasons.OTHER and not words.strip()):
        raise RuleBroken.of("reason_missing", "words")
    booking = locked(booking)
    refuse_if_decided(booking)
    close_as(booking, BookingStates.DECLINED, verb="decline", by=by, reason=words, reason_code=code)
    tell(booking, "declined", reason=reason_in_words(booking))
    return booking


def reason_in_words(booking: Booking) -> str:
    """The coded reason's sentence, then the words of staff."""
    coded = "" if booking.reason_code in {"", DeclineReasons.OTHER} else booking.get_reason_code_display()
    return " ".join(part for part in (coded, booking.reason) if part)


def lapse_overdue() -> int:
    """Requests nobody answered in time let the room go, with a word of regret. Safe twice and two at once."""
    done = 0
    for booking in Booking.objects.filter(state=BookingStates.PENDING, decide_by__lte=clock.now()).order_by("decide_by")[:500]:
        done += lapse(booking)
    return done


@transaction.atomic
def lapse(booking: Booking) -> bool:
    """Let one request go; False when it was answered in the meantime."""
    booking = locked(booking)
    if booking.state != BookingStates.PENDING or booking.decide_by is None or booking.decide_by > clock.now():
        return False
    close_as(booking, BookingStates.LAPSED, verb="lapse", by=None)
    tell(booking, "lapsed")
    return True


def refuse_if_decided(booking: Booking) -> None:
    """Two members of staff, one request: the second is told."""
    if booking.state != BookingStates.PENDING:
        raise RuleBroken.of("already_decided")
