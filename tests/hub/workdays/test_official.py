"""The official days, compared with the notices of the State Council."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.workdays import official
from hub.workdays.states import Kinds


def span(month: int, first: int, count: int, year: int) -> list[date]:
    return [date(year, month, first) + timedelta(days=after) for after in range(count)]


NOTICES = {
    2025: {
        "free": [*span(1, 1, 1, 2025), *span(1, 28, 8, 2025), *span(4, 4, 3, 2025), *span(5, 1, 5, 2025), *span(5, 31, 3, 2025), *span(10, 1, 8, 2025)],
        "worked": {(1, 26): 0, (2, 8): 1, (4, 27): 0, (9, 28): 1, (10, 11): 2},
    },
    2026: {
        "free": [
            *span(1, 1, 3, 2026), *span(2, 15, 9, 2026), *span(4, 4, 3, 2026), *span(5, 1, 5, 2026),
            *span(6, 19, 3, 2026), *span(9, 25, 3, 2026), *span(10, 1, 7, 2026),
        ],
        "worked": {(1, 4): 4, (2, 14): 4, (2, 28): 0, (5, 9): 1, (9, 20): 1, (10, 10): 2},
    },
}  # fmt: skip


@pytest.mark.parametrize("year", sorted(NOTICES))
def test_holidays_are_those_of_the_notice(year: int) -> None:
    assert [day.day_on for day in official.days_of_year(year) if day.kind == Kinds.HOLIDAY] == NOTICES[year]["free"]


@pytest.mark.parametrize("year", sorted(NOTICES))
def test_make_up_days_have_the_hours_of_the_day_they_make_up_for(year: int) -> None:
    worked = {(day.day_on.month, day.day_on.day): day.hours_of for day in official.days_of_year(year) if day.kind == Kinds.MAKEUP}
    assert worked == NOTICES[year]["worked"]


def test_a_year_without_a_notice_is_estimated_and_says_so() -> None:
    assert (official.is_official(2026), official.is_official(2027)) == (True, False)
    days = official.days_of_year(2027)
    assert {day.kind for day in days} == {Kinds.HOLIDAY}
    assert days[0].day_on == date(2027, 1, 1)


def test_days_carry_the_festivals_name_in_both_languages() -> None:
    names = {day.day_on: (day.label_zh, day.label_en) for day in official.days_of_year(2026)}
    assert names[date(2026, 10, 7)] == ("国庆节", "National Day")
    assert names[date(2026, 2, 15)] == ("春节", "Chinese New Year (Spring Festival)")
    assert names[date(2026, 2, 16)] == official.EVE
    assert names[date(2026, 10, 10)] == ("调休上班", "Make-up workday")


@settings(deadline=None, max_examples=33)
@given(st.integers(min_value=2008, max_value=2040))
def test_make_up_days_are_weekends_and_nothing_stands_twice(year: int) -> None:
    days = official.days_of_year(year)
    assert len({day.day_on for day in days}) == len(days)
    assert {day.day_on.year for day in days} == {year}
    assert all(day.day_on.weekday() >= 5 and 0 <= day.hours_of < 5 for day in days if day.kind == Kinds.MAKEUP and day.hours_of is not None)
