"""Rooms and two months of bookings for the demo, in every state. The same seed gives the same demo."""

from datetime import date, datetime, time, timedelta
from typing import Any

from bookings.rooms.demo_money import put_charges
from bookings.rooms.demo_rooms import CLEANING, NAMES, PARTS, PURPOSES, ROOMS, WAY_THERE_EN, WAY_THERE_ZH, Plan
from bookings.rooms.facts import facts_of_all, hours_of
from bookings.rooms.models import Booking, OpeningRule, Room, RoomPrice
from bookings.rooms.rules import BOOKABLE, Asked, RoomFacts, cancel_deadline, held_span, opening_of, quote, spans_for
from bookings.rooms.states import IS_COMING, BookingStates, DeclineReasons
from bookings.rooms.texts import clock_of
from hub.core import clock
from hub.core.references import new_reference, new_token
from hub.people.models import Resident
from hub.people.states import Channels

FIRST_PART = 1
DAYS_BACK, DAYS_AHEAD = 30, 30
PAST = [(BookingStates.USED, 80), (BookingStates.NO_SHOW, 6), (BookingStates.CANCELLED, 8), (BookingStates.DECLINED, 4), (BookingStates.LAPSED, 2)]
COMING = [(BookingStates.CONFIRMED, 88), (BookingStates.CANCELLED, 12)]


def seed(world: Any) -> None:
    """Fifteen rooms (the hall also by halves) at the first hub, one at the second; bookings unless there are some already."""
    rooms = [put_room(world.hub, plan, order) for order, plan in enumerate(ROOMS)]
    put_room(
        world.second_hub,
        Plan("activity", "活动室", "Activity room", 1, "101", 15, 30, "小站唯一的一间。", "The only room of the small station.", drawing="tea"),
        0,
        part=900,
    )
    if Booking.objects.at(world.hub).exists():
        return
    people = list(Resident.objects.at(world.hub).living().order_by("pk")[:40])
    made = [booking for facts in facts_of_all(rooms) for booking in bookings_of(world, facts, people)]
    Booking.objects.bulk_create(made, batch_size=500)
    put_pending(world, facts_of_all(rooms))
    put_closure(world, rooms)
    put_charges(world)


def put_room(hub: Any, plan: Plan, order: int, part: int | None = None) -> Room:
    """One room with its hours and price; an existing one is left as staff have made it."""
    room = Room.objects.at(hub).filter(slug=plan.slug).first()
    if room:
        return room
    first, last = PARTS.get(plan.slug, (part or FIRST_PART + order, part or FIRST_PART + order))
    room = Room.objects.create(
        hub=hub, slug=plan.slug, name_zh=plan.name_zh, name_en=plan.name_en, about_zh=plan.about_zh, about_en=plan.about_en,
        floor=plan.floor, number=plan.number, area_m2=plan.area, capacity=plan.capacity, equipment_zh=plan.equipment_zh,
        equipment_en=plan.equipment_en, manners_zh=plan.manners_zh, manners_en=plan.manners_en, is_step_free=plan.is_step_free,
        way_there_zh=WAY_THERE_ZH, way_there_en=WAY_THERE_EN, drawing=plan.drawing, first_part=first, last_part=last,
        buffer_minutes=plan.buffer, grid_minutes=plan.grid, shortest_minutes=plan.shortest, longest_minutes=plan.longest,
        horizon_days=plan.horizon, is_by_approval=plan.approval, is_free_for_organisations=plan.for_organisations,
        do_entitlements_count=plan.entitlements, sort_order=order * 10,
    )  # fmt: skip
    OpeningRule.objects.bulk_create(OpeningRule(room=room, **span) for span in week_of(plan))
    if plan.price:
        RoomPrice.objects.create(room=room, valid_from=date(2026, 1, 1), fen_an_hour=plan.price, deposit_fen=plan.deposit)
    return room


def week_of(plan: Plan) -> list[dict[str, Any]]:
    """Opening rules of a plan: every day, Monday after the cleaning, holidays shorter; classes cut out of the bookable hours."""
    out = []
    for weekday in range(8):
        opens, closes = ("10:00-16:00" if weekday == 7 else CLEANING.get(weekday, plan.hours) if plan.use == BOOKABLE else plan.hours).split("-")
        at = opens
        for start, end in (span.split("-") for day, span in plan.classes if day == weekday):
            if start > at:
                out.append(rule(weekday, at, start, plan.use))
            if end > at:
                out.append(rule(weekday, max(start, at), end, "programme"))
                at = end
        if at < closes:
            out.append(rule(weekday, at, closes, plan.use))
    return out


def rule(weekday: int, opens: str, closes: str, use: str) -> dict[str, Any]:
    """The columns of one opening rule."""
    return {"weekday": weekday, "opens_at": time.fromisoformat(opens), "closes_at": time.fromisoformat(closes), "use": use}


