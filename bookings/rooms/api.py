"""Rooms below /api/v1/: the same rules, the same one way to take a room."""

import base64
import hashlib
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_date, parse_datetime
from ninja import Field, Header, Query, Router, Schema
from ninja.errors import HttpError
from pydantic import AfterValidator, AwareDatetime

from bookings.rooms import queries
from bookings.rooms.actions import Asker, KeyReused, cancel, reserve
from bookings.rooms.facts import facts_of
from bookings.rooms.models import Booking
from bookings.rooms.rules import Asked
from hub.core import clock
from hub.core.errors import SENTENCES, RuleBroken, sentence
from hub.core.phones import normal_phone
from hub.core.references import new_token
from hub.people.queries import people_user_may_act_for, resident_of
from hub.people.states import Channels

router = Router(tags=["rooms"])
MOST_DAYS = 62
YEARS = range(2000, 2200)  # beyond them arithmetic on instants leaves the calendar


def plain(text: str) -> str:
    """Text without NUL bytes: no database keeps one."""
    if "\0" in text:
        raise ValueError("NUL")
    return text


def sane(moment: datetime) -> datetime:
    """An instant within the calendar."""
    if moment.year not in YEARS:
        raise ValueError("year")
    return moment


Text = Annotated[str, AfterValidator(plain)]
Instant = Annotated[AwareDatetime, AfterValidator(sane)]


class RoomOut(Schema):
    """A room as lists show it."""

    slug: str
    name: str
    name_en: str
    floor: int
    capacity: int
    is_step_free: bool
    needs_approval: bool
    shortest_minutes: int
    longest_minutes: int
    grid_minutes: int


class SpanOut(Schema):
    """Two instants, the end excluded."""

    starts_at: datetime
    ends_at: datetime


class DayOut(Schema):
    """One date of a room: free, full, closed, walk_in, programme or over; and the free spans."""

    day: date
    state: str
    free: list[SpanOut]


class BookingIn(Schema):
    """What is asked for. `name` and `phone` when it is for somebody else than the token's owner."""

    room: Text = Field(max_length=40)
    starts_at: Instant
    ends_at: Instant
    people_count: int = Field(ge=-1, le=100_000)
    purpose: Text = Field(min_length=1, max_length=200)
    name: Text = Field("", max_length=40)
    phone: Text = Field("", max_length=40)


class BookingOut(Schema):
    """A booking as its owner sees it."""

    reference: str
    room: str
    state: str
    starts_at: datetime
    ends_at: datetime
    people_count: int
    purpose: str
    price_fen: int
    list_fen: int
    cancel_by: datetime


class Refused(Schema):
    """Why not, by field; and other free times when the time was taken."""

    detail: str
    errors: dict[str, list[str]] = {}
    other_times: list[SpanOut] = []


FIELD_OF = {"day": "starts_at", "start": "starts_at", "end": "ends_at", "people": "people_count", "phone": "phone"}


@router.get("/rooms", response=list[RoomOut])
def rooms(request: HttpRequest) -> list[dict[str, Any]]:
    """Every room the public sees."""
    return [
        {
            "slug": room.slug,
            "name": room.name_zh,
            "name_en": room.name_en,
            "floor": room.floor,
            "capacity": room.capacity,
            "is_step_free": room.is_step_free,
            "needs_approval": room.is_by_approval,
            "shortest_minutes": room.shortest_minutes,
            "longest_minutes": room.longest_minutes,
            "grid_minutes": room.grid_minutes,
        }
        for room in queries.published_rooms(request.hub)  # type: ignore[attr-defined]  # set by HubMiddleware
    ]


@router.get("/rooms/{slug}/availability", response={200: list[DayOut], 404: Refused, 422: Refused})
def availability(request: HttpRequest, slug: str, first: str = Query("", alias="from"), last: str = Query("", alias="to")) -> Any:
    """Free spans of each date from `from` to `to` (dates or instants, both included, at most 62 days; left out: a week from today)."""
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    facts = facts_of(hub, slug[:40])
    if facts is None:
        return 404, refused("room_unknown")
    start = as_date(first) if first else clock.today()
    end = as_date(last) if last else (start + timedelta(days=6) if start else None)
    if start is None or end is None:
        return 422, refused("time_missing", "from" if start is None else "to")
    if end < start:
        return 422, refused("end_before_start", "to")
    days = queries.room_week(hub, facts, start, days=min((end - start).days + 1, MOST_DAYS))
    return 200, [{"day": day.day, "state": day.word, "free": [span_out(day.day, span) for span in day.free]} for day in days]


@router.get("/bookings", response=list[BookingOut])
def bookings(request: HttpRequest) -> Any:
    """The token owner's bookings and those of people it acts for, the latest first."""
    return [booking_out(booking) for booking in own_bookings(request)[:200]]


