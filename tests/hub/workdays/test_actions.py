"""Filling a year, confirming it, and the version that tells every process."""

from datetime import date
from typing import Any

import pytest

from hub.audit.models import Line
from hub.core import clock
from hub.workdays import official
from hub.workdays.actions import confirm_year, renew_version, seed_year
from hub.workdays.calendar import calendar_of
from hub.workdays.joins import hubs_without_days, open_calendar, seed_all_hubs
from hub.workdays.models import SpecialDay, YearConfirmed
from hub.workdays.rules import years_to_confirm
from hub.workdays.states import Kinds, Sources
from tests.cast import user_with

pytestmark = pytest.mark.django_db


def days(hub: Any, year: int) -> Any:
    return SpecialDay.objects.at(hub).filter(day_on__year=year)


def test_a_new_hub_has_this_years_holidays_and_the_nexts(frozen: Any, hub: Any) -> None:
    assert set(SpecialDay.objects.at(hub).values_list("day_on__year", "source", "is_confirmed").distinct()) == {
        (2026, Sources.SEEDED, False),
        (2027, Sources.SEEDED, False),
    }
    assert days(hub, 2026).count() == len(official.days_of_year(2026))


def test_filling_again_changes_nothing_and_keeps_the_version(frozen: Any, hub: Any) -> None:
    hub.refresh_from_db()
    before = hub.calendar_version
    assert seed_year(hub=hub, year=2026) == 0
    open_calendar(hub)
    assert seed_all_hubs() == 0
    hub.refresh_from_db()
    assert hub.calendar_version == before


def test_what_staff_wrote_stays(frozen: Any, hub: Any) -> None:
    days(hub, 2026).filter(day_on=date(2026, 10, 7)).update(kind=Kinds.WORKDAY, label_zh="照常", source=Sources.STAFF)
    SpecialDay.objects.create(hub=hub, day_on=date(2026, 12, 15), kind=Kinds.CLOSED, label_zh="检修")
    assert seed_year(hub=hub, year=2026) == 0
    assert list(days(hub, 2026).filter(source=Sources.STAFF).values_list("day_on", "kind", "label_zh")) == [
        (date(2026, 10, 7), Kinds.WORKDAY, "照常"),
        (date(2026, 12, 15), Kinds.CLOSED, "检修"),
    ]


def test_a_newer_list_mends_what_was_seeded(frozen: Any, hub: Any) -> None:
    days(hub, 2026).filter(day_on=date(2026, 10, 7)).update(kind=Kinds.MAKEUP)
    days(hub, 2026).filter(day_on=date(2026, 10, 6)).delete()
    SpecialDay.objects.create(hub=hub, day_on=date(2026, 7, 7), kind=Kinds.HOLIDAY, label_zh="错", source=Sources.SEEDED)
    before = hub.calendar_version
    assert seed_year(hub=hub, year=2026) == 3
    assert [(day.day_on, day.kind) for day in days(hub, 2026)] == [(day.day_on, day.kind) for day in official.days_of_year(2026)]
    assert hub.calendar_version > before


def test_a_confirmed_year_is_left_whole(frozen: Any, hub: Any) -> None:
    confirm_year(hub=hub, year=2026, by=user_with("director", hub))
    days(hub, 2026).filter(day_on=date(2026, 10, 6)).delete()
    assert seed_year(hub=hub, year=2026) == 0


def test_confirming_is_written_down_once(frozen: Any, hub: Any) -> None:
    director = user_with("director", hub)
    first = confirm_year(hub=hub, year=2027, by=director)
    assert confirm_year(hub=hub, year=2027, by=user_with("clerk", hub)) == first
    assert list(YearConfirmed.objects.values_list("hub", "year", "confirmed_by", "confirmed_at")) == [(hub.pk, 2027, director.pk, clock.now())]
    assert Line.objects.filter(verb="confirm_year").count() == 1
    assert days(hub, 2027).filter(is_confirmed=False).count() == 0
    assert (calendar_of(hub).is_confirmed(2027), calendar_of(hub).is_confirmed(2026)) == (True, False)


def test_a_new_version_is_larger_and_known_at_once(hub: Any) -> None:
    before = hub.calendar_version
    renew_version(hub)
    after = hub.calendar_version
    hub.refresh_from_db()
    assert before < hub.calendar_version == after


@pytest.mark.parametrize(
    ("today", "confirmed", "years"),
    [
        (date(2026, 9, 30), set(), [2026]),
        (date(2026, 9, 30), {2026}, []),
        (date(2026, 10, 1), {2026}, [2027]),
        (date(2026, 12, 31), set(), [2026, 2027]),
        (date(2026, 11, 28), {2026, 2027}, []),
    ],
)
def test_the_next_year_is_asked_for_from_october_on(today: date, confirmed: set[int], years: list[int]) -> None:
    assert years_to_confirm(today, confirmed) == years


def test_an_empty_calendar_is_found(frozen: Any, hub: Any, second_hub: Any) -> None:
    assert list(hubs_without_days()) == []
    SpecialDay.objects.at(second_hub).delete()
    assert list(hubs_without_days()) == ["workdays.SpecialDay: beiyuan has no holidays for this year"]
