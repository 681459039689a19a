"""What pages ask about rooms."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from bookings.rooms import availability, rules
from bookings.rooms.availability import CLASSES, CLOSED, FREE, FULL, JUST_COME, RoomDay
from bookings.rooms.facts import facts_of_all, hours_of
from bookings.rooms.models import Booking, Room
from bookings.rooms.rules import RoomFacts, Span, minute_of_day
from bookings.rooms.states import BookingStates
from bookings.rooms.texts import clock_of
from hub.core import clock, wording
from hub.core.sql import nearest_first
from hub.hubs.models import Hub
from hub.people.queries import people_user_may_act_for

LOOK_AHEAD_DAYS = 14
FARTHEST_DAYS = 366  # nobody is offered other times further away than this


def published_rooms(hub: Hub) -> list[Room]:
    """All rooms the public sees, in their order."""
    return list(Room.objects.at(hub).published())


@dataclass(frozen=True, slots=True)
class Found:
    """A room in the finder's answer: its word, and another way when it cannot be had as asked."""

    room: Room
    facts: RoomFacts
    word: str
    other_start: datetime | None = None
    other_end: datetime | None = None
    price_fen: int = 0
    deposit_fen: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Closure:
    """A part of the house closed for a while, with the reason staff wrote for everybody; minutes of one day."""

    first_part: int
    last_part: int
    day: date
    span: Span
    reason: str

    def closes(self, fact: RoomFacts) -> bool:
        """Whether the room lies in it; half a closed hall is closed."""
        return self.first_part <= fact.last_part and fact.first_part <= self.last_part


