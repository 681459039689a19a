"""Closing a room for a while: everybody concerned is told, nobody is forgotten."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from bookings.rooms import rules
from bookings.rooms.actions.endings import close_as, tell
from bookings.rooms.actions.reserve import lock_rooms
from bookings.rooms.models import Booking, Room
from bookings.rooms.states import IS_COMING, BookingStates, PriceReasons
from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.references import new_reference, new_token
from hub.people.states import Channels


def affected_by(room: Room, start: datetime, end: datetime) -> Any:
    """Coming bookings of any part of the room that a closure would touch, soonest first."""
    return (
        Booking.objects.touching(start, end)
        .filter(state__in=IS_COMING, first_part__lte=room.last_part, last_part__gte=room.first_part)
        .select_related("room", "hub")
        .order_by("starts_at")
    )


@transaction.atomic
def close_room(*, room: Room, start: datetime, end: datetime, reason: str, by: Any) -> tuple[list[Booking], list[Booking]]:
    """Close `room` for [start, end): cancel what stands there, tell each of them, put closures there, a row a day.

    Gives the closures and the cancelled bookings.
    """
    if not reason.strip():
        raise RuleBroken.of("reason_missing", "reason")
    if end <= start:
        raise RuleBroken.of("end_before_start", "end")
    lock_rooms(room.first_part, room.last_part)
    cancelled = list(affected_by(room, start, end).select_for_update(of=("self",)))
    for booking in cancelled:
        close_as(booking, BookingStates.CANCELLED, verb="cancel_for_closure", by=by, reason=reason)
        tell(booking, "closed", reason=reason)
    closures = []
    for first, last in days_of(start, end):
        for start_of_gap, end_of_gap in rules.gaps([(first, last)], closed_already(room, first, last)):
            closures.append(Booking.objects.create(**closure(room, start_of_gap, end_of_gap, reason, by)))
    write_line(
        hub_id=room.hub_id,
        actor=by,
        verb="close_room",
        subject="rooms.room",
        ref=room.slug,
        changes={"from": start.isoformat(), "until": end.isoformat(), "cancelled": [booking.reference for booking in cancelled]},
        reason=reason,
    )
    return closures, cancelled


@transaction.atomic
def reopen_room(*, closure: Booking, by: Any) -> Booking:
    """Lift a closure; bookings that it cancelled do not come back by themselves, their people were told."""
    lock_rooms(closure.first_part, closure.last_part)
    closure = Booking.objects.select_for_update(of=("self",)).get(pk=closure.pk)
    if closure.state == BookingStates.REOPENED:
        return closure
    if closure.state != BookingStates.CLOSURE:
        raise RuleBroken.of("not_open_any_more")
    return close_as(closure, BookingStates.REOPENED, verb="reopen_room", by=by, reason=closure.reason)


def days_of(start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """[start, end) cut at the house's midnights: no row is longer than a day."""
    out = []
    day: date = clock.local(start).date()
    while clock.at(day, datetime.min.time()) < end:
        midnight, next_midnight = clock.day_bounds(day)
        out.append((max(start, midnight), min(end, next_midnight)))
        day += timedelta(days=1)
    return out


def closed_already(room: Room, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """What other closures keep of it; those stand."""
    rows = Booking.objects.touching(start, end).filter(state=BookingStates.CLOSURE, first_part__lte=room.last_part, last_part__gte=room.first_part)
    return sorted(rows.values_list("held_from", "held_until"))


def closure(room: Room, start: datetime, end: datetime, reason: str, by: Any) -> dict[str, Any]:
    """The columns of one day's closure."""
    return {
        "hub_id": room.hub_id,
        "room": room,
        "reference": new_reference("booking"),
        "token": new_token(),
        "state": BookingStates.CLOSURE,
        "starts_at": start,
        "ends_at": end,
        "held_from": start,
        "held_until": end,
        "first_part": room.first_part,
        "last_part": room.last_part,
        "people_count": 0,
        "purpose": reason[:200],
        "reason": reason[:200],
        "channel": Channels.COUNTER,
        "taken_by": by,
        "price_reason": PriceReasons.FREE_ROOM,
        "cancel_by": start,
        "created_at": clock.now(),
    }
