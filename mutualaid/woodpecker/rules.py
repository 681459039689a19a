"""What the house says about errors found in the newspaper. Pure: a committee member could check it with a pencil.

Credit: the first valid finder of a valid error by the time the hub received the report, or every valid finder, as the edition says. A reader's mark: for
each credited correction the median of the panel's points times the weight of its kind, summed; of light kinds only the best so many count.
Rank: mark, then the best single point score, then more credited corrections, then the earlier first credited report.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from heapq import nlargest
from statistics import median as middle

from hub.core.refusals import Refusal

FIRST, SHARED = "first", "shared"
MOST_POINTS = 10
MOST_WEIGHT = 10
CLAIM_WITHIN = timedelta(days=60)  # from the award
NAMES_ARE_KEPT_FOR = timedelta(days=365)  # after an edition was closed; winners' names stay with their receipts
MOST_A_DAY = 40  # reports of one number in a day; the woodpecker that is busier rings us


# --- credit ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Found:
    """One report of an error: its number, when the hub received it, whether it was itself judged to be none."""

    pk: int
    received_at: datetime
    is_valid: bool = True


def credit(reports: Iterable[Found], mode: str) -> tuple[int, ...]:
    """Numbers of the reports of one valid error that are credited, the earliest first."""
    valid = sorted((report for report in reports if report.is_valid), key=lambda report: (report.received_at, report.pk))
    return tuple(report.pk for report in (valid if mode == SHARED else valid[:1]))


# --- marks ----------------------------------------------------------------------------------------------------------
def median(points: Sequence[int]) -> Fraction:
    """The middle one, or half-way between the two in the middle, exactly; 0 of nothing."""
    return Fraction(middle([Fraction(each) for each in points])) if points else Fraction(0)


@dataclass(frozen=True, slots=True)
class Correction:
    """One credited correction: the panel's points, the weight of its kind, whether the kind is a light one."""

    points: tuple[int, ...]
    weight: int = 1
    is_light: bool = False

    @property
    def worth(self) -> Fraction:
        return median(self.points) * self.weight


def mark(corrections: Iterable[Correction], light_most: int | None = None) -> Fraction:
    """The sum of what the corrections are worth; of light ones only the `light_most` best (None: all)."""
    rows = list(corrections)
    light = sorted((row.worth for row in rows if row.is_light), reverse=True)
    counted = light if light_most is None else light[:light_most]
    return sum((row.worth for row in rows if not row.is_light), Fraction(0)) + sum(counted, Fraction(0))


# --- rank -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Entrant:
    """A reader with credited corrections. `first` is the number of the first credited report: it settles what nothing else does."""

    reader: int
    corrections: tuple[Correction, ...]
    first_at: datetime
    first: int
    is_excluded: bool = False  # staff of the hub or of the panel

    def key(self, light_most: int | None) -> tuple[Fraction, int, int, float, int]:
        """What they are ranked by, the best first."""
        best = max((point for row in self.corrections for point in row.points), default=0)
        return -mark(self.corrections, light_most), -best, -len(self.corrections), self.first_at.timestamp(), self.first


def rank(entrants: Iterable[Entrant], light_most: int | None = None) -> list[Entrant]:
    """Everybody who can win, the best first."""
    return sorted((row for row in entrants if row.corrections and not row.is_excluded), key=lambda row: row.key(light_most))


# --- prizes ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Prize:
    """One row of the edition's prizes, in the order of `rank`."""

    pk: int
    rank: int
    places_count: int
    cash_fen: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """A place of a prize that goes to a reader."""

    prize: int
    place: int
    reader: int
    cash_fen: int = 0


def award(ranked: Sequence[int], prizes: Iterable[Prize], left_fen: int, kept: Collection[Given] = ()) -> list[Given]:
    """Who gets what: readers in their order walk down the prizes, one prize each. A place whose cash `left_fen` does not cover is left out.
    `kept` was handed over already: those readers and places are passed by (their money is not in `left_fen`)."""
    served, taken = {row.reader for row in kept}, {(row.prize, row.place) for row in kept}
    waiting = [reader for reader in ranked if reader not in served]
    found: list[Given] = []
    for prize in sorted(prizes, key=lambda row: (row.rank, row.pk)):
        for place in range(1, prize.places_count + 1):
            if not waiting:
                return found
            if (prize.pk, place) in taken or prize.cash_fen > left_fen:
                continue
            found.append(Given(prize.pk, place, waiting.pop(0), prize.cash_fen))
            left_fen -= prize.cash_fen
    return found


