"""The one door to the `holidays` package: China's public holidays and make-up workdays 调休.

For years whose notice the package knows (`is_official`) it gives the official days; for later ones it estimates the festivals and
knows no make-up days, which is why somebody of the house confirms a year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import holidays

from hub.workdays.states import Kinds

ONE_DAY = timedelta(days=1)
MAKEUP_ZH, MAKEUP_EN = "调休上班", "Make-up workday"
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
    return year in holidays.China.special_public_holidays


def days_of_year(year: int) -> list[OfficialDay]:
    """Holidays and make-up days of one year, in order. Weekends that touch a holiday belong to it, as in the official notice."""
    swaps = dict(_swaps(year))
    chinese, english = (holidays.China(years=year, language=language) for language in ("zh_CN", "en_US"))
    named = {day: (chinese[day], english[day]) for day in sorted(chinese) if day not in swaps.values()}
    stretch = _with_weekends(set(chinese), made_up=set(swaps))
    found = [OfficialDay(day, Kinds.HOLIDAY, *_name_near(day, named)) for day in stretch if day.year == year]
    found += [OfficialDay(worked, Kinds.MAKEUP, MAKEUP_ZH, MAKEUP_EN, hours_of=free.weekday()) for worked, free in swaps.items()]
    return sorted(found, key=lambda day: day.day_on)


def _swaps(year: int) -> Iterator[tuple[date, date]]:
    """(weekend day that is worked, weekday that is free for it), as the notice pairs them."""
    for month, day, from_month, from_day in holidays.China.special_public_holidays.get(year, ()):
        yield date(year, from_month, from_day), date(year, month, day)


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
    """The festival's own name, or that of the nearest festival day (before, if two are as near)."""
    nearest = min(named, key=lambda other: (abs(other - day), other))
    chinese, english = named[nearest]
    return chinese.partition("（")[0], english.partition(" (observed")[0]
