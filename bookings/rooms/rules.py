"""What the house says about rooms. Pure: no Django, no clock, no database; a committee member could check it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from hub.core.money import for_minutes
from hub.core.refusals import Refusal

BOOKABLE, WALK_IN, PROGRAMME = "bookable", "walk_in", "programme"
HOLIDAY_ROW = 7  # the row of the week that public holidays follow
LONGEST_POSSIBLE = 24 * 60  # minutes; the database holds it, so that a day's bookings are found from one side


@dataclass(frozen=True, slots=True)
class Hours:
    """One opening span of a weekday on the wall clock."""

    opens: time
    closes: time
    use: str

    @property
    def minutes(self) -> tuple[int, int]:
        """The same as minutes of the day."""
        return minute_of_day(self.opens), minute_of_day(self.closes)


@dataclass(frozen=True, slots=True)
class Price:
    """An hourly price and a deposit in fen, valid from a date."""

    valid_from: date
    fen_an_hour: int
    deposit_fen: int


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """Everything the rules ask of a room. `week` has eight rows: Monday to Sunday, then public holidays.

    Lengths in minutes. `sharing` are the ids of the rooms that share a part with it, itself among them; good for an early look, the lock
    reads them anew.
    """

    id: int
    version: int
    slug: str
    first_part: int
    last_part: int
    sharing: tuple[int, ...]
    capacity: int
    buffer: int
    grid: int
    shortest: int
    longest: int
    lead: int
    horizon_days: int
    cancel_until: int
    decide_within: int
    by_approval: bool
    free_for_organisations: bool
    entitlements_count: bool
    week: tuple[tuple[Hours, ...], ...]
    prices: tuple[Price, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants: two instants on the wall clock of the house, and how many people."""

    starts_at: datetime
    ends_at: datetime
    people_count: int

    @property
    def minutes(self) -> int:
        """Its length."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


HoursOf = Callable[[date], int | None]  # which row of the week a date follows; None when the house is closed


def minute_of_day(clock: time) -> int:
    """Minutes since midnight."""
    return clock.hour * 60 + clock.minute


def opening_of(room: RoomFacts, day: date, hours_of: HoursOf) -> tuple[Hours, ...]:
    """The room's spans on a date; none when the house or the room is closed."""
    row = hours_of(day)
    return () if row is None else room.week[row]


# --- may it be booked? ----------------------------------------------------------------------------------------------
def complaints(room: RoomFacts, asked: Asked, *, now: datetime, hours_of: HoursOf) -> list[Refusal]:
    """Everything that speaks against it, the time first, then the people."""
    found = [wrong_time(room, asked, now=now, hours_of=hours_of), wrong_people(room, asked)]
    return [refusal for refusal in found if refusal]


def wrong_time(room: RoomFacts, asked: Asked, *, now: datetime, hours_of: HoursOf) -> Refusal | None:
    """The first complaint about the time."""
    if asked.ends_at <= asked.starts_at:
        return Refusal("end_before_start", "end")
    if asked.starts_at <= now:
        return Refusal("in_the_past", "start")
    if asked.starts_at < now + timedelta(minutes=room.lead):
        return Refusal("too_soon", "start", {"lead": room.lead})
    last_day = now.date() + timedelta(days=room.horizon_days)
    if asked.starts_at.date() > last_day:
        return Refusal("beyond_horizon", "day", {"last_day": last_day})
    if asked.ends_at.date() != asked.starts_at.date():
        return Refusal("crosses_midnight", "end")
    return wrong_length(room, asked) or wrong_hour(room, asked, hours_of)