def closures(rooms: Sequence[RoomFacts], first_day: date, day_count: int = 1) -> list[Closure]:
    """What of these rooms, and of those that share their space, is closed on these days, cut at midnight. One statement."""
    start, end = clock.day_bounds(first_day)[0], clock.day_bounds(first_day + timedelta(days=day_count - 1))[1]
    space = {pk for room in rooms for pk in room.sharing}
    rows = Booking.objects.filter(room_id__in=space, state=BookingStates.CLOSURE).touching(start, end).order_by("starts_at", "id")
    out = []
    for first_part, last_part, starts_at, ends_at, reason in rows.values_list("first_part", "last_part", "starts_at", "ends_at", "reason"):
        for n in range(day_count):
            midnight, next_midnight = clock.day_bounds(first_day + timedelta(days=n))
            if starts_at < next_midnight and ends_at > midnight:
                span = tuple(int((min(max(at, midnight), next_midnight) - midnight).total_seconds()) // 60 for at in (starts_at, ends_at))
                out.append(Closure(first_part, last_part, first_day + timedelta(days=n), (span[0], span[1]), reason))
    return out


@dataclass(frozen=True, slots=True)
class Answer:
    """The finder's answer in groups: free now, free at another time, not at all, walk in; and how many are too small."""

    free: list[Found]
    other_time: list[Found]
    not_open: list[Found]
    walk_in: list[Found]
    too_small: list[Room]


def find_rooms(hub: Hub, *, day: date, start: int, minutes: int, people_count: int) -> Answer:
    """Which rooms can be had on `day` from minute `start` for `minutes`, with another time for those that cannot."""
    rooms = published_rooms(hub)
    facts = facts_of_all(rooms)
    calendar, now = hours_of(hub), clock.now()
    days = availability.days_of_rooms(facts, day, LOOK_AHEAD_DAYS, hours_of=calendar, now=now)
    closed = closures(facts, day)
    answer = Answer([], [], [], [], [])
    for room, fact in zip(rooms, facts, strict=True):
        if room.capacity < people_count:
            answer.too_small.append(room)
            continue
        why = next((one.reason for one in closed if one.closes(fact) and one.span[0] < start + minutes and start < one.span[1]), "")
        sort_into(answer, room, fact, days[fact.id], (start, start + minutes), why)
    return answer


def sort_into(answer: Answer, room: Room, fact: RoomFacts, days: list[RoomDay], wanted: Span, why: str = "") -> None:
    """Put one room into its group; `why` it is closed just then."""
    today = days[0]
    price = rules.price_on(fact, today.day)
    hourly, deposit = (price.fen_an_hour, price.deposit_fen) if price else (0, 0)
    length = wanted[1] - wanted[0]
    if today.word == FREE and fact.shortest <= length <= fact.longest and wanted[0] % fact.grid == 0 and rules.fits(wanted, today.free):
        answer.free.append(Found(room, fact, FREE, price_fen=hourly, deposit_fen=deposit))
        return
    if today.word == JUST_COME and not why:
        answer.walk_in.append(Found(room, fact, JUST_COME))
        return
    other = next_time(fact, days, wanted)
    is_bookable, is_shut = today.word in {FREE, FULL}, bool(why) and today.word in {FREE, FULL, JUST_COME}
    word = CLOSED if is_shut else FULL if is_bookable else today.word
    start, end = other or (None, None)
    found = Found(room, fact, word, start, end, hourly, deposit, why if is_shut else "")
    (answer.other_time if other and is_bookable else answer.not_open).append(found)


def next_time(fact: RoomFacts, days: Sequence[RoomDay], wanted: Span) -> tuple[datetime, datetime] | None:
    """The nearest time of the same length (within what the room allows), the same day first."""
    length = min(max(wanted[1] - wanted[0], fact.shortest), fact.longest)
    for day in days:
        if span := rules.nearest((wanted[0], wanted[0] + length), day.free, fact.grid):
            return clock.at(day.day, clock_of(span[0])), clock.at(day.day, clock_of(span[1]))
    return None


def other_times(hub: Hub, fact: RoomFacts, starts_at: datetime, ends_at: datetime, *, limit: int = 3) -> list[tuple[datetime, datetime]]:
    """Other times of the same length in the same room, one a day, nearest first: the answer to a conflict."""
    start, end = clock.local(starts_at), clock.local(ends_at)
    wanted = (minute_of_day(start.time()), minute_of_day(start.time()) + int((end - start).total_seconds() // 60))
    first = min(max(start.date(), clock.today()), clock.today() + timedelta(days=FARTHEST_DAYS))
    days = availability.days_of_rooms([fact], first, LOOK_AHEAD_DAYS, hours_of=hours_of(hub), now=clock.now())[fact.id]
    out = []
    for day in days:
        if span := next_time(fact, [day], wanted):
            out.append(span)
        if len(out) == limit:
            break
    return out


def similar_rooms(hub: Hub, fact: RoomFacts, starts_at: datetime, ends_at: datetime, people_count: int, *, limit: int = 3) -> list[Found]:
    """Other rooms that are free at that very time and hold as many, the closest in size first."""
    start = clock.local(starts_at)
    minute = minute_of_day(start.time())
    length = int((ends_at - starts_at).total_seconds() // 60)
    found = find_rooms(hub, day=start.date(), start=minute, minutes=length, people_count=people_count).free
    return sorted((other for other in found if other.facts.id != fact.id), key=lambda other: other.room.capacity)[:limit]


def room_week(hub: Hub, fact: RoomFacts, first_day: date, *, days: int = 7, closed: Sequence[Closure] = ()) -> list[RoomDay]:
    """One room's days; one on which the room is closed from midnight to midnight is neither full nor one to just come in."""
    found = availability.days_of_rooms([fact], first_day, days, hours_of=hours_of(hub), now=clock.now())[fact.id]
    shut = {one.day for one in closed if one.span == (0, availability.A_DAY)}
    return [replace(day, word=CLOSED) if day.day in shut else day for day in found]


def closures_of(fact: RoomFacts, first_day: date, *, days: int = 7) -> list[Closure]:
    """One room's."""
    return [one for one in closures([fact], first_day, days) if one.closes(fact)]


@dataclass(frozen=True, slots=True)
class Display:
    """A room on the house's picture."""

    name: str
    url: str
    floor: int
    drawing: str


def rooms_on_display(hub: Hub) -> list[Display]:
    """Published rooms for the picture of the house, top floor first; a hall shows once, without its halves."""
    rooms = published_rooms(hub)
    whole = [room for room in rooms if not any(is_part_of(room, other) for other in rooms)]
    return [Display(room.name, room.url, room.floor, room.drawing) for room in sorted(whole, key=lambda room: -room.floor)]


def is_part_of(room: Room, other: Room) -> bool:
    """Whether `room` is a part of a larger one."""
    return (
        other.pk != room.pk
        and other.first_part <= room.first_part
        and room.last_part <= other.last_part
        and (other.last_part - other.first_part) > (room.last_part - room.first_part)
    )


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of "today in the house". Who booked is nobody's business; what for is said only in the house's words."""

    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    status_word: str
    status_kind: str
    url: str


def today_in_the_house(hub: Hub) -> list[Happening]:
    """Today's bookings that are going on or to come, and closures: which room is taken when, without names or purposes."""
    now = clock.now()
    start, end = clock.day_bounds(clock.today())
    rooms = Room.objects.at(hub).published().order_by().values("pk")  # found room by room: a hub's rows would be read from its first day on
    rows = Booking.objects.filter(room__in=rooms, state__in=[BookingStates.CONFIRMED, BookingStates.CLOSURE], ends_at__gt=now).touching(start, end)
    out = []
    for booking in rows.select_related("room").order_by("starts_at", "room__sort_order"):
        is_closure, is_on = booking.state == BookingStates.CLOSURE, booking.starts_at <= now
        word = _("closed") if is_closure else _("going on") if is_on else _("booked")
        kind = "closed" if is_closure else "now" if is_on else "full"
        out.append(Happening(max(booking.starts_at, start), booking.ends_at, booking.room.name, booking.room.place, word, kind, booking.room.url))
    return out


WORDS = {
    FREE: lambda: _("can be booked"),
    FULL: lambda: _("full"),
    JUST_COME: lambda: _("just come in"),
    CLASSES: lambda: _("kept for classes"),
    "closed": lambda: _("not open"),
    "over": lambda: _("over for today"),
}


def word_for(state: str) -> str:
    """可预约 / 已满 / 不开放 / 随时来."""
    return WORDS[state]()


def opening_in_words(fact: RoomFacts) -> list[tuple[str, str]]:
    """Opening hours by day, days with the same hours put together: [("星期一至星期五", "上午8:00–晚上8:30"), …]."""
    groups: list[tuple[int, int, tuple[rules.Hours, ...]]] = []
    for row in range(7):
        if groups and groups[-1][2] == fact.week[row]:
            groups[-1] = (groups[-1][0], row, fact.week[row])
        else:
            groups.append((row, row, fact.week[row]))
    lines = [(days_in_words(first, last), hours_in_words(hours)) for first, last, hours in groups]
    if fact.week[rules.HOLIDAY_ROW] != fact.week[6]:
        lines.append((_("public holidays"), hours_in_words(fact.week[rules.HOLIDAY_ROW])))
    return lines


def days_in_words(first: int, last: int) -> str:
    """星期一至星期五, 每天."""
    monday = date(2024, 1, 1)
    if (first, last) == (0, 6):
        return _("every day")
    names = [wording.weekday(monday + timedelta(days=row)) for row in (first, last)]
    return names[0] if first == last else _("%(first)s to %(last)s") % {"first": names[0], "last": names[1]}


def hours_in_words(hours: Sequence[rules.Hours]) -> str:
    """上午8:00–中午12:00, with what is not for booking said behind it."""
    if not hours:
        return _("closed")
    said = []
    for hour in hours:
        words = wording.span_words(hour.opens, hour.closes)
        if hour.use == rules.WALK_IN:
            words = _("%(hours)s just come in") % {"hours": words}
        elif hour.use == rules.PROGRAMME:
            words = _("%(hours)s kept for classes") % {"hours": words}
        said.append(words)
    return ("，" if wording.is_chinese() else ", ").join(said)


def bookings_of_person(user: Any, hub: Hub) -> Any:
    """Bookings this account made or that are for those it may act for, the coming ones first."""
    people = list(people_user_may_act_for(user, hub).values_list("pk", flat=True))  # asked first: as a part of the question its few rows are guessed to be many
    return Booking.objects.at(hub).asked_for().filter(for_person__in=people).select_related("room", "hub").order_by(*nearest_first(clock.now()))
