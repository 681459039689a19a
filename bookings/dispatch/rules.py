"""Who is sent to an order, and until when they have to answer. Pure: no Django, no clock, no database."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

MOST_A_DAY = 30
MOST_CODE_TRIES = 5
MOST_CLOSED_DAYS = 3660  # a calendar that never opens cannot be meant
SATISFIED_FROM = 4

# --- who is proposed ------------------------------------------------------------------------------------------------
KNOWS_THE_GRID, COMES_THERE = 30, 15
FAIR_SHARE = 40
RATED = 30
WORST, BEST = 1, 5
USUAL_RATING, USUAL_WEIGHT = 4, 5  # a helper nobody has rated counts as five ratings of 4: one bad day does not ruin, one good one does not crown
ASKED_BEFORE = -1000  # behind everybody who was not asked yet


@dataclass(frozen=True, slots=True)
class Need:
    """What an order asks of a helper. `community` and `grid` are ids, None where nobody goes anywhere or the grid is not known."""

    service: int
    starts_at: datetime
    ends_at: datetime
    community: int | None = None
    grid: int | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class HelperFacts:
    """A helper as the rules see them, for one order: times are on the wall clock of the house, `hours` those of the order's weekday."""

    id: int
    is_active: bool = True
    services: frozenset[int] = frozenset()
    communities: frozenset[int] = frozenset()
    grids: frozenset[int] = frozenset()
    grid_communities: frozenset[int] = frozenset()
    has_hours: bool = False
    hours: tuple[tuple[time, time], ...] = ()
    is_on_leave: bool = False
    is_kept_apart: bool = False
    busy: tuple[tuple[datetime, datetime], ...] = ()
    day_count: int = 0
    most_a_day: int = 4
    month_count: int = 0
    rating_sum: int = 0
    rating_count: int = 0
    said_no: bool = False
    let_it_lapse: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """A helper's place: `score` for those who can be sent; `why_not` a code for the others; `reasons` are codes with a number each."""

    id: int
    score: int
    why_not: str
    reasons: tuple[tuple[str, int], ...]

    @property
    def can_be_sent(self) -> bool:
        return not self.why_not


def rank(need: Need, helpers: Iterable[HelperFacts]) -> list[Ranked]:
    """Everybody in the order in which they are proposed, then those who cannot be sent, with the reason."""
    return sorted((place_of(need, helper) for helper in helpers), key=lambda ranked: (bool(ranked.why_not), -ranked.score, ranked.id))


def place_of(need: Need, helper: HelperFacts) -> Ranked:
    """One helper's score and what it is made of."""
    if code := why_not(need, helper):
        return Ranked(helper.id, 0, code, ())
    parts = [("skill", 0), ("free", 0), (*near(need, helper),), ("fair", fair(helper.month_count)), ("rated", rated(helper.rating_sum, helper.rating_count))]
    if helper.let_it_lapse:
        parts.append(("asked_before", ASKED_BEFORE))
    reasons = tuple((code, points) for code, points in parts if code)
    return Ranked(helper.id, sum(points for _code, points in reasons), "", reasons)


def why_not(need: Need, helper: HelperFacts) -> str:
    """Why this helper is not sent at all; '' when they can be."""
    if not helper.is_active:
        return "not_active"
    if helper.is_kept_apart:
        return "kept_apart"
    if need.service not in helper.services:
        return "no_skill"
    if helper.is_on_leave:
        return "on_leave"
    if not comes_to(need, helper):
        return "not_there"
    if not works_then(need, helper):
        return "not_at_work"
    if any(start < need.ends_at and end > need.starts_at for start, end in helper.busy):
        return "busy"
    if helper.day_count >= helper.most_a_day:
        return "full"
    return "said_no" if helper.said_no else ""


def comes_to(need: Need, helper: HelperFacts) -> bool:
    """Whether they go to that community: nowhere named is everywhere, and a grid named is a part of its community."""
    if need.community is None or not (helper.communities or helper.grids):
        return True
    if need.community in helper.communities:
        return True
    return need.grid in helper.grids if need.grid is not None else need.community in helper.grid_communities


def works_then(need: Need, helper: HelperFacts) -> bool:
    """Whether the window touches their hours of that day; without any hours they work whenever the house does."""
    if not helper.has_hours:
        return True
    start, end = need.starts_at.time(), need.ends_at.time()
    return any(starts < end and ends > start for starts, ends in helper.hours)


def near(need: Need, helper: HelperFacts) -> tuple[str, int]:
    """Knowing the grid counts more than coming to the community; being willing to go anywhere counts nothing."""
    if need.grid is not None and need.grid in helper.grids:
        return "knows_grid", KNOWS_THE_GRID
    if need.community is not None and (need.community in helper.communities or need.community in helper.grid_communities):
        return "comes_there", COMES_THERE
    return "", 0


def fair(month_count: int) -> int:
    """Whoever had fewest jobs this month comes first: 40, 20, 13 … points."""
    return FAIR_SHARE // (1 + month_count)


def shrunk_hundredths(rating_sum: int, rating_count: int) -> int:
    """The mean rating in hundredths, drawn towards the usual one while there are few."""
    return (rating_sum + USUAL_RATING * USUAL_WEIGHT) * 100 // (rating_count + USUAL_WEIGHT)


def rated(rating_sum: int, rating_count: int) -> int:
    """0 to 30 points."""
    return RATED * (shrunk_hundredths(rating_sum, rating_count) - WORST * 100) // ((BEST - WORST) * 100)


# --- until when an offer stands -------------------------------------------------------------------------------------
def lapse_time(asked_at: datetime, minutes: int, opens: time, closes: time, is_open: Callable[[date], bool]) -> datetime:
    """`minutes` after `asked_at` (on the wall clock of the house), counting only the hours in which the house is open."""
    left, moment = timedelta(minutes=minutes), asked_at
    for _each in range(MOST_CLOSED_DAYS):
        start = max(moment, moment.replace(hour=opens.hour, minute=opens.minute, second=0, microsecond=0))
        end = moment.replace(hour=closes.hour, minute=closes.minute, second=0, microsecond=0)
        if is_open(moment.date()) and start < end:
            if start + left <= end:
                return start + left
            left -= end - start
        moment = (moment + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    raise ValueError("a house that never opens")


# --- what a month came to -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Sums:
    """One order's money in fen: list price with parts, due, cash the helper took."""

    list_fen: int = 0
    due_fen: int = 0
    cash_fen: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(self.list_fen + other.list_fen, self.due_fen + other.due_fen, self.cash_fen + other.cash_fen)

    def __neg__(self) -> "Sums":
        return Sums(-self.list_fen, -self.due_fen, -self.cash_fen)

    @property
    def subsidy_fen(self) -> int:
        """What the house gives on top."""
        return self.list_fen - self.due_fen


def total(sums: Iterable[Sums]) -> Sums:
    """All of them together."""
    return sum(sums, Sums())


def corrected(written: Sums, is_now: Sums) -> Sequence[tuple[str, Sums]]:
    """The lines that put a locked month right in a later one: what was written is taken back, what is so is written; none when it agrees."""
    if written == is_now:
        return ()
    return (("reversal", -written), ("correction", is_now))
