"""What the house says about clothes and parcels. Pure: no Django, no clock, no database."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from hub.core.refusals import Refusal

MOST_AT_ONCE = 500  # pieces alike in one intake
MOST_PIECES = 6  # in one parcel
DAYS_AHEAD = 14
LEAD = timedelta(hours=2)  # to look the pieces out
KEPT_WORKDAYS = 3  # after the slot; then the pieces go back on the shelf
LAST_WORD = timedelta(days=1)  # before that the person is told once more
NAMES_ARE_KEPT_FOR = timedelta(days=180)  # after a parcel is over
DONORS_ARE_KEPT_FOR = timedelta(days=30)

SHOES, THERMAL, NEW = "shoes", "thermal", "new"
ONE_SIZE_KINDS = frozenset({"accessories", "bedding"})
CHILDREN = frozenset({"girls", "boys", "children"})
LETTERS = ("XS", "S", "M", "L", "XL", "2XL", "3XL", "4XL")
HEIGHTS = tuple(str(cm) for cm in range(60, 180, 10))
SHOE_SIZES = tuple(str(n) for n in range(16, 49))
ONE_SIZE = "one"
SIZES = (*LETTERS, *HEIGHTS, *SHOE_SIZES, ONE_SIZE)

_SAID_OTHERWISE = {"XXS": "XS", "XXL": "2XL", "XXXL": "3XL", "XXXXL": "4XL", "F": ONE_SIZE, "FREE": ONE_SIZE, "均": ONE_SIZE, "ONE": ONE_SIZE}
_SMALLEST_LETTER = {"women": 150, "men": 160, "anybody": 155}  # the body height that XS is cut for; 5 cm a letter
_HEIGHT = re.compile(r"(1[4-9]\d)(?:/\d{2,3}[A-CY]?)?")

# Which state may follow which; nothing else is ever written.
NEXT: dict[str, frozenset[str]] = {
    "chosen": frozenset({"ready", "handed_out", "cancelled", "put_back"}),
    "ready": frozenset({"handed_out", "cancelled", "put_back"}),
    "handed_out": frozenset(),
    "cancelled": frozenset(),
    "put_back": frozenset(),
}


def may_follow(state: str, following: str) -> bool:
    """Whether a parcel in `state` may go on to `following`."""
    return following in NEXT[state]


# --- sizes ----------------------------------------------------------------------------------------------------------
def scale_of(kind: str, fit: str) -> Sequence[str]:
    """The sizes that a kind for somebody comes in, the smallest first."""
    if kind in ONE_SIZE_KINDS:
        return (ONE_SIZE,)
    if kind == SHOES:
        return SHOE_SIZES
    return HEIGHTS if fit in CHILDREN else LETTERS


def normal_size(typed: str, kind: str, fit: str) -> str:
    """A size as it stands on a label (XXL, 175/96A, 110cm, 38码, 均码) in the house's own words; '' when this comes in no such size."""
    said = unicodedata.normalize("NFKC", typed).strip().upper().removesuffix("CM").removesuffix("码").removesuffix("号").strip()
    scale = scale_of(kind, fit)
    said = _SAID_OTHERWISE.get(said, said)
    if said in scale:
        return said
    if scale == (ONE_SIZE,):
        return "" if said else ONE_SIZE
    body = _HEIGHT.fullmatch(said)
    if body and scale is LETTERS:
        place = (int(body[1]) - _SMALLEST_LETTER.get(fit, 155)) // 5
        return LETTERS[place] if 0 <= place < len(LETTERS) else ""
    if body and scale is HEIGHTS:
        return next((height for height in HEIGHTS if int(height) >= int(body[1])), "")
    return ""


def order_of_size(size: str) -> int:
    """Where a size stands among all: small before large."""
    return SIZES.index(size) if size in SIZES else len(SIZES)


def near_sizes(size: str, kind: str, fit: str, there: Iterable[str]) -> list[str]:
    """Of the sizes that are there, the others from the nearest on; of two as near the larger first: it can be worn."""
    scale = scale_of(kind, fit)
    if size not in scale:
        return []
    place = scale.index(size)
    others = {other for other in there if other in scale and other != size}
    return sorted(others, key=lambda other: (abs(scale.index(other) - place), place - scale.index(other)))


def is_near(size: str, wanted: str) -> bool:
    """The wanted size or its neighbour on the same scale; what comes in one size fits everybody, and shoes have a scale of their own."""
    for scale in (LETTERS, HEIGHTS):
        if wanted in scale and size in scale:
            return abs(scale.index(size) - scale.index(wanted)) <= 1
    return wanted not in scale_of(SHOES, "") or size not in SHOE_SIZES or abs(int(size) - int(wanted)) <= 1


