"""Calendar files (RFC 5545) through the icalendar package."""

from datetime import datetime

from django.conf import settings
from icalendar import Calendar, Event

from bookings.rooms.models import Booking
from hub.core import clock
from hub.core.references import grouped
from hub.hubs.models import Hub


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//community hub//rooms//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    return calendar


def of_booking(booking: Booking, hub: Hub) -> bytes:
    """One booking, for a phone's calendar. It goes to the person who holds the private link."""
    calendar = _calendar(hub.name)
    event = Event()
    event.add("uid", f"{booking.reference}@{hub.slug}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", booking.starts_at)
    event.add("dtend", booking.ends_at)
    event.add("summary", f"{booking.room.name} {grouped(booking.reference)}")
    event.add("location", f"{hub.name} {hub.address} {booking.room.place}")
    event.add("description", hub.hotline)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def feed(name: str, slug: str, spans: list[tuple[datetime, datetime]]) -> bytes:
    """When a room is taken; nothing about whom or what for."""
    calendar = _calendar(name)
    for start, end in spans:
        event = Event()
        event.add("uid", f"{slug}-{start:%Y%m%dT%H%M}")
        event.add("dtstamp", clock.now())
        event.add("dtstart", start)
        event.add("dtend", end)
        event.add("summary", name)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
