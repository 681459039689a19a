"""The staff's screen of special days, the button that confirms a year, the banner."""

from datetime import date
from typing import Any

import pytest

from hub.audit.models import Line
from hub.people.states import Roles
from hub.workdays.models import SpecialDay, YearConfirmed
from hub.workdays.states import Kinds, Sources
from tests.factories.workdays import SpecialDayFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/special_days/"
DAY = {"day_on": "2026-12-15", "kind": "closed", "label_zh": "检修", "label_en": "", "hours_of": ""}


@pytest.mark.parametrize("role", Roles.values)
def test_clerks_and_the_director_keep_the_days(as_role: Any, role: str) -> None:
    expected = 200 if role in {Roles.CLERK, Roles.DIRECTOR} else 404
    client = as_role(role)
    answers = [client.get(address).status_code for address in (LIST, f"{LIST}new/", f"{LIST}confirm/2026/")]
    assert {answer if answer == 200 else 404 for answer in answers} == {expected}


def test_a_new_day_is_the_houses_word_and_renews_the_version(as_role: Any, hub: Any) -> None:
    hub.refresh_from_db()
    before = hub.calendar_version
    assert as_role("clerk").post(f"{LIST}new/", DAY).status_code == 302
    day = SpecialDay.objects.at(hub).get(day_on=date(2026, 12, 15))
    assert (day.kind, day.source, day.is_confirmed) == (Kinds.CLOSED, Sources.STAFF, True)
    hub.refresh_from_db()
    assert hub.calendar_version > before
    assert Line.objects.filter(subject_label="workdays.specialday", verb="create").count() == 1


def test_a_day_stands_once_and_what_was_typed_stays(as_role: Any, hub: Any) -> None:
    SpecialDayFactory(hub=hub, day_on=date(2026, 12, 15))
    answer = as_role("clerk").post(f"{LIST}new/", DAY)
    assert answer.status_code == 200
    assert "检修" in answer.content.decode()
    assert SpecialDay.objects.at(hub).filter(day_on=date(2026, 12, 15)).count() == 1


def test_a_seeded_day_that_is_changed_becomes_the_houses(as_role: Any, hub: Any, frozen: Any) -> None:
    seeded = SpecialDayFactory(hub=hub, source=Sources.SEEDED, is_confirmed=False)
    assert as_role("director").post(f"{LIST}edit/{seeded.pk}/", {**DAY, "kind": "workday"}).status_code == 302
    seeded.refresh_from_db()
    assert (seeded.kind, seeded.source, seeded.is_confirmed) == (Kinds.WORKDAY, Sources.STAFF, True)


@pytest.mark.parametrize(("source", "left"), [(Sources.STAFF, 0), (Sources.SEEDED, 1)])
def test_only_the_houses_own_days_are_deleted(as_role: Any, hub: Any, source: str, left: int) -> None:
    day = SpecialDayFactory(hub=hub, source=source)
    hub.refresh_from_db()
    before = hub.calendar_version
    as_role("clerk").post(f"{LIST}delete/{day.pk}/")
    hub.refresh_from_db()
    assert SpecialDay.objects.filter(pk=day.pk).count() == left
    assert (hub.calendar_version > before) is (left == 0)


def test_another_hubs_day_is_absent(as_role: Any, second_hub: Any) -> None:
    day = SpecialDayFactory(hub=second_hub)
    client = as_role("director")
    assert [client.get(f"{LIST}{verb}/{day.pk}/").status_code for verb in ("edit", "delete")] == [404, 404]
    assert "全馆检修" not in client.get(LIST).content.decode()


def test_a_year_is_confirmed_by_a_button(as_role: Any, hub: Any, frozen: Any) -> None:
    client = as_role("clerk")
    assert "国庆节" in client.get(f"{LIST}confirm/2027/").content.decode()
    assert YearConfirmed.objects.count() == 0
    assert client.post(f"{LIST}confirm/2027/").status_code == 302
    assert list(YearConfirmed.objects.values_list("hub", "year")) == [(hub.pk, 2027)]


@pytest.mark.parametrize("year", [2025, 2028])
def test_other_years_are_not_confirmed(as_role: Any, frozen: Any, year: int) -> None:
    assert as_role("clerk").post(f"{LIST}confirm/{year}/").status_code == 404


@pytest.mark.parametrize(("role", "shown"), [("clerk", True), ("editor", False)])
def test_the_banner_asks_who_can_confirm(as_role: Any, frozen: Any, role: str, shown: bool) -> None:
    page = as_role(role).get("/admin/")
    assert page.status_code == 200
    assert (f"{LIST}confirm/2027/" in page.content.decode()) is shown


def test_the_banner_goes_when_all_is_confirmed(as_role: Any, hub: Any, frozen: Any) -> None:
    client = as_role("clerk")
    for year in (2026, 2027):
        client.post(f"{LIST}confirm/{year}/")
    assert f"{LIST}confirm/" not in client.get("/admin/").content.decode()