def bookings_of(world: Any, room: RoomFacts, people: list[Resident]) -> list[Booking]:
    """A room's past and coming month: each day a few spans that do not touch."""
    if room.slug in {"hall-east", "hall-west"}:
        return []
    out = []
    rows = hours_of(world.hub)
    today = clock.local(world.now).date()
    for n in range(-DAYS_BACK, DAYS_AHEAD + 1):
        day = today + timedelta(days=n)
        for opens, closes in spans_for(opening_of(room, day, rows), BOOKABLE):
            at = opens
            while at + room.shortest <= closes:
                length = world.random.choice([60, 60, 90, 120, 120, 180])
                gap = world.random.choice([0, 30, 60, 120, 180, 240])
                start = at + gap
                end = start + min(max(length, room.shortest), room.longest)
                if end > closes:
                    break
                if world.random.random() < 0.55:
                    out.append(one_booking(world, room, day, start, end, people))
                at = end + max(room.buffer, 0) + (-(end + room.buffer)) % room.grid
    return out


def one_booking(world: Any, room: RoomFacts, day: date, start: int, end: int, people: list[Resident], state: str = "") -> Booking:
    """One invented booking."""
    chance = world.random
    starts_at, ends_at = clock.at(day, clock_of(start)), clock.at(day, clock_of(end))
    is_past = ends_at < world.now
    states, weights = zip(*(PAST if is_past else COMING), strict=True)
    state = state or (BookingStates.CONFIRMED if starts_at <= world.now < ends_at else chance.choices(states, weights)[0])
    person = chance.choice(people) if people and chance.random() < 0.6 else None
    asked = Asked(starts_at, ends_at, chance.randint(2, max(2, min(room.capacity, 25))))
    price = quote(room, asked)
    held_from, held_until = held_span(room, asked)
    return Booking(
        hub=world.hub, room_id=room.id, reference=new_reference("booking"), token=new_token(), state=state, starts_at=starts_at, ends_at=ends_at,
        held_from=held_from, held_until=held_until, first_part=room.first_part, last_part=room.last_part, people_count=asked.people_count,
        purpose=chance.choice(PURPOSES), contact_name=person.name if person else chance.choice(NAMES),
        contact_phone=f"1380000{chance.randrange(10_000):04d}", for_person=person, asked_by=person,
        channel=chance.choice([Channels.WEB, Channels.WEB, Channels.PHONE, Channels.COUNTER]), list_fen=price.list_fen, price_fen=price.price_fen,
        deposit_fen=price.deposit_fen, price_reason=price.reason, cancel_by=cancel_deadline(starts_at, room.cancel_until),
        created_at=min(starts_at - timedelta(days=chance.randint(1, 14)), world.now - timedelta(hours=chance.randint(1, 72))),
        closed_at=None if state in IS_COMING else min(world.now, ends_at),
        reason_code=DeclineReasons.NEEDED if state == BookingStates.DECLINED else "",
    )  # fmt: skip


def put_pending(world: Any, rooms: list[RoomFacts]) -> None:
    """Two requests for halves of the hall that wait for an answer, where nothing stands in their way."""
    room = next(facts for facts in rooms if facts.slug == "hall")
    today = clock.local(world.now).date()
    for days, start in ((35, 9 * 60), (36, 14 * 60)):
        booking = one_booking(world, room, today + timedelta(days=days), start, start + 120, [], state=BookingStates.PENDING)
        booking.decide_by = world.now + timedelta(hours=20)
        booking.save()


def put_closure(world: Any, rooms: list[Room]) -> None:
    """The painting room is closed for a day in the week after next: the heating is repaired. Who stood there was told."""
    room = next(room for room in rooms if room.slug == "painting")
    day = clock.local(world.now).date() + timedelta(days=9)
    start, end = clock.day_bounds(day)
    Booking.objects.filter(room=room, starts_at__gte=start, starts_at__lt=end, state=BookingStates.CONFIRMED).update(
        state=BookingStates.CANCELLED, closed_at=world.now, reason="修暖气"
    )
    Booking.objects.create(**closure_columns(room, start, end, world.now))


def closure_columns(room: Room, start: datetime, end: datetime, now: datetime) -> dict[str, Any]:
    """A closure as the demo needs it: made by nobody in particular."""
    return {
        "hub_id": room.hub_id, "room": room, "reference": new_reference("booking"), "token": new_token(), "state": BookingStates.CLOSURE,
        "starts_at": start, "ends_at": end, "held_from": start, "held_until": end, "first_part": room.first_part, "last_part": room.last_part,
        "people_count": 0, "purpose": "修暖气", "reason": "修暖气", "channel": Channels.COUNTER, "cancel_by": start, "created_at": now,
    }  # fmt: skip