# --- reports --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Window:
    """When an edition takes reports: from the first instant of the day it came out to the last of its deadline day, half-open."""

    opens_at: datetime
    closes_at: datetime


def when_refusal(received_at: datetime, window: Window, now: datetime) -> Refusal | None:
    """Whether a report that the hub received then belongs to the edition; 23:59:59 of the deadline day does, 00:00:00 does not."""
    if received_at > now:
        return Refusal("woodpecker_future", "received_at")
    if received_at < window.opens_at:
        return Refusal("woodpecker_early", "edition")
    return Refusal("woodpecker_late", "edition") if received_at >= window.closes_at else None


def page_refusal(page: int, pages_count: int) -> Refusal | None:
    """A page that the edition has."""
    return None if 1 <= page <= pages_count else Refusal("woodpecker_page", "page", {"pages": pages_count})


# --- what is near ---------------------------------------------------------------------------------------------------
# Tried for "similar reports": sets of two-character pieces of every report, built anew at each request (over 100 ms at 5,000 reports, most of it the sets);
# a table of pieces (fast to ask, 40 rows to write a report); the database's own word search (Chinese has no blanks between words). Kept: only the asked
# text is cut into pieces, and each piece is looked for in the others as they stand; the nearest are looked at once more without blanks and marks.
ENOUGH, ROUGHLY = 0.3, 0.22
LOOKED_AT_CLOSELY = 60
_BLANKS = str.maketrans("", "", " 　\t\r\n，。、；：！？“”‘’《》（）,.;:!?\"'()-—")


def plain(text: str) -> str:
    """Without blanks and marks, small letters: what two people write alike."""
    return text.translate(_BLANKS).lower()


def pieces(text: str) -> frozenset[str]:
    """Every two characters that stand side by side; a single one by itself."""
    text = plain(text)
    return frozenset(text[place : place + 2] for place in range(len(text) - 1)) or frozenset({text} - {""})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: page, title, what is wrong."""

    page: int
    title: str
    wrong: str
    title_pieces: frozenset[str] = field(default_factory=frozenset)
    wrong_pieces: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, page: int, title: str, wrong: str) -> "Asked":
        return cls(page, title, wrong, pieces(title), pieces(wrong))


def _share(asked: frozenset[str], text: str) -> float:
    """How many of the pieces stand in the text, against the middle of both lengths: 1 for the same words."""
    if not asked or not text:
        return 0.0
    hits = sum([piece in text for piece in asked])
    return min(1.0, 2 * hits / (len(asked) + max(1, len(text) - 1)))


def likeness(asked: Asked, page: int, title: str, wrong: str) -> float:
    """0 for nothing in common to 1 for the same page, title and words. `title` and `wrong` are plain."""
    near = 0.2 if page == asked.page else 0.0
    return near + 0.3 * _share(asked.title_pieces, title) + 0.5 * _share(asked.wrong_pieces, wrong)


def most_alike(asked: Asked, rows: Iterable[tuple[int, int, str, str]], most: int) -> list[tuple[int, float]]:
    """Of (number, page, title, what is wrong) the numbers most like what is asked, the likest first, with how much; none that has little in common."""
    rough = ((likeness(asked, page, title.lower(), wrong.lower()), (pk, page, title, wrong)) for pk, page, title, wrong in rows)
    near = nlargest(LOOKED_AT_CLOSELY, (row for row in rough if row[0] >= ROUGHLY), key=lambda row: row[0])
    found = [(pk, likeness(asked, page, plain(title), plain(wrong))) for _much, (pk, page, title, wrong) in near]
    return sorted(((pk, much) for pk, much in found if much >= ENOUGH), key=lambda row: (-row[1], row[0]))[:most]


# --- in words -------------------------------------------------------------------------------------------------------
def words_of(marked: Fraction) -> str:
    """`27.5`, `12`: halves are exact."""
    return str(marked.numerator) if marked.denominator == 1 else f"{float(marked):.2f}".rstrip("0")


def by_group(rows: Iterable[tuple[int, Correction]]) -> Mapping[int, tuple[Correction, ...]]:
    """Corrections by their reader."""
    found: dict[int, list[Correction]] = {}
    for reader, correction in rows:
        found.setdefault(reader, []).append(correction)
    return {reader: tuple(each) for reader, each in found.items()}
