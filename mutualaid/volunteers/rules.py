"""What the house says about shifts and hours. Pure: spans are pairs of aware instants on the wall clock of the house."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hub.core.refusals import Refusal

GROWN_UP = 18  # years; younger ones need a guardian's word
LONGEST = timedelta(hours=24)  # of a shift and of one entry
DOORS_OPEN = timedelta(hours=1)  # before a shift one can check in
SETTLE_AFTER = timedelta(minutes=30)  # of a shift's end; who has not checked out by then is taken to have left at its end
LONGEST_SERVICE = timedelta(hours=8)  # a longer one was not closed in time: nobody is given hours for it by itself
EARLIEST_OWN = timedelta(days=366)  # how far back own hours are filed
EARLIEST = date(2000, 1, 1)  # of a list that is taken over
MOST_CODE_TRIES = 5
MOST_PLACES = 500
MOST_HOMES = 10_000
LONGEST_NICKNAME = 12
_DIGITS = re.compile(r"\d")

Span = tuple[datetime, datetime]


# --- time -----------------------------------------------------------------------------------------------------------
def to_the_minute(moment: datetime) -> datetime:
    """Seconds are left out: the book is kept in whole minutes."""
    return moment.replace(second=0, microsecond=0)


def minutes_of(span: Span) -> int:
    """Whole minutes, whatever the clocks were put forward or back in between."""
    return int((span[1].astimezone(UTC) - span[0].astimezone(UTC)).total_seconds()) // 60


def by_day(span: Span) -> list[tuple[date, int]]:
    """The minutes of each local day, cut at midnight."""
    start, end = span
    parts = []
    while start.astimezone(UTC) < end.astimezone(UTC):
        midnight = datetime.combine(start.date() + timedelta(days=1), time.min, tzinfo=start.tzinfo)
        until = min(midnight, end, key=lambda moment: moment.astimezone(UTC))
        parts.append((start.date(), minutes_of((start, until))))
        start = until
    return parts


def within(span: Span, bounds: Span) -> int:
    """The minutes of `span` inside `bounds`."""
    start, end = max(span[0], bounds[0]), min(span[1], bounds[1])
    return minutes_of((start, end)) if start < end else 0


def overlaps(one: Span, two: Span) -> bool:
    """Half-open: what ends at ten does not meet what begins at ten."""
    return one[0] < two[1] and two[0] < one[1]


# --- hours ----------------------------------------------------------------------------------------------------------
def hours_complaints(span: Span, *, now: datetime, earliest: datetime, others: Iterable[Span], cap_minutes: int) -> list[Refusal]:
    """Everything against an entry of this span; `others` are the person's entries that keep their time, around it."""
    if span[1] <= span[0]:
        return [Refusal("hours_end_before_start", "ends")]
    if minutes_of(span) > LONGEST // timedelta(minutes=1):
        return [Refusal("hours_too_long", "ends")]
    found = []
    if span[1] > now:
        found.append(Refusal("hours_future", "ends"))
    if span[0] < earliest:
        found.append(Refusal("hours_too_old", "day", {"first": earliest.date()}))
    others = list(others)
    met = next((other for other in sorted(others) if overlaps(span, other)), None)
    if met is not None:
        found.append(Refusal("hours_overlap", "starts", {"starts_at": met[0], "ends_at": met[1]}))
    elif day := over_the_cap(span, others, cap_minutes):
        found.append(Refusal("hours_cap", "ends", {"day": day, "hours": cap_minutes // 60}))
    return found


def over_the_cap(span: Span, others: Iterable[Span], cap_minutes: int) -> date | None:
    """The first local day on which all of it together is more than may be counted."""
    sums: dict[date, int] = {}
    for other in others:
        for day, minutes in by_day(other):
            sums[day] = sums.get(day, 0) + minutes
    return next((day for day, minutes in by_day(span) if sums.get(day, 0) + minutes > cap_minutes), None)


def counted_span(*, shift: Span, came_at: datetime, left_at: datetime) -> Span | None:
    """What counts of a shift: not before it begins, not after it ends, in whole minutes; None when nothing is left."""
    start, end = max(to_the_minute(came_at), shift[0]), min(to_the_minute(left_at), shift[1])
    return (start, end) if start < end else None


# --- shifts ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ShiftFacts:
    """What the rules ask of a shift; `youngest` in years, 0 for everybody."""

    span: Span
    youngest: int
    is_called_off: bool


def years_old(born: date, day: date) -> int:
    """Full years on that day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_minor(born: date | None, day: date) -> bool:
    """Of an unknown age nobody is taken for a child."""
    return born is not None and years_old(born, day) < GROWN_UP


def join_complaints(shift: ShiftFacts, *, born: date | None, has_guardians_word: bool, now: datetime, others: Iterable[tuple[Span, str]]) -> list[Refusal]:
    """Everything against somebody joining; `others` are the spans and names of shifts they have signed up for."""
    if shift.is_called_off:
        return [Refusal("shift_called_off")]
    if shift.span[0] <= now:
        return [Refusal("shift_has_begun")]
    day = shift.span[0].date()
    if shift.youngest and born is None:
        return [Refusal("volunteer_age_unknown", "who", {"youngest": shift.youngest})]
    if born is not None and years_old(born, day) < shift.youngest:
        return [Refusal("volunteer_too_young", "who", {"youngest": shift.youngest})]
    if is_minor(born, day) and not has_guardians_word:
        return [Refusal("volunteer_needs_guardian", "guardian_agrees")]
    met = next((name for span, name in others if overlaps(span, shift.span)), None)
    return [Refusal("volunteer_is_elsewhere", "who", {"shift": met})] if met else []


def free_place(taken: Collection[int], places: int) -> int | None:
    """The lowest number that nobody has; None when all places are taken."""
    return next((number for number in range(1, places + 1) if number not in taken), None)


def can_check_in(span: Span, now: datetime) -> bool:
    """From an hour before until the end."""
    return span[0] - DOORS_OPEN <= now < span[1]


# --- names ----------------------------------------------------------------------------------------------------------
def nickname_refusal(name: str) -> Refusal | None:
    """Short, and no number by which somebody could be found."""
    if len(name) > LONGEST_NICKNAME or len(_DIGITS.findall(name)) > 3 or "@" in name:
        return Refusal("nickname_wrong", "nickname", {"longest": LONGEST_NICKNAME})
    return None


def share_percent(part: int, whole: int) -> int:
    """In whole per cent; 0 of nobody."""
    return round(part * 100 / whole) if whole else 0
