"""What the pages of rooms say in words: states, free parts of a day, prices; and the addresses that carry a time."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bookings.rooms import queries
from bookings.rooms.availability import CLASSES, FREE, FULL, JUST_COME, OVER, RoomDay
from bookings.rooms.models import Booking, Room
from bookings.rooms.rules import RoomFacts
from bookings.rooms.states import BookingStates
from bookings.rooms.tables import Cell, Row
from bookings.rooms.texts import short_day
from hub.core import clock, wording
from hub.core.bilingual import in_page_language
from hub.core.templatetags import drawings

register = template.Library()
register.filter("short_day", short_day)

STATUS_KINDS = {FREE: "free", FULL: "full", JUST_COME: "free", CLASSES: "closed", OVER: "past"}  # anything else is closed
NOON, SIX = 12 * 60, 18 * 60
WORTH_SAYING = 60  # minutes: a shorter rest of a part of the day is not called free


@register.filter
def word(state: str) -> str:
    """可预约 / 已满 / 不开放 / 随时来."""
    return queries.word_for(state)


@register.filter
def status_kind(state: str) -> str:
    """The kind that partials/status.html draws."""
    return STATUS_KINDS.get(state, "closed")


@register.simple_tag
def closure_when(closure: queries.Closure) -> str:
    """12月5日 星期六 全天."""
    midnight = clock.day_bounds(closure.day)[0]
    return wording.when_words(midnight + timedelta(minutes=closure.span[0]), midnight + timedelta(minutes=closure.span[1]))


@register.simple_tag
def room_drawing(room: Room, size: int) -> str:
    """The room's small drawing; a door where staff named none of ours."""
    return drawings.drawing(room.drawing if drawings.ROOM_SYMBOLS.get(room.drawing, room.drawing) in drawings.SYMBOLS else "door", size)


@register.simple_tag
def room_scene(room: Room, alt: bool = True) -> str:
    """The room's large picture, described by what stands in it; nothing for a room that has none."""
    known = drawings.ROOM_SCENES.get(room.slug, room.slug) in drawings.SCENES
    return drawings.scene(room.slug, in_page_language(room, "equipment") if alt else "") if known else ""


@register.filter
def hourly(fen: int) -> str:
    """免费 / 每小时20元."""
    return _("%(amount)s an hour") % {"amount": wording.amount_words(fen)} if fen else wording.money_words(0)


@register.filter
def is_walk_in(facts: RoomFacts) -> bool:
    """Whether one never books it: just come in."""
    uses = {hours.use for row in facts.week for hours in row}
    return uses == {"walk_in"}


