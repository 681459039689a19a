"""What the clock sets off. Each job may run twice, and two at once."""

from datetime import timedelta

from bookings.rooms.actions import lapse_overdue, settle_past
from bookings.rooms.actions.endings import tell
from bookings.rooms.models import Booking
from bookings.rooms.states import BookingStates
from hub.core import clock

REMIND_FROM_HOUR = 9  # nobody is rung out of bed

__all__ = ["lapse_overdue", "remind", "settle_past"]


def remind() -> int:
    """A word about tomorrow's bookings, from nine in the morning on; the message's key keeps it to one each."""
    now = clock.local(clock.now())
    if now.hour < REMIND_FROM_HOUR:
        return 0
    start, end = clock.day_bounds(now.date() + timedelta(days=1))
    done = 0
    for booking in Booking.objects.filter(
        state=BookingStates.CONFIRMED, starts_at__gte=start, starts_at__lt=end, created_at__lt=now - timedelta(hours=12)
    ).select_related("room", "hub"):
        tell(booking, "reminder")
        done += 1
    return done
