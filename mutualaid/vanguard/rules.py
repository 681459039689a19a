"""What the house says about ratings: the formula of the month, which ratings come in bursts, what is shown in public. Pure: a committee can check it.

The same rules stand in words on `/vanguard/` ("How it is counted").
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

GRADES = (5, 4, 3, 2, 1)
HOW_MANY = 5  # posts of a month
FEWEST_SHOWN = 5  # of one grade, in public

# --- bursts ---------------------------------------------------------------------------------------------------------
A_DAY = timedelta(hours=24)
AN_HOUR = timedelta(hours=1)
MOST_OF_ONE_BROWSER = 10  # of one post in a day, from browsers alike that also share an address or the house's cookie
MOST_WITHOUT_COOKIE = 30  # of one post in a day, from browsers alike that all came without the cookie, whatever their addresses
AT_ONCE_SECONDS = 8  # nobody is handed a slip, reads the code from it and chooses a grade in less
MOST_AT_ONCE = 5  # of one post in an hour, with codes that one person gave out, used at once

Grades = tuple[int, int, int, int, int]  # how many of each, from very satisfied down


@dataclass(frozen=True)
class Tally:
    """A post's counted ratings of a month. `last_chosen` is the last month (2026-09) in which it was one of the five, '' for never."""

    post: int
    number: int
    grades: Grades
    last_chosen: str = ""

    @property
    def votes(self) -> int:
        return sum(self.grades)

    @property
    def points(self) -> int:
        """5 for very satisfied, 1 for very dissatisfied."""
        return sum(grade * count for grade, count in zip(GRADES, self.grades, strict=True))


@dataclass(frozen=True)
class Placed:
    """A post in its place, the first being 1."""

    tally: Tally
    score: Fraction
    place: int


def mean_of(tallies: Iterable[Tally]) -> Fraction | None:
    """The average grade of all posts' ratings together; None without any."""
    rows = list(tallies)
    votes = sum(row.votes for row in rows)
    return Fraction(sum(row.points for row in rows), votes) if votes else None


def score_of(tally: Tally, *, mean: Fraction, prior: int) -> Fraction:
    """The average of the post's ratings and of `prior` more that are as the whole house was rated: few ratings stay near the house's average."""
    return (tally.points + prior * mean) / (tally.votes + prior)


def rank(tallies: Iterable[Tally], *, minimum: int, prior: int) -> list[Placed]:
    """The posts with at least `minimum` ratings, the best first. Exact fractions; the order in which they are given changes nothing.

    Ties: more ratings, then more very satisfied, then fewer of the two lowest, then who was chosen longer ago, then the lower number.
    """
    rows = list(tallies)
    mean = mean_of(rows)
    if mean is None:
        return []
    scored = [(score_of(row, mean=mean, prior=prior), row) for row in rows if row.votes >= max(minimum, 1)]
    scored.sort(key=lambda pair: (-pair[0], -pair[1].votes, -pair[1].grades[0], sum(pair[1].grades[3:]), pair[1].last_chosen, pair[1].number))
    return [Placed(row, score, place) for place, (score, row) in enumerate(scored, 1)]


def first_five(ranked: Iterable[Placed], struck: Collection[int] = ()) -> list[Placed]:
    """The month's five: the first of those that were not struck; fewer where fewer are left."""
    return [placed for placed in ranked if placed.tally.post not in struck][:HOW_MANY]


def in_thousandths(score: Fraction) -> str:
    """`4.612`, half a thousandth rounded up."""
    thousandths = (score.numerator * 2000 + score.denominator) // (2 * score.denominator)
    return f"{thousandths // 1000}.{thousandths % 1000:03d}"


def satisfied_percent(grades: Grades) -> int:
    """The first three grades of a hundred; 0 without any rating. Rounded down, so that 100 means everybody."""
    votes = sum(grades)
    return sum(grades[:3]) * 100 // votes if votes else 0


def shown_counts(grades: Grades) -> tuple[int | None, ...]:
    """What the public sees of each grade: None for fewer than five. Where that would hide a single number, which the sum gives away, the next
    smallest is hidden as well."""
    hidden = {place for place, count in enumerate(grades) if count < FEWEST_SHOWN}
    if len(hidden) == 1:
        hidden.add(min((place for place in range(len(grades)) if place not in hidden), key=lambda place: (grades[place], -place)))
    return tuple(None if place in hidden else count for place, count in enumerate(grades))


@dataclass(frozen=True)
class Sign:
    """What a rating of one post left behind. `mark` tells browsers alike, `address` and `cookie` ('' without one) who shares them; `issuer` gave
    the code out, `waited` seconds before."""

    key: int
    at: datetime
    mark: str = ""
    address: str = ""
    cookie: str = ""
    issuer: int | None = None
    waited: int | None = None


def bursts(signs: Iterable[Sign]) -> dict[int, str]:
    """Which ratings of one post are set aside, and why: `browser` or `series`. At least two signs agree each time; an address alone says nothing."""
    rows = sorted(signs, key=lambda sign: (sign.at, sign.key))
    found: dict[int, str] = {}
    for group, most, within, why in groups(rows):
        for key in crowded(group, most, within):
            found.setdefault(key, why)
    return found


def groups(rows: list[Sign]) -> Iterator[tuple[list[Sign], int, timedelta, str]]:
    """Ratings that agree in two signs, how many of them may come within which time, and what more are called."""
    alike: dict[tuple[object, ...], list[Sign]] = defaultdict(list)
    for sign in rows:
        if sign.mark and sign.address:
            alike["address", sign.mark, sign.address].append(sign)
        if sign.mark:
            alike["cookie", sign.mark, sign.cookie].append(sign)
        if sign.issuer is not None and sign.waited is not None and sign.waited < AT_ONCE_SECONDS:
            alike["issuer", sign.issuer, ""].append(sign)
    for (kind, _first, second), group in alike.items():
        if kind == "issuer":
            yield group, MOST_AT_ONCE, AN_HOUR, "series"
        else:
            yield group, MOST_OF_ONE_BROWSER if second else MOST_WITHOUT_COOKIE, A_DAY, "browser"


def crowded(rows: list[Sign], most: int, within: timedelta) -> set[int]:
    """The keys of all that lie in a window of that length together with more than `most`. `rows` in the order of time."""
    found: set[int] = set()
    first = 0
    for last, sign in enumerate(rows):
        while sign.at - rows[first].at >= within:
            first += 1
        if last - first + 1 > most:
            found.update(row.key for row in rows[first : last + 1])
    return found
