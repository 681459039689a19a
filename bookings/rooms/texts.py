"""What is said about bookings: refusals with their facts in words, and the messages people get."""

from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from bookings.rooms.models import Booking, Room
from bookings.rooms.rules import RoomFacts
from bookings.rooms.states import BookingStates
from hub.core import wording
from hub.core.references import grouped
from hub.core.refusals import Refusal
from hub.hubs.models import Hub


def said(refusal: Refusal, hub: Hub) -> Refusal:
    """The refusal with its facts in the reader's words: lengths, days, hours."""
    facts: dict[str, Any] = {"hotline": hub.hotline}
    for name, value in refusal.facts.items():
        if name in {"lead", "shortest", "longest"}:
            facts[name] = wording.length_words(value)
        elif name == "hours":
            facts[name] = spans_in_words(value)
        elif isinstance(value, date):
            facts[name] = wording.day_words(value)
        elif isinstance(value, time):
            facts[name] = wording.time_words(value)
        else:
            facts[name] = value
    return Refusal(refusal.code, refusal.field, facts)


def short_day(day: date) -> str:
    """28日 / 28 Nov: where the month is plain from what stands around it."""
    return f"{day.day}日" if wording.is_chinese() else f"{day.day} {wording.MONTHS_EN[day.month - 1][:3]}"


def clock_of(minute: int) -> time:
    """Minutes of the day as a clock; the end of the day is shown as 23:59."""
    return time(minute // 60, minute % 60) if minute < 24 * 60 else time(23, 59)


def spans_in_words(spans: list[tuple[int, int]], *, spoken: bool = False) -> str:
    """上午8:00–中午12:00、下午2:00–5:00."""
    words = [wording.span_words(clock_of(start), clock_of(end), spoken=spoken) for start, end in spans]
    return ("、" if wording.is_chinese() else ", ").join(words) if words else _("not at all")


_names: dict[tuple[int, int], tuple[str, str, int, str]] = {}


def name_of(room: RoomFacts) -> str:
    """The room's name in the reader's language, kept beside its facts."""
    key = (room.id, room.version)
    if key not in _names:
        _names[key] = Room.objects.values_list("name_zh", "name_en", "floor", "number").get(pk=room.id)
    chinese, english, _floor, _number = _names[key]
    return chinese if wording.is_chinese() or not english else english


def text_of_booking(booking: Booking, hub: Hub, room: RoomFacts) -> str:
    """The message after booking: what, when, the number, where to turn."""
    facts = {
        "house": hub.name,
        "room": name_of(room),
        "when": wording.when_words(booking.starts_at, booking.ends_at),
        "reference": grouped(booking.reference),
        "hotline": hub.hotline,
    }
    if booking.state == BookingStates.PENDING:
        return _("%(house)s: we have your request for %(room)s, %(when)s. Number %(reference)s. We will answer soon. Questions: %(hotline)s") % facts
    return _("%(house)s: booked, %(room)s, %(when)s. Number %(reference)s. To cancel or move it ring %(hotline)s") % facts


def ended(words: str) -> str:
    """What staff typed as a reason, as a sentence among others."""
    words = words.strip()
    return words if not words or words[-1] in "。！？.!?" else f"{words}{'。' if wording.is_chinese() else '.'}"


def text_of(kind: str, booking: Booking, hub: Hub, *, reason: str = "") -> str:
    """The messages of a booking's later life: approved, declined, lapsed, cancelled, moved, reminder, closed."""
    facts = {
        "house": hub.name,
        "room": booking.room.name,
        "when": wording.when_words(booking.starts_at, booking.ends_at),
        "reference": grouped(booking.reference),
        "hotline": hub.hotline,
        "reason": ended(reason),
    }
    sentences = {
        "approved": _("%(house)s: agreed, %(room)s is yours, %(when)s. Number %(reference)s. Questions: %(hotline)s"),
        "declined": _("%(house)s: sorry, %(room)s, %(when)s cannot be. %(reason)s Number %(reference)s. We help you find another: %(hotline)s"),
        "lapsed": _("%(house)s: sorry, we did not answer in time for %(room)s, %(when)s. Number %(reference)s. Please ring %(hotline)s"),
        "cancelled": _("%(house)s: cancelled, %(room)s, %(when)s. Number %(reference)s. %(reason)s Questions: %(hotline)s"),
        "moved": _("%(house)s: moved, now %(room)s, %(when)s. Number %(reference)s. Questions: %(hotline)s"),
        "reminder": _("%(house)s: tomorrow, %(room)s, %(when)s. Number %(reference)s. Cannot come? Please ring %(hotline)s"),
        "closed": _("%(house)s: sorry, %(room)s is closed, so %(when)s cannot be. %(reason)s Number %(reference)s. We help you find another: %(hotline)s"),
    }
    return sentences[kind] % facts
