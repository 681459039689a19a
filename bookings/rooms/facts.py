"""A room's facts for the rules, read once for each version of them in this process.

Hours and prices stand in rows of their own, so that staff can edit them; reading them for every booking would cost two statements.
The room's `facts_version`, which every statement about a room brings along, says whether what is kept still holds.
"""

from collections.abc import Iterable
from typing import Any

from bookings.rooms.models import OpeningRule, Room, RoomPrice
from bookings.rooms.questions import version_of
from bookings.rooms.rules import Hours, HoursOf, Price, RoomFacts
from hub.hubs.models import Hub
from hub.workdays.calendar import calendar_of

_kept: dict[int, RoomFacts] = {}
DAYS_OF_WEEK_AND_HOLIDAY = 8


def facts_of(hub: Hub, slug: str) -> RoomFacts | None:
    """The facts of a published room of `hub`; None when there is none. One statement when they are known."""
    found = version_of(hub.pk, slug)
    return None if found is None else facts_at(*found)


def facts_at(pk: int, version: int) -> RoomFacts:
    """The facts of a room at a version; read anew when another version is kept."""
    kept = _kept.get(pk)
    if kept is None or kept.version != version:
        kept = _kept[pk] = facts_of_rooms([Room.objects.get(pk=pk)])[0]
    return kept


def facts_of_all(rooms: Iterable[Room]) -> list[RoomFacts]:
    """The facts of rooms already read, in their order; two statements when any is not known yet."""
    rooms = list(rooms)
    unknown = [room for room in rooms if (kept := _kept.get(room.pk)) is None or kept.version != room.facts_version]
    for facts in facts_of_rooms(unknown) if unknown else ():
        _kept[facts.id] = facts
    return [_kept[room.pk] for room in rooms]


def facts_of_rooms(rooms: list[Room]) -> list[RoomFacts]:
    """Read the hours and prices of `rooms` and put them together."""
    weeks: dict[int, list[list[Hours]]] = {room.pk: [[] for _day in range(DAYS_OF_WEEK_AND_HOLIDAY)] for room in rooms}
    prices: dict[int, list[Price]] = {room.pk: [] for room in rooms}
    for rule in OpeningRule.objects.filter(room__in=rooms).order_by("weekday", "opens_at"):
        weeks[rule.room_id][rule.weekday].append(Hours(rule.opens_at, rule.closes_at, rule.use))
    for price in RoomPrice.objects.filter(room__in=rooms).order_by("valid_from"):
        prices[price.room_id].append(Price(price.valid_from, price.fen_an_hour, price.deposit_fen))
    sharing = sharing_of(rooms)
    return [put_together(room, sharing[room.pk], weeks[room.pk], prices[room.pk]) for room in rooms]


def sharing_of(rooms: list[Room]) -> dict[int, tuple[int, ...]]:
    """The ids of the rooms that share parts with each of `rooms`."""
    parts = list(Room.objects.order_by("pk").values_list("pk", "first_part", "last_part"))
    return {room.pk: tuple(pk for pk, first, last in parts if first <= room.last_part and last >= room.first_part) for room in rooms}


def put_together(room: Any, sharing: tuple[int, ...], week: list[list[Hours]], prices: list[Price]) -> RoomFacts:
    """One room's facts."""
    return RoomFacts(
        id=room.pk,
        version=room.facts_version,
        slug=room.slug,
        first_part=room.first_part,
        last_part=room.last_part,
        sharing=sharing,
        capacity=room.capacity,
        buffer=room.buffer_minutes,
        grid=room.grid_minutes,
        shortest=room.shortest_minutes,
        longest=room.longest_minutes,
        lead=room.lead_minutes,
        horizon_days=room.horizon_days,
        cancel_until=room.cancel_until_minutes,
        decide_within=room.decide_within_minutes,
        by_approval=room.is_by_approval,
        free_for_organisations=room.is_free_for_organisations,
        entitlements_count=room.do_entitlements_count,
        week=tuple(tuple(day) for day in week),
        prices=tuple(prices),
    )


def hours_of(hub: Hub) -> HoursOf:
    """Which row of the week a date follows at `hub`: holidays and make-up days count, closed days have none."""
    calendar = calendar_of(hub)

    def row(day: Any) -> int | None:
        found = calendar.day(day)
        return None if found.is_closed else found.hours_of

    return row
