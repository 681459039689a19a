"""Looking for a room: the finder, a room's page, the sheet at its door, its calendar feed."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bookings.rooms import queries
from bookings.rooms.availability import CLASSES, FREE, JUST_COME
from bookings.rooms.calendar_files import feed
from bookings.rooms.facts import facts_of_all, hours_of
from bookings.rooms.forms import FinderForm, finder_data
from bookings.rooms.models import Room
from bookings.rooms.queries import Found
from bookings.rooms.rules import BOOKABLE, WALK_IN, minute_of_day, price_on
from bookings.rooms.tables import week_table
from hub.core import clock, wording

WEEK = 7


def room_or_404(request: HttpRequest, slug: str) -> Room:
    """A published room of this hub."""
    room = Room.objects.at(request.hub).published().filter(slug=slug).first()  # type: ignore[attr-defined]  # set by HubMiddleware
    if room is None:
        raise Http404
    return room


@require_safe
def finder(request: HttpRequest) -> HttpResponse:
    """`/rooms/`: when, how long, how many; the answer in words. Without a question, all rooms."""
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    today = clock.today()
    rooms = queries.published_rooms(hub)
    horizon = max((room.horizon_days for room in rooms), default=30)
    is_asked = "people" in request.GET or "start" in request.GET
    form = FinderForm(
        finder_data(request.GET, today) if is_asked else None,
        today=today,
        horizon_days=horizon,
        initial={"day": today.isoformat(), "start": next_half_hour(), "length": 120, "people": 5},
    )
    context: dict[str, Any] = {"form": form, "rooms": listed(rooms, today), "last_day": today + timedelta(days=horizon)}
    if is_asked and form.is_valid():
        context |= answer(hub, form.cleaned_data, show_small="small" in request.GET)
    return render(request, "rooms/finder.html", context)


def listed(rooms: list[Room], today: date) -> list[Found]:
    """All rooms with their price of today, and whether one books them or just comes in."""
    out = []
    for room, facts in zip(rooms, facts_of_all(rooms), strict=True):
        price, uses = price_on(facts, today), {hours.use for row in facts.week for hours in row}
        word = FREE if BOOKABLE in uses else JUST_COME if WALK_IN in uses else CLASSES
        out.append(Found(room, facts, word, price_fen=price.fen_an_hour if price else 0, deposit_fen=price.deposit_fen if price else 0))
    return out


def answer(hub: Any, data: dict[str, Any], *, show_small: bool) -> dict[str, Any]:
    """The finder's answer for the template: `found` in groups, and the question said back."""
    start = minute_of_day(data["start"])
    people = 1 if show_small else data["people"]
    found = queries.find_rooms(hub, day=data["day"], start=start, minutes=data["length"], people_count=people)
    starts_at = clock.at(data["day"], data["start"])
    return {"found": found, "starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=data["length"]), "people": data["people"]}


def next_half_hour() -> str:
    """The next half hour within the day's usual hours, as the form writes it."""
    minute = minute_of_day(clock.local(clock.now()).time())
    minute = min(max((minute // 30 + 1) * 30, 8 * 60), 20 * 60)
    return f"{minute // 60:02d}:{minute % 60:02d}"


@require_safe
def room(request: HttpRequest, slug: str) -> HttpResponse:
    """`/rooms/<slug>/`: everything about a room, before anybody is asked for a name."""
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    found = room_or_404(request, slug)
    facts = facts_of_all([found])[0]
    today = clock.today()
    first_day = week_asked(request, today, today + timedelta(days=facts.horizon_days))
    closed = queries.closures_of(facts, first_day)
    days = queries.room_week(hub, facts, first_day, closed=closed)
    price = price_on(facts, today)
    context = {
        "room": found,
        "facts": facts,
        "days": days,
        "table": week_table(facts, days, hours_of=hours_of(hub), now=clock.local(clock.now()), closed=[(one.day, one.span) for one in closed]),
        "closed": closed,
        "hours": queries.opening_in_words(facts),
        "hourly_fen": price.fen_an_hour if price else 0,
        "deposit_fen": price.deposit_fen if price else 0,
        "today": today,
        "last_day": today + timedelta(days=facts.horizon_days),
        "day_before": first_day - timedelta(days=1) if first_day > today else None,
        "day_after": first_day + timedelta(days=1) if first_day + timedelta(days=1) <= today + timedelta(days=facts.horizon_days) else None,
        "earlier": first_day - timedelta(days=WEEK) if first_day > today else None,
        "later": first_day + timedelta(days=WEEK) if first_day + timedelta(days=WEEK) <= today + timedelta(days=facts.horizon_days) else None,
    }
    return render(request, "rooms/room.html", context)


def week_asked(request: HttpRequest, first: date, last: date) -> date:
    """`?week=2026-12-01`, kept between today and the horizon; today when it is none."""
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return first
    return min(max(asked, first), last)


@require_safe
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """`/rooms/<slug>/door/`: today's times in large type, for the door or the wall. No names, no purposes."""
    found = room_or_404(request, slug)
    facts = facts_of_all([found])[0]
    day = queries.room_week(request.hub, facts, clock.today(), days=1)[0]  # type: ignore[attr-defined]  # set by HubMiddleware
    spans = [(_clock(start), _clock(end)) for start, end in day.taken]
    return render(request, "rooms/door.html", {"room": found, "day": day, "spans": spans, "today": clock.today()})


def _clock(minute: int) -> time:
    return time(min(minute, 24 * 60 - 1) // 60, min(minute, 24 * 60 - 1) % 60)


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """`/rooms/<slug>/calendar.ics`: when the room is taken, two months ahead; who has it is not said."""
    found = room_or_404(request, slug)
    facts = facts_of_all([found])[0]
    days = queries.room_week(request.hub, facts, clock.today(), days=62)  # type: ignore[attr-defined]  # set by HubMiddleware
    spans: list[tuple[datetime, datetime]] = []
    for day in days:
        midnight = clock.day_bounds(day.day)[0]
        spans += [(midnight + timedelta(minutes=start), midnight + timedelta(minutes=end)) for start, end in day.taken]
    response = HttpResponse(feed(found.name, found.slug, spans), content_type="text/calendar; charset=utf-8")
    response["Content-Language"] = "zh-Hans" if wording.is_chinese() else "en"
    return response
