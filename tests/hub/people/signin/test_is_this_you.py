"""A number that stands with somebody the house knows."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from hub.people.models import ContactPhone, Resident
from tests.hub.people.signin.conftest import PHONE, sign_in_by_code, who

pytestmark = pytest.mark.django_db
ASKED = "/login/is-this-you/"


@pytest.fixture
def granny(hub: Any) -> Resident:
    resident = Resident.objects.create(hub=hub, name="张桂兰", birth_on=date(1950, 3, 8))
    ContactPhone.objects.create(hub=hub, resident=resident, number=PHONE)
    return resident


def test_the_birth_date_joins_the_account_to_the_person(granny: Resident, visitor: Client) -> None:
    asked = sign_in_by_code(visitor, next="/rooms/")
    assert asked["Location"] == f"{ASKED}?next=%2Frooms%2F"
    page = visitor.get(asked["Location"]).content.decode()
    assert "张" not in page
    joined = visitor.post(ASKED, {"birth_on": "1950年3月8日", "next": "/rooms/"})
    assert joined["Location"] == "/rooms/"
    granny.refresh_from_db()
    assert str(granny.user_id) == who(visitor)
    assert visitor.get(ASKED)["Location"] == "/me/"


def test_a_wrong_fact_joins_nobody_and_names_nobody(granny: Resident, visitor: Client) -> None:
    sign_in_by_code(visitor)
    answer = visitor.post(ASKED, {"birth_on": "1950-03-09"})
    granny.refresh_from_db()
    assert (answer.status_code, bool(answer.context["form"].errors), granny.user_id, "张" in answer.content.decode()) == (200, True, None, False)


def test_it_may_be_left_for_another_day(granny: Resident, visitor: Client) -> None:
    sign_in_by_code(visitor)
    assert 'href="/me/"' in visitor.get(ASKED).content.decode()


def test_five_tries_a_day(granny: Resident, visitor: Client) -> None:
    with time_machine.travel("2026-11-28T02:00:00Z", tick=False) as clock:
        sign_in_by_code(visitor)
        for day in range(1, 6):
            visitor.post(ASKED, {"birth_on": f"1950-01-0{day}"})
        clock.shift(timedelta(hours=2))
        visitor.post(ASKED, {"birth_on": "1950-03-08"})
        granny.refresh_from_db()
        assert granny.user_id is None
        clock.shift(timedelta(hours=23))
        visitor.post(ASKED, {"birth_on": "1950-03-08"})
    granny.refresh_from_db()
    assert granny.user_id is not None


def test_an_unknown_number_is_asked_nothing(hub: Any, visitor: Client) -> None:
    assert sign_in_by_code(visitor)["Location"] == "/me/"
    assert visitor.get(ASKED)["Location"] == "/me/"


def test_visitors_are_sent_to_the_door(hub: Any, visitor: Client) -> None:
    assert visitor.get(ASKED)["Location"] == f"/login/?next={ASKED}"


BAD: list[dict[str, Any]] = [
    {},
    {"birth_on": ""},
    {"birth_on": "1950-02-30"},
    {"birth_on": "9" * 1_000_000},
    {"birth_on": ["a", "b"]},
    {"birth_on": "1950\x00"},
    {"id_tail": "12"},
    {"id_tail": "９９９９９"},
    {"birth_on": "1950-03-08", "id_tail": "??"},
]


@pytest.mark.parametrize("fields", BAD)
def test_bad_input_is_answered_by_a_sentence_and_costs_no_try(granny: Resident, visitor: Client, fields: dict[str, Any]) -> None:
    sign_in_by_code(visitor)
    for _each in range(6):
        answer = visitor.post(ASKED, fields)
        assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)
    visitor.post(ASKED, {"birth_on": "19500308"})
    granny.refresh_from_db()
    assert granny.user_id is not None
