"""Working days: the plain week, special days over it, and the arithmetic."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.core import clock
from hub.workdays import official
from hub.workdays.actions import renew_version
from hub.workdays.calendar import Calendar, Day, calendar_of, special_day
from hub.workdays.states import Kinds
from tests.factories.workdays import SpecialDayFactory

CHINA_2026 = Calendar({day.day_on: special_day(day.day_on, day.kind, day.label_zh, day.label_en, day.hours_of) for day in official.days_of_year(2026)})

days = st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31))
moments = st.builds(clock.at, days, st.times(timezones=st.none()).map(lambda clock_time: clock_time.replace(fold=0)))
calendars = st.dictionaries(days, st.sampled_from(Kinds.values), max_size=20).map(
    lambda kinds: Calendar({day: special_day(day, kind) for day, kind in kinds.items()})
)
counts = st.integers(min_value=0, max_value=30)
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no failure


def at(month: int, day: int, hour: int = 15) -> datetime:
    return clock.at(date(2026, month, day), time(hour))


@pytest.mark.parametrize(
    ("day", "kind", "hours_of", "is_closed"),
    [
        (date(2026, 11, 27), "workday", 4, False),
        (date(2026, 11, 28), "rest", 5, False),
        (date(2026, 10, 1), "holiday", 7, False),
        (date(2026, 10, 10), "makeup", 2, False),
    ],
)
def test_a_day_is_known_by_its_place_or_by_name(day: date, kind: str, hours_of: int, is_closed: bool) -> None:
    found = CHINA_2026.day(day)
    assert (found.date, found.kind, found.hours_of, found.is_closed) == (day, kind, hours_of, is_closed)


@pytest.mark.parametrize(
    ("kind", "given_hours", "hours_of", "is_closed", "is_workday"),
    [
        (Kinds.HOLIDAY, None, 7, False, False),
        (Kinds.HOLIDAY, 5, 5, False, False),
        (Kinds.MAKEUP, 4, 4, False, True),
        (Kinds.MAKEUP, None, 6, False, True),
        (Kinds.REST, None, 6, False, False),
        (Kinds.WORKDAY, None, 6, False, True),
        (Kinds.CLOSED, None, 6, True, False),
    ],
)
def test_a_special_day_has_the_hours_named_or_its_own(kind: str, given_hours: int | None, hours_of: int, is_closed: bool, is_workday: bool) -> None:
    sunday = date(2026, 11, 29)
    found = special_day(sunday, kind, "名", "name", given_hours)
    assert found == Day(sunday, kind, "名", "name", hours_of, is_closed)
    assert found.is_workday is is_workday


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (at(11, 27), 2, at(12, 1)),  # Friday → Tuesday
        (at(11, 28), 2, at(12, 1)),  # Saturday counts from Monday
        (at(11, 28), 0, at(11, 30)),
        (at(11, 27), 0, at(11, 27)),
        (at(9, 30), 1, at(10, 8)),  # over the National Day
        (at(10, 9), 1, at(10, 10)),  # on to the Saturday that is worked
        (at(2, 13), 2, at(2, 24)),  # over the Spring Festival, the worked Saturday counted
    ],
)
def test_working_days_pass_over_rest_and_count_make_up_days(start: datetime, count: int, end: datetime) -> None:
    assert CHINA_2026.add_working_days(start, count) == end


def test_working_days_are_counted_on_the_houses_clock() -> None:
    late_on_friday_in_utc = datetime.fromisoformat("2026-11-26T16:30:00+00:00")  # Friday 00:30 in the house
    assert CHINA_2026.add_working_days(late_on_friday_in_utc, 1) == clock.at(date(2026, 11, 30), time(0, 30))


def test_backwards_is_refused() -> None:
    with pytest.raises(ValueError):
        Calendar().add_working_days(at(11, 27), -1)


def test_a_calendar_without_a_workday_is_refused_rather_than_searched_for_ever() -> None:
    class NeverWorks(Calendar):
        def is_workday(self, day: date) -> bool:
            return False

    with pytest.raises(ValueError):
        NeverWorks().next_workday(date(2026, 1, 1))


@patient
@given(calendars, moments, counts)
def test_it_never_lands_on_a_rest_day(calendar: Calendar, start: datetime, count: int) -> None:
    end = clock.local(calendar.add_working_days(start, count))
    assert calendar.is_workday(end.date())
    assert end.time() == clock.local(start).time()
    assert end >= start


@patient
@given(calendars, moments, moments, counts)
def test_a_later_start_never_ends_earlier(calendar: Calendar, one: datetime, other: datetime, count: int) -> None:
    first, last = sorted([one, other])
    first_end, last_end = (clock.local(calendar.add_working_days(start, count)).date() for start in (first, last))
    assert first_end <= last_end


@patient
@given(calendars, moments, counts)
def test_one_day_more_ends_later(calendar: Calendar, start: datetime, count: int) -> None:
    assert calendar.add_working_days(start, count + 2) > calendar.add_working_days(start, count + 1) >= calendar.add_working_days(start, count)


@patient
@given(calendars, moments, counts, counts)
def test_adding_twice_is_adding_the_sum_from_a_workday(calendar: Calendar, start: datetime, one: int, other: int) -> None:
    start = calendar.add_working_days(start, 0)
    assert calendar.add_working_days(calendar.add_working_days(start, one), other) == calendar.add_working_days(start, one + other)


@patient
@given(calendars, moments, st.integers(min_value=1, max_value=30))
def test_counting_gives_back_what_was_added(calendar: Calendar, start: datetime, count: int) -> None:
    assert calendar.working_days_between(start, calendar.add_working_days(start, count)) == count


@patient
@given(calendars, days)
def test_next_and_before_are_inverse_on_workdays(calendar: Calendar, day: date) -> None:
    after = calendar.next_workday(day)
    assert after > day
    assert calendar.workday_before(after + timedelta(days=1)) == after
    if calendar.is_workday(day):
        assert calendar.workday_before(after) == day


@pytest.mark.django_db
def test_it_is_read_once_for_each_version(hub: Any) -> None:
    renew_version(hub)
    with CaptureQueriesContext(connection) as queries:
        first = calendar_of(hub)
        assert calendar_of(hub) is first
    assert len(queries) == 2
    SpecialDayFactory(hub=hub, day_on=date(2026, 12, 15))
    assert calendar_of(hub).day(date(2026, 12, 15)).kind == "workday"
    renew_version(hub)
    assert calendar_of(hub).day(date(2026, 12, 15)) == Day(date(2026, 12, 15), "closed", "全馆检修", "House maintenance", 1, is_closed=True)


@pytest.mark.django_db
def test_each_hub_has_its_own_days(hub: Any, second_hub: Any) -> None:
    SpecialDayFactory(hub=hub, day_on=date(2026, 12, 15))
    renew_version(hub)
    assert calendar_of(second_hub).day(date(2026, 12, 15)).kind == "workday"