def fits_for(figure: str) -> tuple[str, ...]:
    """What somebody of that figure can wear."""
    return (figure, "children") if figure in CHILDREN else (figure, "anybody")


# --- taking in ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Brought:
    """Pieces alike as they came: so many for the shelf, so many that cannot be worn, and why."""

    kind: str
    fit: str
    size: str
    season: str
    condition: str
    piece_count: int
    refused_count: int = 0
    fault: str = ""
    end: str = ""


def intake_complaints(brought: Brought) -> list[Refusal]:
    """Everything that speaks against putting it on the shelf like that."""
    found = []
    if not 0 <= brought.piece_count <= MOST_AT_ONCE or not 0 <= brought.refused_count <= MOST_AT_ONCE:
        found.append(Refusal("clothing_count", "piece_count", {"most": MOST_AT_ONCE}))
    elif not brought.piece_count + brought.refused_count:
        found.append(Refusal("clothing_count_missing", "piece_count"))
    if brought.piece_count and (wrong := what_is_wrong(brought)):
        found.append(wrong)
    if brought.refused_count > 0 and not (brought.fault and brought.end):
        found.append(Refusal("clothing_fault_missing", "fault"))
    return found


def what_is_wrong(brought: Brought) -> Refusal | None:
    """A size it does not come in; underwear that somebody has worn."""
    if brought.size not in scale_of(brought.kind, brought.fit):
        scale = scale_of(brought.kind, brought.fit)
        return Refusal("clothing_size", "size", {"first": scale[0], "last": scale[-1]})
    if brought.kind == THERMAL and brought.condition != NEW:
        return Refusal("clothing_only_new", "condition")
    return None


# --- choosing -------------------------------------------------------------------------------------------------------
def choice_complaints(wanted: Mapping[int, int]) -> list[Refusal]:
    """Too few, too many. `wanted` is how many pieces of which garment (its id)."""
    if not wanted or min(wanted.values()) < 1:
        return [Refusal("clothing_nothing", "pieces")]
    if sum(wanted.values()) > MOST_PIECES:
        return [Refusal("clothing_too_many", "pieces", {"most": MOST_PIECES})]
    return []


def lacking(there: Mapping[int, int], wanted: Mapping[int, int]) -> list[int]:
    """The garments of which fewer are there than are wanted."""
    return [pk for pk, count in wanted.items() if there.get(pk, 0) < count]


# --- when to collect ------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Hours:
    """A weekly span in which parcels are handed out; 0 is Monday."""

    weekday: int
    starts_at: time
    ends_at: time


@dataclass(frozen=True, slots=True)
class Slot:
    """One span of one day, as instants."""

    starts_at: datetime
    ends_at: datetime

    @property
    def code(self) -> str:
        """2026-11-30T09:00, on the clock its instants are given in: what a form posts."""
        return f"{self.starts_at:%Y-%m-%dT%H:%M}"


WeekdayOf = Callable[[date], int | None]  # whose weekday's hours hold on a day; None when it is closed


def slots(hours: Iterable[Hours], now: datetime, zone: tzinfo, weekday_of: WeekdayOf, *, is_for_staff: bool = False) -> list[Slot]:
    """What can be chosen from `now` (on the wall clock of the house) on: for residents with time to make it ready, for staff also what has begun."""
    weekly = sorted(hours, key=lambda each: each.starts_at)
    found = []
    for n in range(DAYS_AHEAD + 1):
        day = now.date() + timedelta(days=n)
        weekday = weekday_of(day)
        for each in weekly:
            if each.weekday == weekday:
                slot = Slot(datetime.combine(day, each.starts_at, tzinfo=zone), datetime.combine(day, each.ends_at, tzinfo=zone))
                if slot.ends_at > now if is_for_staff else slot.starts_at >= now + LEAD:
                    found.append(slot)
    return found


def is_late(state: str, collect_by: datetime, now: datetime) -> bool:
    """Whether a parcel still waits although its time is over."""
    return state in {"chosen", "ready"} and collect_by < now


def is_same_number(phone: str, tail: str) -> bool:
    """Whether somebody said the last four of the number."""
    said = "".join(unicodedata.normalize("NFKC", tail).split())
    return len(said) == 4 and said.isascii() and said.isdecimal() and len(phone) >= 4 and phone.endswith(said)
