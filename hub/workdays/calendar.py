"""The working calendar of a hub, in process memory: special days over the plain week. Pure but for `calendar_of`, which reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hub.core import clock
from hub.hubs.models import Hub
from hub.workdays.models import SpecialDay, YearConfirmed

WORKDAY, REST, HOLIDAY, MAKEUP, CLOSED = "workday", "rest", "holiday", "makeup", "closed"
WORKS = frozenset({WORKDAY, MAKEUP})
HOURS_OF_HOLIDAYS = 7
SATURDAY = 5
ONE_DAY = timedelta(days=1)
NEVER_AGAIN = 3660  # days without a single workday: a calendar that cannot be meant


@dataclass(frozen=True, slots=True)
class Day:
    """What one day is; `hours_of` is the weekday (0 Monday … 6) whose hours hold, 7 for those of public holidays."""

    date: date
    kind: str
    label_zh: str = ""
    label_en: str = ""
    hours_of: int = 0
    is_closed: bool = False

    @property
    def is_workday(self) -> bool:
        """Whether working days count it."""
        return self.kind in WORKS


@dataclass(frozen=True, slots=True)
class Calendar:
    """Every day there is: those in `special`, all others by their place in the week."""

    special: Mapping[date, Day] = field(default_factory=dict)
    confirmed_years: frozenset[int] = frozenset()

    def day(self, day: date) -> Day:
        """What `day` is."""
        found = self.special.get(day)
        if found is not None:
            return found
        weekday = day.weekday()
        return Day(day, REST if weekday >= SATURDAY else WORKDAY, hours_of=weekday)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on `day`: make-up days do, holidays and closed days do not."""
        return self.day(day).is_workday

    def is_confirmed(self, year: int) -> bool:
        """Whether somebody has looked the year through against the official notice."""
        return year in self.confirmed_years

    def next_workday(self, day: date) -> date:
        """The first workday after `day`."""
        return self._step(day, ONE_DAY)

    def workday_before(self, day: date) -> date:
        """The last workday before `day`."""
        return self._step(day, -ONE_DAY)

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """The moment `days` working days after `start`, at the same time of the day on the house's clock.

        What begins on a rest day begins with the next workday: its first day is that one. With 0 days a workday stays as it is.
        ValueError for negative days.
        """
        if days < 0:
            raise ValueError("working days are counted forwards")
        moment = clock.local(start)
        day = moment.date()
        if not self.is_workday(day):
            day, days = self.next_workday(day), max(days - 1, 0)
        for _each in range(days):
            day = self.next_workday(day)
        return clock.at(day, moment.time())

    def working_days_between(self, start: datetime, end: datetime) -> int:
        """How many workdays lie after the day of `start` up to the day of `end`; 0 when `end` is not later."""
        day, last, found = clock.local(start).date(), clock.local(end).date(), 0
        while (day := day + ONE_DAY) <= last:
            found += self.is_workday(day)
        return found

    def _step(self, day: date, step: timedelta) -> date:
        for _each in range(NEVER_AGAIN):
            day += step
            if self.is_workday(day):
                return day
        raise ValueError("no workday in ten years: look at the special days")


_kept: dict[int, tuple[int, Calendar]] = {}


def calendar_of(hub: Hub) -> Calendar:
    """The hub's calendar, read once for each version of it in this process."""
    kept = _kept.get(hub.pk)
    if kept is None or kept[0] != hub.calendar_version:
        kept = _kept[hub.pk] = (hub.calendar_version, read_calendar(hub))
    return kept[1]


def read_calendar(hub: Hub) -> Calendar:
    """The hub's calendar as it stands in the database."""
    days = SpecialDay.objects.at(hub).values_list("day_on", "kind", "label_zh", "label_en", "hours_of")
    years = YearConfirmed.objects.at(hub).values_list("year", flat=True)
    return Calendar({row[0]: special_day(*row) for row in days}, frozenset(years))


def special_day(day: date, kind: str, label_zh: str = "", label_en: str = "", hours_of: int | None = None) -> Day:
    """A special day with its hours: those named, else the holidays' for a holiday and its own weekday's for any other."""
    if hours_of is None:
        hours_of = HOURS_OF_HOLIDAYS if kind == HOLIDAY else day.weekday()
    return Day(day, kind, label_zh, label_en, hours_of, is_closed=kind == CLOSED)
