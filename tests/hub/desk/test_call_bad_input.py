"""What people and programs really send: each row through every way in. Clear words, what was typed kept, never a 5xx, nothing done."""

from typing import Any

import pytest
from django.test import Client

from bookings.orders.models import Order
from bookings.rooms.models import Booking
from hub.desk.models import Call
from hub.people.models import Resident
from hub.promises.models import Promise
from tests.cast import signed_in_as, user_with
from tests.factories.rooms import SUNDAY, RoomFactory
from tests.hub.desk.calling import MOBILE, a_call, a_caller, a_service, code_of, ordering, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MEGABYTE = 1_000_000
BAD_ORDERS = [
    ("no service", {"service": ""}),
    ("a service that is none", {"service": "987654321"}),
    ("a service in words", {"service": "修水管"}),
    ("a number no database counts to", {"service": "9" * 400}),
    ("somebody not offered", {"whom": "987654321"}),
    ("nobody named", {"whom": "other", "name": ""}),
    ("a NUL in the name", {"whom": "other", "name": "王\0"}),
    ("a name too long", {"whom": "other", "name": "王" * 41}),
    ("a day that is over", {"day": "2026-11-27"}),
    ("a day that is none", {"day": "2026-02-30"}),
    ("the last day there is", {"day": "9999-12-31"}),
    ("the first day there is", {"day": "0001-01-01"}),
    ("words for a day", {"day": "明天"}),
    ("a window not offered", {"window": "09:00-11:00"}),
    ("a window that is none", {"window": "25:00-99:00"}),
    ("nothing", {"quantity": "0"}),
    ("a billion", {"quantity": "1000000000"}),
    ("more digits than a number has", {"quantity": "9" * 400}),
    ("words for a number", {"quantity": "很多"}),
    ("a NUL in the words", {"what": "水\0管"}),
    ("a megabyte of words", {"what": "水" * (MEGABYTE // 3)}),
    ("another community", {"community": "987654321"}),
    ("a megabyte of address", {"address": "楼" * (MEGABYTE // 3)}),
    ("half a phone", {"phone": "1380000"}),
    ("a matter that is none", {"matter": "x"}),
    ("the same matter, and there is none", {"matter": "same"}),
    ("an array of services", {"service": ["", "x"]}),
]
BAD_BOOKINGS = [
    ("no room", {"room": ""}),
    ("a room that is none", {"room": "987654321"}),
    ("an end before the start", {"start": "16:00", "end": "14:00"}),
    ("a time that is none", {"start": "25:99"}),
    ("a day beyond the horizon", {"day": "2027-11-01"}),
    ("nobody", {"people": "0"}),
    ("too many", {"people": "9999"}),
    ("a NUL in the purpose", {"purpose": "合\0唱"}),
    ("no purpose", {"purpose": ""}),
    ("a megabyte of purpose", {"purpose": "唱" * (MEGABYTE // 3)}),
    ("another organisation", {"organisation": "987654321"}),
]
BAD_CALL_BACKS = [
    ("no words", {"about": ""}),
    ("a NUL in the words", {"about": "回\0电"}),
    ("a megabyte", {"about": "a" * MEGABYTE}),
    ("a time not offered", {"due": "7"}),
    ("a time in words", {"due": "马上"}),
    ("a colleague who is none", {"owner": "987654321"}),
]


@pytest.fixture
def operator(hub: Any) -> Client:
    return signed_in_as("operator", hub)


def through_every_key(operator: Client, call: Call, typed: dict[str, Any]) -> list[int]:
    return [post(operator, call, step, **typed).status_code for step in ("check", "do", "wrap")]


@pytest.mark.parametrize(("case", "change"), BAD_ORDERS, ids=[case for case, _change in BAD_ORDERS])
def test_an_order_that_cannot_be(hub: Any, operator: Client, case: str, change: dict[str, Any]) -> None:
    person = a_caller(hub)
    call = a_call(hub, person=person)
    typed = {**ordering(a_service(hub), whom=person.pk), "wrap-code": code_of(hub).pk, **change}
    answers = through_every_key(operator, call, typed)
    assert (case, answers) == (case, [422, 422, 422])
    draft = operator.post(f"{call.url}draft/", {**typed, "turn": "0"})
    page = operator.get(call.url)
    assert (draft.status_code, page.status_code, Order.objects.count(), Call.objects.open().count()) == (200, 200, 0, 1)
    if "what" not in change:
        assert "水管漏水" in page.content.decode()


@pytest.mark.parametrize(("case", "change"), BAD_BOOKINGS, ids=[case for case, _change in BAD_BOOKINGS])
def test_a_booking_that_cannot_be(hub: Any, operator: Client, case: str, change: dict[str, Any]) -> None:
    person, room = a_caller(hub), RoomFactory(hub=hub)
    call = a_call(hub, person=person)
    asked = {"day": f"{SUNDAY}", "start": "14:00", "end": "16:00", "people": "12", "purpose": "合唱练习"}
    typed = {"task": "rooms", "room": room.pk, "whom": person.pk, **asked, "wrap-code": code_of(hub).pk, **change}
    assert (case, through_every_key(operator, call, typed), Booking.objects.count()) == (case, [422] * 3, 0)
    assert operator.get(call.url).status_code == 200


@pytest.mark.parametrize(("case", "change"), BAD_CALL_BACKS, ids=[case for case, _change in BAD_CALL_BACKS])
def test_a_call_back_that_cannot_be(hub: Any, operator: Client, case: str, change: dict[str, Any]) -> None:
    call = a_call(hub)
    typed = {"task": "call_back", "about": "助听器", "due": "60", "owner": "me", "wrap-code": code_of(hub).pk, **change}
    assert (case, through_every_key(operator, call, typed), Promise.objects.count()) == (case, [422] * 3, 0)
    assert operator.get(call.url).status_code == 200


@pytest.mark.parametrize("asked", ["", "   ", "王\0", "a" * MEGABYTE, "%" * 60, "' OR 1=1 --", "\\", "_", "１", "999999999999999999999", "𬭊", "a\u202eb"])
def test_odd_questions_to_the_one_box(hub: Any, operator: Client, asked: str) -> None:
    a_caller(hub)
    page = operator.post("/desk/", {"asked": asked, "channel": "phone"})
    assert page.status_code in {200, 422}
    assert Call.objects.count() == 0


@pytest.mark.parametrize("channel", ["", "x", "web", "\0"])
def test_a_channel_that_is_none(operator: Client, channel: str) -> None:
    assert operator.post("/desk/", {"asked": MOBILE, "channel": channel}).status_code == 422
    assert operator.post("/desk/open/", {"name": "王秀兰", "channel": channel or "x"}).status_code == 422


@pytest.mark.parametrize(
    "typed", [{}, {"person": "x"}, {"person": "-1"}, {"person": "9" * 30}, {"name": "王\0"}, {"name": "王" * 41}, {"phone": "1380"}, {"phone": "a" * MEGABYTE}]
)
def test_an_opening_that_is_none(operator: Client, typed: dict[str, str]) -> None:
    assert operator.post("/desk/open/", typed).status_code == 422
    assert Call.objects.count() == 0


@pytest.mark.parametrize(
    ("step", "status"),
    [
        ("person-", 404),
        ("person-x", 404),
        ("person-987654321", 404),
        ("person-" + "9" * 40, 404),
        ("person-１", 404),
        ("task-nothing", 302),
        ("", 200),
        ("x", 200),
    ],
)
def test_a_key_that_is_none(hub: Any, operator: Client, step: str, status: int) -> None:
    person = a_caller(hub)
    call = a_call(hub, person=person)
    assert post(operator, call, step, **ordering(a_service(hub), whom=person.pk)).status_code == status


@pytest.mark.parametrize("turn", ["", "1", "-1", "x", "9" * 400, "１", "0\0"])
def test_a_turn_that_is_not_the_next(hub: Any, operator: Client, turn: str) -> None:
    person = a_caller(hub)
    call = a_call(hub, person=person)
    assert post(operator, call, "do", **ordering(a_service(hub), whom=person.pk, turn=turn)).status_code == 422
    assert Order.objects.count() == 0


@pytest.mark.parametrize("given", [{"wrap-code": "x"}, {"wrap-code": "987654321"}, {"wrap-note": "a" * MEGABYTE}, {"wrap-note": "a\0"}])
def test_an_end_that_cannot_be(hub: Any, operator: Client, given: dict[str, str]) -> None:
    call = a_call(hub)
    assert post(operator, call, "close", **{"wrap-code": str(code_of(hub).pk), **given}).status_code == 422
    assert Call.objects.open().count() == 1


@pytest.mark.parametrize("name", ["", "王\0", "王" * 41, "   "])
def test_a_new_name_that_is_none(hub: Any, operator: Client, name: str) -> None:
    call = a_call(hub)
    assert post(operator, call, "new_person", **{"new-name": name}).status_code == 422
    assert Resident.objects.count() == 0


def test_another_hubs_rows_are_not_there(hub: Any, second_hub: Any, operator: Client) -> None:
    theirs = a_call(second_hub, by=user_with("operator", second_hub))
    stranger, person = a_caller(second_hub), a_caller(hub)
    call = a_call(hub, person=person)
    assert [operator.get(theirs.url).status_code, operator.post(f"{theirs.url}draft/", {"what": "x"}).status_code] == [404, 404]
    assert post(operator, call, f"person-{stranger.pk}").status_code == 404
    assert post(operator, call, "do", **ordering(a_service(second_hub), whom=person.pk)).status_code == 422
    assert post(operator, call, "close", **{"wrap-code": code_of(second_hub).pk}).status_code == 422
    assert (Order.objects.count(), Call.objects.open().count()) == (0, 2)


@pytest.mark.parametrize("name", ["\ud800", "\udfff半"])
def test_half_characters_are_kept_nowhere(hub: Any, operator: Client, name: str) -> None:
    call = a_call(hub)
    body = f"task=orders&turn=0&step=check&what={'%ED%A0%80'}abc"
    for address in (call.url, f"{call.url}draft/"):
        assert operator.post(address, body, content_type="application/x-www-form-urlencoded").status_code in {200, 422}
    call.refresh_from_db()
    assert name not in str(call.draft)
    assert operator.get(call.url).status_code == 200


@pytest.mark.parametrize("address", ["/desk/calls/nothing/", "/desk/calls/" + "a" * 3000 + "/", "/desk/calls/nothing/draft/", "/desk/missed/nothing/ring/"])
def test_what_is_not_there(operator: Client, address: str) -> None:
    assert operator.post(address).status_code == 404


@pytest.mark.parametrize("address", ["/desk/%00/", "/desk/calls/%00/", "/desk/?q=%00"])
def test_a_nul_in_the_address_is_no_question(operator: Client, address: str) -> None:
    assert operator.get(address).status_code == 400


def test_a_caller_never_shows_markup(hub: Any, operator: Client) -> None:
    person = a_caller(hub, name="<b>王</b>", flag_note="<script>alert(1)</script>")
    call = a_call(hub, person=person)
    post(operator, call, "check", **ordering(a_service(hub), whom=person.pk, what="<img src=x onerror=alert(1)>"))
    page = operator.get(call.url).content.decode()
    assert [mark for mark in ("<b>王", "<script>alert", "<img src=x") if mark in page] == []