def wrong_length(room: RoomFacts, asked: Asked) -> Refusal | None:
    """Off the grid, too short or too long."""
    start, end = asked.starts_at.time(), asked.ends_at.time()
    if any(minute_of_day(clock) % room.grid or clock.second or clock.microsecond for clock in (start, end)):
        before = minute_of_day(start) // room.grid * room.grid
        return Refusal("off_the_grid", "start", {"minutes": room.grid, "example": time(before // 60, before % 60)})
    if asked.minutes < room.shortest:
        return Refusal("too_short", "end", {"shortest": room.shortest})
    if asked.minutes > room.longest:
        return Refusal("too_long", "end", {"longest": room.longest})
    return None


def wrong_hour(room: RoomFacts, asked: Asked, hours_of: HoursOf) -> Refusal | None:
    """Closed, walk-in, or kept for classes."""
    day = asked.starts_at.date()
    row = hours_of(day)
    if row is None or not room.week[row]:
        return Refusal("closed_day", "day")
    start, end = minute_of_day(asked.starts_at.time()), minute_of_day(asked.ends_at.time())
    if any(opens <= start and end <= closes for opens, closes in spans_for(room.week[row], BOOKABLE)):
        return None
    touched = {hours.use for hours in room.week[row] if hours.minutes[0] < end and start < hours.minutes[1]}
    if WALK_IN in touched:
        return Refusal("walk_in_hour", "start")
    if PROGRAMME in touched:
        return Refusal("programme_hour", "start")
    return Refusal("closed_hour", "start", {"hours": spans_for(room.week[row], BOOKABLE)})


def spans_for(hours: Iterable[Hours], use: str) -> list[tuple[int, int]]:
    """Spans of one use in minutes of the day, touching ones joined."""
    return joined(hour.minutes for hour in hours if hour.use == use)


def wrong_people(room: RoomFacts, asked: Asked) -> Refusal | None:
    """Nobody, or more than the room holds."""
    if asked.people_count < 1:
        return Refusal("nobody", "people")
    if asked.people_count > room.capacity:
        return Refusal("too_many", "people", {"capacity": room.capacity})
    return None


def held_span(room: RoomFacts, asked: Asked) -> tuple[datetime, datetime]:
    """The time the room is kept: the buffer for tidying up follows each booking."""
    return asked.starts_at, asked.ends_at + timedelta(minutes=room.buffer)


# --- what does it cost? ---------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Quote:
    """The list price, what is asked in the end, why, and the deposit; fen."""

    list_fen: int
    price_fen: int
    reason: str
    deposit_fen: int


def price_on(room: RoomFacts, day: date) -> Price | None:
    """The price valid on a date: the latest that has begun."""
    begun = [price for price in room.prices if price.valid_from <= day]
    return max(begun, key=lambda price: price.valid_from) if begun else None


def quote(room: RoomFacts, asked: Asked, *, for_organisation: bool = False, is_entitled: bool = False) -> Quote:
    """List price, then organisation of the area, then entitlement; a free room needs neither."""
    price = price_on(room, asked.starts_at.date())
    listed = for_minutes(price.fen_an_hour, asked.minutes) if price else 0
    deposit = price.deposit_fen if price else 0
    if not listed:
        return Quote(0, 0, "free_room", deposit)
    if for_organisation and room.free_for_organisations:
        return Quote(listed, 0, "organisation", deposit)
    if is_entitled and room.entitlements_count:
        return Quote(listed, 0, "entitlement", 0)
    return Quote(listed, listed, "list", deposit)


# --- when is it free? -----------------------------------------------------------------------------------------------
Span = tuple[int, int]  # minutes, half-open


def joined(spans: Iterable[Span]) -> list[Span]:
    """Sorted spans, overlapping and touching ones made one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            if end > out[-1][1]:
                out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


At = TypeVar("At", int, datetime)


def gaps(open_spans: Sequence[tuple[At, At]], taken: Sequence[tuple[At, At]]) -> Iterator[tuple[At, At]]:
    """What is left of `open_spans`; both sorted and free of overlaps. Minutes or instants."""
    for opens, closes in open_spans:
        at = opens
        for start, end in taken:
            if end <= at:
                continue
            if start >= closes:
                break
            if start > at:
                yield at, start
            at = max(at, end)
        if at < closes:
            yield at, closes


def usable(gap: Span, *, grid: int, shortest: int, buffer: int, ends_with_opening: bool) -> Span | None:
    """The part of a gap a booking can have: on the grid, and with room for the buffer unless the day ends there."""
    start = -(-gap[0] // grid) * grid
    end = (gap[1] if ends_with_opening else gap[1] - buffer) // grid * grid
    return (start, end) if end - start >= shortest else None


def free_spans(room: RoomFacts, hours: Iterable[Hours], taken: Iterable[Span], *, not_before: int = 0) -> list[Span]:
    """Bookable spans of a day that are still free, in minutes of the day; `taken` includes buffers."""
    open_spans = [(max(opens, not_before), closes) for opens, closes in spans_for(hours, BOOKABLE) if closes > not_before]
    ends = {closes for _opens, closes in open_spans}
    found = (
        usable(gap, grid=room.grid, shortest=room.shortest, buffer=room.buffer, ends_with_opening=gap[1] in ends)
        for gap in gaps(open_spans, joined(taken))
    )
    return [span for span in found if span]


def fits(span: Span, free: Iterable[Span]) -> bool:
    """Whether a span lies in one of the free ones."""
    return any(start <= span[0] and span[1] <= end for start, end in free)


def nearest(wanted: Span, free: Sequence[Span], grid: int) -> Span | None:
    """The span of the same length that begins nearest to the wanted one; the later one when two are as near."""
    length = wanted[1] - wanted[0]
    starts = []
    for start, end in free:
        if end - start >= length:
            last = (end - length) // grid * grid
            starts.append(min(max(wanted[0], start), last))
    if not starts:
        return None
    best = min(starts, key=lambda start: (abs(start - wanted[0]), -start))
    return best, best + length


# --- afterwards -----------------------------------------------------------------------------------------------------
def cancel_deadline(starts_at: datetime, cancel_until: int) -> datetime:
    """Until when a resident can cancel or move without asking."""
    return starts_at - timedelta(minutes=cancel_until)


def decide_by(now: datetime, starts_at: datetime, within: int) -> datetime:
    """Until when an answer is owed: `within` minutes from now, but an hour before the start at the latest."""
    return max(now, min(now + timedelta(minutes=within), starts_at - timedelta(hours=1)))


def overlapping_hours(hours: Sequence[Hours]) -> bool:
    """Whether two spans of one day share a minute."""
    spans = sorted(hour.minutes for hour in hours)
    return any(first[1] > second[0] for first, second in zip(spans, spans[1:], strict=False))
