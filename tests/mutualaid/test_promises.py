"""What is owed and kept by doing it is done on its own page: nobody ticks it off from the list of promises."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hub.core import clock
from hub.promises.models import Promise
from mutualaid.vanguard.jobs import remind_to_close
from mutualaid.volunteers.actions.reversals import ask_correction
from tests.cast import signed_in_as
from tests.factories import clothing, volunteers
from tests.factories.people import UserFactory
from tests.factories.swapshop import a_swapper, handed_in
from tests.factories.vanguard import a_post, past_ratings, rated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def badly_rated(hub: Any) -> str:
    a_post(hub, number=1, takes_rest=True)
    return f"/admin/vanguard_rating/put-right/{rated(hub, 1).pk}/"


def a_month_to_close(hub: Any) -> str:
    past_ratings(a_post(hub, number=1), date(2026, 10, 1), (20, 0, 0, 0, 0))
    assert remind_to_close() == 1
    return "/admin/vanguard_rating/month/2026-10/"


def hours_said_to_be_wrong(hub: Any) -> str:
    person = volunteers.a_volunteer(hub, user=UserFactory())
    entry = volunteers.confirmed(person)
    ask_correction(entry=entry, words="少记了半小时", by=person.user)
    return f"/admin/hoursentry/inspect/{entry.pk}/"


def a_thing_to_look_at(hub: Any) -> str:
    return f"/admin/swap_item/inspect/{handed_in(a_swapper(hub)).pk}/"


def a_parcel_to_make_ready(hub: Any) -> str:
    garment = clothing.garment(hub)
    clothing.intake(hub, by=None)
    return f"/admin/parcel/inspect/{clothing.parcel(hub, garment).pk}/"


@pytest.mark.parametrize("owed", [badly_rated, a_month_to_close, hours_said_to_be_wrong, a_thing_to_look_at, a_parcel_to_make_ready])
def test_it_is_done_where_it_is_done(hub: Any, owed: Callable[[Any], str]) -> None:
    where = owed(hub)
    made, director = Promise.objects.open().get(), signed_in_as("director", hub)
    assert director.get(where).status_code == 200
    page = director.get(f"/admin/promises/inspect/{made.pk}/")
    assert (page.status_code, "去办" in page.content.decode()) == (200, True)
    answers = [getattr(director, method)(f"/admin/promises/keep/{made.pk}/") for method in ("get", "post")]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, where)] * 2
    made.refresh_from_db()
    assert (made.is_open, made.due_at > clock.now()) == (True, True)
    assert director.post(f"/admin/promises/drop/{made.pk}/", {"reason": "弄错了"}).status_code == 302
    made.refresh_from_db()
    assert not made.is_open


@pytest.mark.parametrize("owed", [badly_rated, a_month_to_close])
def test_who_finds_no_page_finds_no_button(hub: Any, owed: Callable[[Any], str]) -> None:
    where = owed(hub)
    made, operator = Promise.objects.open().get(), signed_in_as("operator", hub)
    assert operator.get(where).status_code == 404
    page = operator.get(f"/admin/promises/inspect/{made.pk}/")
    assert (page.status_code, "去办" in page.content.decode(), f"/keep/{made.pk}/" in page.content.decode()) == (200, False, False)
    assert {getattr(operator, method)(f"/admin/promises/keep/{made.pk}/").status_code for method in ("get", "post")} == {404}
    assert Promise.objects.get().is_open