# --- addresses ------------------------------------------------------------------------------------------------------
@register.simple_tag
def book_url(room: Room, start: Any, end: Any, people: Any = "", day: date | None = None) -> str:
    """The booking page with the time filled in. `start` and `end` are instants, or wall-clock times with `day`."""
    if isinstance(start, datetime):
        first, last = clock.local(start), clock.local(end)
        day, start, end = first.date(), first.time(), last.time()
    given = {"day": f"{day:%Y-%m-%d}", "start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
    if people:
        given["people"] = str(people)
    return f"{reverse('rooms:book', args=[room.slug])}?{urlencode(given)}"


@register.simple_tag
def carried_query(form: Any) -> str:
    """What a form holds, as a query."""
    return urlencode([(field.html_name, "" if field.value() is None else field.value()) for field in form])


@register.simple_tag
def carried_time(start: datetime, end: datetime, people: Any) -> SafeString:
    """Another time as the hidden fields of TimeForm."""
    first, last = clock.local(start), clock.local(end)
    pairs = [("day", f"{first:%Y-%m-%d}"), ("start", f"{first:%H:%M}"), ("end", f"{last:%H:%M}"), ("people", "" if people is None else people)]
    return format_html_join("\n", '<input type="hidden" name="{}" value="{}">', pairs)


# --- times ----------------------------------------------------------------------------------------------------------
@register.simple_tag
def part_cell(cell: Cell) -> SafeString:
    """A cell of whose block only a part is free: 可预约, and which part in a short line."""
    return format_html('{}<span class="note">{}</span>', queries.word_for(cell.word), short_span(cell.start, cell.end))


def short_span(start: Any, end: Any) -> str:
    """8–10点, 8:30–10; without the part of the day, which stands elsewhere."""
    hours = f"{_short(start)}–{_short(end)}"
    return f"{hours}点" if wording.is_chinese() and not start.minute and not end.minute else hours


@register.simple_tag
def block_head(row: Row) -> SafeString:
    """The head of a table row in two short lines: 上午 / 8–10点, or 8:30–10:30."""
    if wording.is_chinese():
        return format_html("{}<br>{}", wording.part_of_day(row.start), short_span(row.start, row.end))
    return format_html("{}<br>{}", short_span(row.start, row.end), "am" if row.start.hour < 12 else "pm")


def _short(moment: time) -> str:
    hour = moment.hour if moment.hour <= 12 else moment.hour - 12
    return f"{hour}:{moment.minute:02d}" if moment.minute else str(hour)


@register.simple_tag
def day_in_words(facts: RoomFacts, day: RoomDay) -> str:
    """What is left of a day, for the list of days: 全天有空 / 上午、晚上有空 / 已满 / 不开放."""
    if day.word != FREE:
        return queries.word_for(day.word)
    parts = free_parts(day.free)
    if len(parts) > 2 or (parts and not day.taken):
        return _("free most of the day") if day.taken else _("free all day")
    if not parts:
        return _("a little is free")
    return _("%(parts)s free") % {"parts": ("、" if wording.is_chinese() else ", ").join(parts)}


def free_parts(free: Iterable[tuple[int, int]]) -> list[str]:
    """Which of morning, afternoon and evening have an hour or more in one piece."""
    names = [(0, NOON, _("morning")), (NOON, SIX, _("afternoon")), (SIX, 24 * 60, _("evening"))]
    return [name for first, last, name in names if any(min(end, last) - max(start, first) >= WORTH_SAYING for start, end in free)]


# --- bookings -------------------------------------------------------------------------------------------------------
@register.simple_tag
def parted(rows: Iterable[Booking]) -> dict[str, list[Booking]]:
    """Bookings to come, the next first, and those that are over, the latest first."""
    now = clock.now()
    coming: list[Booking] = []
    over: list[Booking] = []
    for booking in rows:
        (coming if booking.is_coming(now) else over).append(booking)
    return {"coming": sorted(coming, key=lambda booking: booking.starts_at), "over": sorted(over, key=lambda booking: booking.starts_at, reverse=True)}


HEADINGS = {
    BookingStates.PENDING: lambda: _("We have your request"),
    BookingStates.CONFIRMED: lambda: _("It is booked"),
    BookingStates.CANCELLED: lambda: _("It is cancelled"),
    BookingStates.DECLINED: lambda: _("Sorry, it cannot be this time"),
    BookingStates.LAPSED: lambda: _("Sorry, we did not answer in time"),
    BookingStates.USED: lambda: _("Thank you for coming"),
    BookingStates.NO_SHOW: lambda: _("You did not come this time"),
}
SHORT = {
    BookingStates.PENDING: lambda: _("waiting for our answer"),
    BookingStates.CONFIRMED: lambda: _("all set"),
    BookingStates.CANCELLED: lambda: _("cancelled"),
    BookingStates.DECLINED: lambda: _("it could not be"),
    BookingStates.LAPSED: lambda: _("we were too slow"),
    BookingStates.USED: lambda: _("you were here"),
    BookingStates.NO_SHOW: lambda: _("you did not come"),
}


@register.filter
def heading(booking: Booking) -> str:
    """The slip's title: one for each state, and for a confirmed one that is over."""
    if booking.state == BookingStates.CONFIRMED and booking.ends_at <= clock.now():
        return HEADINGS[BookingStates.USED]()
    return HEADINGS[BookingStates(booking.state)]()


@register.filter
def in_short(booking: Booking) -> str:
    """The state as a status word in lists."""
    if booking.state == BookingStates.CONFIRMED and booking.ends_at <= clock.now():
        return SHORT[BookingStates.USED]()
    return SHORT[BookingStates(booking.state)]()
