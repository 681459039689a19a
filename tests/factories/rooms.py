"""Rooms and bookings for tests."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import factory

from bookings.rooms.actions import Asker, reserve
from bookings.rooms.facts import facts_of
from bookings.rooms.models import Booking, OpeningRule, Room, RoomPrice
from bookings.rooms.rules import Asked
from hub.core import clock

_part = count(1000)
_token = count(1)
SATURDAY = date(2026, 11, 28)
SUNDAY = date(2026, 11, 29)


class RoomFactory(factory.django.DjangoModelFactory):
    """A room open every day from eight to eight, holidays from ten to four."""

    class Meta:
        model = Room
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"room{n}")
    name_zh = "舞蹈排练室"
    name_en = "Dance studio"
    floor = 3
    number = "301"
    capacity = 30
    drawing = "dance"
    horizon_days = 30
    first_part = factory.LazyFunction(lambda: next(_part))
    last_part = factory.SelfAttribute("first_part")

    @factory.post_generation
    def week(self, create: bool, given: Any, **_: Any) -> None:
        """`week=[(weekday, "08:00", "20:00", "bookable"), …]`; left out: every day."""
        spans = given if given is not None else [(day, "08:00", "20:00", "bookable") for day in range(7)] + [(7, "10:00", "16:00", "bookable")]
        for weekday, opens, closes, use in spans:
            OpeningRule.objects.create(room=self, weekday=weekday, opens_at=time.fromisoformat(opens), closes_at=time.fromisoformat(closes), use=use)

    @factory.post_generation
    def price(self, create: bool, given: Any, **_: Any) -> None:
        """`price=3000`: fen an hour, from the beginning of the year."""
        if given:
            RoomPrice.objects.create(room=self, valid_from=date(2026, 1, 1), fen_an_hour=given)


def a_hall(hub: Any) -> tuple[Room, Room, Room]:
    """A hall and its two halves."""
    first, second = next(_part), next(_part)
    hall = RoomFactory(hub=hub, slug="hall", name_zh="多功能厅", first_part=first, last_part=second, capacity=120)
    east = RoomFactory(hub=hub, slug="hall-east", name_zh="多功能厅东半", first_part=first, last_part=first, capacity=60)
    west = RoomFactory(hub=hub, slug="hall-west", name_zh="多功能厅西半", first_part=second, last_part=second, capacity=60)
    return hall, east, west


def at(day: date, clock_text: str) -> datetime:
    """An instant on the wall clock of the house."""
    return clock.at(day, time.fromisoformat(clock_text))


def asked(start: str = "09:00", end: str = "11:00", *, day: date = SUNDAY, people: int = 5) -> Asked:
    """Sunday 29 November, nine to eleven, five people."""
    return Asked(at(day, start), at(day, end), people)


def asker(**given: Any) -> Asker:
    """Somebody with a name, a phone and something in mind."""
    return Asker(**{"name": "王秀兰", "phone": "13800001234", "purpose": "楼院舞蹈队排练", **given})


def book(hub: Any, room: Room, start: str = "09:00", end: str = "11:00", *, day: date = SUNDAY, people: int = 5, token: str = "", **given: Any) -> Booking:
    """Reserve as every way in does."""
    facts = facts_of(hub, room.slug)
    assert facts is not None
    return reserve(hub=hub, room=facts, asked=asked(start, end, day=day, people=people), by=asker(**given), token=token or f"token-{next(_token)}")


def past_booking(hub: Any, room: Room, *, days_ago: int = 1, **given: Any) -> Booking:
    """A booking whose time is over, written past the rules."""
    start = clock.now() - timedelta(days=days_ago)
    columns = {"state": "confirmed", "people_count": 3, "purpose": "x", "contact_name": "王秀兰", "contact_phone": "13800001234"}
    end = start + timedelta(hours=1)
    return Booking.objects.create(
        hub=hub, room=room, reference=f"6{next(_token):07d}", token=f"past-{next(_token)}", starts_at=start, ends_at=end, held_from=start, held_until=end,
        first_part=room.first_part, last_part=room.last_part, cancel_by=start, created_at=start, **{**columns, **given},
    )  # fmt: skip
