"""The one door to the `holidays` package: China's public holidays and make-up workdays 调休.

For years whose notice the package knows (`is_official`) it gives the official days; for later ones it estimates the festivals and
knows no make-up days, which is why somebody of the house confirms a year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from hub.workdays.states import Kinds

ONE_DAY = timedelta(days=1)
MAKEUP_ZH, MAKEUP_EN = "调休上班", "Make-up workday"
EVE = ("农历除夕", "Chinese New Year's Eve")
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class OfficialDay:
    """One day that differs; `hours_of` is set for a make-up day: the weekday it makes up for."""

    day_on: date
    kind: str
    label_zh: str
    label_en: str
    hours_of: int | None = None


def is_official(year: int) -> bool:
    """Whether the package knows the official notice for that year, with its make-up days."""
    return year in holidays.China().special_public_holidays


@lru_cache(maxsize=8)
def days_of_year(year: int) -> tuple[OfficialDay, ...]:
    """Holidays and make-up days of one year, in order. Weekends that touch a holiday belong to it, as in the official notice."""
    around = [year, year + 1]  # a weekend at the end of December may belong to New Year's Day
    chinese, english = (holidays.China(years=around, language=language) for language in ("zh_CN", "en_US"))
    swaps = {worked: free for each in around for worked, free in _swaps(each)}
    named = {day: (chinese[day], english[day]) for day in sorted(chinese) if day not in swaps.values()}
    stretch = _with_weekends(set(chinese), made_up=set(swaps))
    found = [OfficialDay(day, Kinds.HOLIDAY, *_name_near(day, named)) for day in stretch]
    found += [OfficialDay(worked, Kinds.MAKEUP, MAKEUP_ZH, MAKEUP_EN, hours_of=free.weekday()) for worked, free in swaps.items()]
    return tuple(sorted((day for day in found if day.day_on.year == year), key=lambda day: day.day_on))


def _swaps(year: int) -> Iterator[tuple[date, date]]:
    """(weekend day that is worked, weekday that is free for it), as the notice pairs them."""
    swaps = holidays.China().special_public_holidays.get(year, ())
    for swap in swaps if not swaps or isinstance(swaps[0], tuple) else (swaps,):
        if len(swap) < 4:  # a single extra holiday, nothing is worked for it
            continue
        month, day, from_month, from_day, *from_year = swap
        worked = date(from_year[0] if from_year else year, from_month, from_day)
        if worked.weekday() >= SATURDAY:
            yield worked, date(year, month, day)


def _with_weekends(free: set[date], made_up: set[date]) -> set[date]:
    """The free days with the weekend days next to them, those worked left out."""
    found, edge = set(free), list(free)
    while edge:
        day = edge.pop()
        for beside in (day - ONE_DAY, day + ONE_DAY):
            if beside.weekday() >= SATURDAY and beside not in found and beside not in made_up:
                found.add(beside)
                edge.append(beside)
    return found


def _name_near(day: date, named: dict[date, tuple[str, str]]) -> tuple[str, str]:
    """The festival's own name, or that of the nearest festival day (before, if two are as near); its eve names only itself."""
    festivals = [other for other in named if named[other] != EVE]
    chinese, english = named.get(day) or named[min(festivals, key=lambda other: (abs(other - day), other))]
    return chinese.partition("（")[0], english.partition(" (observed")[0]