@router.post("/bookings", response={201: BookingOut, 409: Refused, 422: Refused})
def book(request: HttpRequest, asked_for: BookingIn, key: str = Header("", alias="Idempotency-Key")) -> Any:
    """Take a room. The same Idempotency-Key gives the first answer again; with another body it is refused."""
    hub, user = request.hub, request.auth  # type: ignore[attr-defined]  # set by HubMiddleware and by the token check
    facts = facts_of(hub, asked_for.room)
    if facts is None:
        return 422, refused("room_unknown", "room")
    phone = normal_phone(asked_for.phone, area_code=hub.area_code) if asked_for.phone else user.phone or ""
    if asked_for.phone and not phone:
        return 422, refused("phone_wrong", "phone")
    asked = Asked(clock.local(asked_for.starts_at), clock.local(asked_for.ends_at), asked_for.people_count)
    token, digest = token_and_digest(request, key, asked_for)
    try:
        booking = reserve(hub=hub, room=facts, asked=asked, by=asker(hub, user, asked_for, phone), token=token, body_digest=digest)
    except KeyReused:
        return 422, refused("key_reused", "Idempotency-Key")
    except RuleBroken as broken:
        return answer_to(broken, hub, facts, asked)
    return 201, booking_out(booking, room=facts.slug)


@router.delete("/bookings/{reference}", response={204: None, 404: Refused, 422: Refused})
def delete(request: HttpRequest, reference: str) -> Any:
    """Cancel one of one's own bookings."""
    booking = own_bookings(request).filter(reference=reference[:8]).first() if len(reference) == 8 and reference.isascii() else None
    if booking is None:
        return 404, {"detail": str(SENTENCES["booking_unknown"])}
    try:
        cancel(booking=booking, by=request.auth)  # type: ignore[attr-defined]  # set by the token check
    except RuleBroken as broken:
        return 422, {"detail": broken.sentence}
    return 204, None


def asker(hub: Any, user: Any, asked_for: BookingIn, phone: str) -> Asker:
    """The token's owner asks; an account that is no resident is kept as the one who took it down."""
    me = resident_of(user, hub)
    name = asked_for.name or (me.name if me else "") or user.name or user.username
    return Asker(
        name=name,
        phone=phone,
        purpose=asked_for.purpose,
        channel=Channels.API,
        user=user,
        asked_by=me,
        for_person=me if not asked_for.name else None,
        taken_by=None if me else user,
    )


def own_bookings(request: HttpRequest) -> Any:
    """What this token may see."""
    user, hub = request.auth, request.hub  # type: ignore[attr-defined]  # set by the token check and by HubMiddleware
    people = list(people_user_may_act_for(user, hub).values_list("pk", flat=True))
    rows = Booking.objects.at(hub).asked_for().select_related("room", "hub")
    return rows.filter(for_person__in=people) | rows.filter(asked_by__in=people) | rows.filter(taken_by=user)


def token_and_digest(request: HttpRequest, key: str, asked_for: BookingIn) -> tuple[str, str]:
    """The booking's token, derived from a key so that nobody can guess one from it, and the digest of the body. Without a key: new."""
    if not key:
        return new_token(), ""
    if len(key) > 255:
        raise HttpError(422, str(SENTENCES["key_too_long"]))
    mac = salted_hmac("bookings.rooms.api", f"{request.hub.pk}:{request.auth.pk}:{key}", algorithm="sha256").digest()  # type: ignore[attr-defined]  # as above
    body = hashlib.sha256(asked_for.model_dump_json().encode()).digest()
    return _text(mac), _text(body)


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def answer_to(broken: RuleBroken, hub: Any, facts: Any, asked: Asked) -> Any:
    """409 with other times when it was taken; 422 with a sentence for each field otherwise."""
    if broken.code == "taken":
        times = queries.other_times(hub, facts, asked.starts_at, asked.ends_at)
        return 409, {"detail": broken.sentence, "other_times": [{"starts_at": start, "ends_at": end} for start, end in times]}
    errors: dict[str, list[str]] = {}
    for refusal in broken.refusals:
        errors.setdefault(FIELD_OF.get(refusal.field or "", "__all__"), []).append(sentence(refusal))
    return 422, {"detail": broken.sentence, "errors": errors}


def refused(code: str, field: str = "") -> dict[str, Any]:
    """One sentence, at its field."""
    words = str(SENTENCES[code])
    return {"detail": words, "errors": {field: [words]} if field else {}}


def booking_out(booking: Booking, room: str = "") -> dict[str, Any]:
    """A booking for its owner; times on the house's clock with their offset."""
    return {
        "reference": booking.reference,
        "room": room or booking.room.slug,
        "state": booking.state,
        "starts_at": clock.local(booking.starts_at),
        "ends_at": clock.local(booking.ends_at),
        "people_count": booking.people_count,
        "purpose": booking.purpose,
        "price_fen": booking.price_fen,
        "list_fen": booking.list_fen,
        "cancel_by": clock.local(booking.cancel_by),
    }


def span_out(day: date, span: tuple[int, int]) -> dict[str, datetime]:
    """Minutes of a day as instants."""
    midnight = clock.day_bounds(day)[0]
    return {"starts_at": midnight + timedelta(minutes=span[0]), "ends_at": midnight + timedelta(minutes=span[1])}


def as_date(text: str) -> date | None:
    """A date, or the local date of an instant with an offset; None when it is neither or lies outside the calendar."""
    try:
        moment = parse_datetime(text) if "T" in text else None
        day = clock.local(moment).date() if moment and moment.tzinfo else moment.date() if moment else parse_date(text)
    except (ValueError, OverflowError):
        return None
    return day if day and day.year in YEARS else None
