"""The desk's pages: one box, a call, what is typed in it, and how it ends."""

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.users.models import UserProfile

from bookings.orders.models import Order, OrderCall
from bookings.payments.models import Charge
from bookings.rooms.models import Booking
from hub.audit.models import Line
from hub.core import clock
from hub.core.joins import desk_tasks
from hub.core.references import grouped
from hub.core.wording import spoken_reference
from hub.desk.models import Call
from hub.people.models import Resident
from hub.promises.models import Promise
from tests.cast import signed_in_as, user_with
from tests.factories.orders import entitled, order
from tests.factories.people import RelationshipFactory, ResidentFactory, id_number
from tests.factories.rooms import SUNDAY, RoomFactory, book
from tests.hub.desk.calling import LANDLINE, MOBILE, a_call, a_caller, a_service, code_of, ordering, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def operator(hub: Any) -> Client:
    return signed_in_as("operator", hub)


def search(client: Client, asked: str, channel: str = "phone") -> Any:
    return client.post("/desk/", {"asked": asked, "channel": channel})


# --- the one box ----------------------------------------------------------------------------------------------------
def test_the_desk_opens_with_the_cursor_in_the_one_box(operator: Client) -> None:
    page = operator.get("/desk/")
    assert page.status_code == 200
    assert page.content.decode().count("autofocus") == 1
    assert page["Cache-Control"].count("no-store") == 1


@pytest.mark.parametrize("asked", ["13800001234", "138 0000 1234", "+86 138 0000 1234", "王秀兰", "wxl", "0024"])
def test_one_hit_opens_the_call(hub: Any, operator: Client, asked: str) -> None:
    person = a_caller(hub, id_number=id_number(serial=2))
    assert person.id_tail[:3] == "002"
    answer = search(operator, asked if asked != "0024" else person.id_tail)
    call = Call.objects.get()
    assert (answer.status_code, answer["Location"], call.person) == (302, call.url, person)
    assert MOBILE not in answer["Location"]


def test_several_people_at_one_landline_are_one_call_and_a_choice(hub: Any, operator: Client) -> None:
    people = [a_caller(hub, name=name, phone=LANDLINE) for name in ("王秀兰", "李大爷")]
    search(operator, "66218834")
    call = Call.objects.get()
    assert (call.person, call.phone) == (None, LANDLINE)
    page = operator.get(call.url).content.decode()
    assert all(f'value="person-{person.pk}"' in page for person in people)
    post(operator, call, f"person-{people[1].pk}")
    call.refresh_from_db()
    assert call.person == people[1]


def test_several_of_a_name_are_a_list_of_masked_names(hub: Any, operator: Client) -> None:
    people = [a_caller(hub, phone=f"1380000000{n}") for n in range(2)]
    page = search(operator, "王秀兰")
    assert page.status_code == 200
    assert Call.objects.count() == 0
    said = page.content.decode()
    assert said.count("王**") == 2 and said.count("data-choose=") == 2
    answer = operator.post("/desk/open/", {"person": people[0].pk, "channel": "counter"})
    call = Call.objects.get()
    assert (answer["Location"], call.person, call.channel) == (call.url, people[0], "counter")


def test_an_unknown_number_is_enough(operator: Client) -> None:
    search(operator, "0371 6621 8834")
    assert (Call.objects.get().phone, Call.objects.get().person) == (LANDLINE, None)


def test_an_unknown_name_is_asked_for_a_number_on_the_same_page(operator: Client) -> None:
    page = search(operator, "欧阳小小")
    assert 'value="欧阳小小"' in page.content.decode()
    answer = operator.post("/desk/open/", {"name": "欧阳小小", "phone": "66218834", "channel": "phone"})
    call = Call.objects.get()
    assert (answer["Location"], call.name, call.phone) == (call.url, "欧阳小小", LANDLINE)


@pytest.mark.parametrize("what", ["order", "booking"])
def test_a_reference_leads_to_whose_it_is(hub: Any, operator: Client, what: str) -> None:
    person = a_caller(hub)
    made = order(hub, a_service(hub), for_person=person) if what == "order" else book(hub, RoomFactory(hub=hub), "14:00", "16:00", for_person=person)
    page = search(operator, grouped(made.reference)).content.decode()
    assert f'name="person" value="{person.pk}"' in page
    assert f"/admin/{what}/inspect/{made.pk}/" in page


def test_another_hubs_people_and_numbers_are_not_found(second_hub: Any, operator: Client) -> None:
    person = a_caller(second_hub)
    made = order(second_hub, a_service(second_hub))
    search(operator, MOBILE)
    assert Call.objects.get().person is None
    assert operator.post("/desk/open/", {"person": person.pk}).status_code == 404
    assert f"/admin/order/inspect/{made.pk}/" not in search(operator, made.reference).content.decode()


# --- the card -------------------------------------------------------------------------------------------------------
def test_the_card_shows_what_the_operator_needs(hub: Any, operator: Client) -> None:
    person = a_caller(hub, id_number=id_number(), flags=["hard_of_hearing"], birth_on=date(1948, 3, 8))
    RelationshipFactory(person=person, relative=None, relative_name="刘小燕", relative_phone="13900005561", note="女儿")
    entitled(hub, resident=person, valid_to=date(2027, 3, 31))
    service = a_service(hub)
    made = order(hub, service, for_person=person)
    booked = book(hub, RoomFactory(hub=hub), "14:00", "16:00", for_person=person)
    call = a_call(hub, person=person)
    page = operator.get(call.url).content.decode()
    shown = ("王秀兰", person.id_tail, "听力", "女儿", "139****5561", "2027年3月31日", service.name_zh, booked.room.name_zh, f"/admin/order/inspect/{made.pk}/")
    assert [words for words in shown if words not in page] == []
    assert [words for words in (id_number(), "13900005561") if words in page] == []


def test_opening_a_card_is_a_line_and_looking_again_is_none(hub: Any, operator: Client) -> None:
    person = a_caller(hub)
    search(operator, MOBILE)
    lines = Line.objects.filter(verb="open_card", subject_ref=str(person.pk))
    assert [(line.actor, line.for_person) for line in lines] == [(user_with("operator", hub), "王**")]
    call = Call.objects.get()
    operator.get(call.url)
    operator.get(call.url)
    assert lines.count() == 1


def test_a_colleague_sees_whose_call_it_is_and_nothing_of_the_caller(hub: Any, operator: Client) -> None:
    call = a_call(hub, person=a_caller(hub))
    post(operator, call, "check", what="悄悄话", service="")
    clerk = signed_in_as("clerk", hub)
    page = clerk.get(call.url)
    said = page.content.decode()
    assert page.status_code == 200
    assert [word for word in ("王秀兰", MOBILE, "悄悄话", "2-301") if word in said] == []
    assert clerk.post(call.url, {"step": "check"}).status_code == 409
    assert clerk.post(f"{call.url}draft/", {"task": "orders", "what": "x"}).status_code == 409
    assert clerk.post(f"{call.url}take-over/")["Location"] == call.url
    call.refresh_from_db()
    assert (call.operator, call.draft) == (user_with("clerk", hub), None)
    assert Line.objects.filter(verb="open_card", actor=call.operator).count() == 1
    assert "悄悄话" not in clerk.get(call.url).content.decode()
    assert operator.post(call.url, {"step": "check"}).status_code == 409


# --- somebody new ---------------------------------------------------------------------------------------------------
def test_name_and_number_make_a_resident_without_leaving_what_is_typed(hub: Any, operator: Client) -> None:
    call = a_call(hub, name="欧阳小小")
    answer = post(operator, call, "new_person", **{"new-name": "欧阳小小", "what": "水管漏水"})
    assert answer["Location"] == f"{call.url}?task=orders"
    call.refresh_from_db()
    assert call.person is not None
    assert (call.person.name, [phone.number for phone in call.person.phones.all()]) == ("欧阳小小", [MOBILE])
    assert "水管漏水" in operator.get(call.url).content.decode()


def test_likely_the_same_is_shown_before_saving(hub: Any, operator: Client) -> None:
    known = a_caller(hub, name="欧阳小小", phone="13800009999")
    call = a_call(hub)
    page = post(operator, call, "new_person", **{"new-name": "欧阳小小"})
    assert page.status_code == 422
    assert f'value="person-{known.pk}"' in page.content.decode()
    assert Resident.objects.count() == 1
    post(operator, call, "new_person", **{"new-name": "欧阳小小", "new-is_new": "on"})
    assert Resident.objects.count() == 2


# --- ordering -------------------------------------------------------------------------------------------------------
def test_check_shows_price_and_what_to_read_out_and_does_nothing(hub: Any, operator: Client) -> None:
    person = a_caller(hub)
    entitled(hub, resident=person)
    call = a_call(hub, person=person)
    page = post(operator, call, "check", **ordering(a_service(hub), whom=person.pk))
    said = page.content.decode()
    assert (page.status_code, Order.objects.count()) == (200, 0)
    assert [words for words in ("王秀兰", "上午8点到10点", "2-301") if words not in said] == []
    assert "30" in said


def test_the_preview_alone_is_a_part_of_the_page(hub: Any, operator: Client) -> None:
    person = a_caller(hub)
    call = a_call(hub, person=person)
    typed = {**ordering(a_service(hub), whom=person.pk), "step": "check"}
    part = operator.post(call.url, typed, headers={"X-Desk-Part": "preview"})
    assert part.status_code == 200
    assert "<html" not in part.content.decode() and 'id="say"' in part.content.decode()


def test_done_and_wrapped_up_in_one_step(hub: Any, operator: Client) -> None:
    person = a_caller(hub)
    call = a_call(hub, person=person, channel="counter")
    typed = {**ordering(a_service(hub), whom=person.pk), "wrap-code": code_of(hub, "ordered").pk, "wrap-note": "很客气"}
    answer = post(operator, call, "wrap", **typed)
    made = Order.objects.get()
    assert answer["Location"] == call.url
    assert (made.channel, made.taken_by, made.asked_by, made.for_person) == ("counter", user_with("operator", hub), person, person)
    assert (made.contact_name, made.contact_phone, made.address) == ("王秀兰", MOBILE, f"{person.building.name_zh}2-301")
    assert Charge.objects.get().due_fen == 3000
    call.refresh_from_db()
    assert (call.wrap_up, call.note, call.draft, call.closed_at) == (code_of(hub, "ordered"), "很客气", None, clock.now())
    page = operator.get(call.url).content.decode()
    assert made.reference[:4] in page and made.reference[4:] in page


def test_pressed_twice_it_is_one_order(hub: Any, operator: Client) -> None:
    person = a_caller(hub)
    call = a_call(hub, person=person)
    typed = ordering(a_service(hub), whom=person.pk)
    for step in ("do", "do", "wrap"):
        post(operator, call, step, **typed, **{"wrap-code": code_of(hub).pk})
    call.refresh_from_db()
    assert (Order.objects.count(), call.draft) == (1, None)


def test_a_draft_that_arrives_after_its_order_was_done_is_none(hub: Any, operator: Client) -> None:
    person = a_caller(hub)
    call = a_call(hub, person=person)
    typed = ordering(a_service(hub), whom=person.pk)
    post(operator, call, "do", **typed)
    assert operator.post(f"{call.url}draft/", typed).status_code == 200
    call.refresh_from_db()
    assert call.draft is None


def test_the_same_turn_with_other_words_is_refused(hub: Any, operator: Client) -> None:
    person = a_caller(hub)
    call = a_call(hub, person=person)
    service = a_service(hub)
    post(operator, call, "do", **ordering(service, whom=person.pk))
    page = post(operator, call, "do", **ordering(service, whom=person.pk, what="还有一件", matter="another"))
    assert (page.status_code, Order.objects.count()) == (422, 1)
    answer = post(operator, call, "do", **ordering(service, whom=person.pk, what="还有一件", matter="another", turn="1"))
    assert (answer.status_code, Order.objects.count()) == (302, 2)


def test_asked_for_a_neighbour_both_stand_on_the_order(hub: Any, operator: Client) -> None:
    caller, elder = a_caller(hub), a_caller(hub, name="刘桂兰", phone=LANDLINE, door="1-101")
    RelationshipFactory(person=elder, relative=caller, kind="proxy")
    call = a_call(hub, person=caller)
    post(operator, call, "do", **ordering(a_service(hub), whom=elder.pk))
    made = Order.objects.get()
    assert (made.asked_by, made.for_person, made.contact_name) == (caller, elder, "刘桂兰")
    assert made.address.endswith("1-101")


def test_an_unknown_caller_orders_with_name_number_and_address(hub: Any, operator: Client) -> None:
    call, service = a_call(hub, name="欧阳小小"), a_service(hub)
    refused = post(operator, call, "do", **ordering(service, whom=""))
    assert (refused.status_code, Order.objects.count()) == (422, 0)
    post(operator, call, "do", **ordering(service, whom="", address="书院街12号"))
    made = Order.objects.get()
    assert (made.contact_name, made.contact_phone, made.for_person, made.address) == ("欧阳小小", MOBILE, None, "书院街12号")


def test_the_same_matter_is_shown_and_goes_to_the_first_order(hub: Any, operator: Client) -> None:
    person, service = a_caller(hub), a_service(hub)
    first = order(hub, service, for_person=person)
    call = a_call(hub, person=person)
    checked = post(operator, call, "check", **ordering(service, whom=person.pk)).content.decode()
    assert f"/admin/order/inspect/{first.pk}/" in checked
    assert post(operator, call, "do", **ordering(service, whom=person.pk)).status_code == 422
    read_back = post(operator, call, "check", **ordering(service, whom=person.pk, matter="same")).content.decode()
    assert (spoken_reference(first.reference) in read_back, "不重复下单" in read_back, "标价" in read_back) == (True, True, False)
    post(operator, call, "do", **ordering(service, whom=person.pk, matter="same"))
    assert (Order.objects.count(), OrderCall.objects.get().order) == (1, first)


# --- rooms ----------------------------------------------------------------------------------------------------------
def booking(room: Any, person: Any, **given: Any) -> dict[str, Any]:
    asked = {"day": f"{SUNDAY}", "start": "14:00", "end": "16:00", "people": "12", "purpose": "合唱练习"}
    return {"task": "rooms", "turn": "0", "room": room.pk, "whom": person.pk, **asked, **given}


def test_a_room_is_booked_from_the_call(hub: Any, operator: Client) -> None:
    person, room = a_caller(hub), RoomFactory(hub=hub, is_by_approval=True)
    call = a_call(hub, person=person)
    checked = post(operator, call, "check", **booking(room, person))
    assert (checked.status_code, Booking.objects.count()) == (200, 0)
    assert room.name_zh in checked.content.decode()
    for _press in range(2):
        post(operator, call, "do", **booking(room, person))
    made = Booking.objects.get()
    assert (made.channel, made.taken_by, made.asked_by, made.for_person, made.contact_phone, made.state) == (
        "phone", user_with("operator", hub), person, person, MOBILE, "confirmed",
    )  # fmt: skip


def test_a_room_that_is_taken_answers_with_other_times(hub: Any, operator: Client) -> None:
    person, room = a_caller(hub), RoomFactory(hub=hub)
    book(hub, room, "14:00", "16:00")
    call = a_call(hub, person=person)
    checked = post(operator, call, "check", **booking(room, person)).content.decode()
    assert "op-lines" in checked
    assert (post(operator, call, "do", **booking(room, person)).status_code, Booking.objects.count()) == (422, 1)


# --- call-backs -----------------------------------------------------------------------------------------------------
def test_a_call_back_is_a_promise_that_stays_until_somebody_was_reached(hub: Any, operator: Client) -> None:
    person = a_caller(hub)
    call = a_call(hub, person=person)
    typed = {"task": "call_back", "about": "助听器到货没有", "due": "60", "owner": "team", "wrap-code": code_of(hub, "call_back").pk}
    post(operator, call, "wrap", **typed)
    owed = Promise.objects.get()
    assert (owed.kind, owed.owner, owed.team, owed.due_at) == ("call_back", None, "operator", clock.now() + timedelta(hours=1))
    clerk = signed_in_as("clerk", hub)
    assert "助听器到货没有" in clerk.get("/desk/").content.decode()
    for code, stays in (("not_reached", True), ("answered", False)):
        clerk.post(f"/desk/call-backs/{owed.pk}/ring/")
        ringing = Call.objects.open().get()
        assert (ringing.direction, ringing.person, ringing.phone, ringing.answers) == ("out", person, MOBILE, owed)
        post(clerk, ringing, "close", **{"wrap-code": code_of(hub, code).pk})
        owed.refresh_from_db()
        assert owed.is_open == stays
    assert owed.outcome == "kept"


def test_a_second_call_back_of_one_call_is_refused_not_swallowed(hub: Any, operator: Client) -> None:
    call = a_call(hub)
    typed = {"task": "call_back", "about": "一", "due": "60", "owner": "me"}
    assert post(operator, call, "do", **typed).status_code == 302
    assert post(operator, call, "do", **{**typed, "about": "二", "turn": "1"}).status_code == 422
    assert list(Promise.objects.values_list("note", flat=True)) == ["一"]


# --- drafts and the end ---------------------------------------------------------------------------------------------
def test_what_is_typed_is_kept_and_offered_again_to_the_same_operator(hub: Any, operator: Client) -> None:
    call = a_call(hub)
    answer = operator.post(f"{call.url}draft/", {"task": "orders", "what": "厨房水管又漏了", "turn": "0"})
    assert "10:00:00" in answer.json()["kept"]
    board = operator.get("/desk/").content.decode()
    assert call.url in board and "138****1234" in board
    assert "厨房水管又漏了" in operator.get(call.url).content.decode()
    operator.post(f"{call.url}draft/", {"task": "orders", "what": "", "turn": "0"})
    call.refresh_from_db()
    assert call.draft is None


def test_a_call_is_not_closed_without_a_code(hub: Any, operator: Client) -> None:
    call = a_call(hub)
    for step in ("close", "wrap"):
        assert post(operator, call, step).status_code == 422
    assert Call.objects.open().count() == 1


def test_what_is_typed_and_not_done_is_not_dropped_silently(hub: Any, operator: Client) -> None:
    call = a_call(hub)
    code = {"wrap-code": code_of(hub).pk}
    assert post(operator, call, "close", what="水管漏水", **code).status_code == 422
    operator.post(f"{call.url}draft/", {"task": "rooms", "turn": "0", "purpose": "合唱"})
    page = post(operator, call, "close", **code)
    assert page.status_code == 422
    assert "wrap-drop" in page.content.decode()
    assert post(operator, call, "close", **code, **{"wrap-drop": "on"}).status_code == 302
    call.refresh_from_db()
    assert (call.draft, call.wrap_up) == (None, code_of(hub))


def as_a_browser_sends(page: str) -> dict[str, str]:
    """The fields of the call's form as they stand when nobody touched them: of a list without a choice the first row."""
    sent: dict[str, str] = {}
    for field in BeautifulSoup(page, "html.parser").select("form[data-draft] [name]"):
        if field.name == "select":
            if rows := field.find_all("option"):
                sent[field["name"]] = next((row for row in rows if row.has_attr("selected")), rows[0])["value"]
        elif field.name == "textarea":
            sent[field["name"]] = field.text.strip()
        elif field.get("type") not in {"submit", "checkbox", "radio"} and field.name == "input":
            sent[field["name"]] = field.get("value", "")
    return sent


@pytest.mark.parametrize("task", sorted(task.name for task in desk_tasks))
def test_looking_at_a_task_is_not_typing_in_it(hub: Any, operator: Client, task: str) -> None:
    call = a_call(hub, person=a_caller(hub))
    sent = as_a_browser_sends(operator.get(call.url, {"task": task}).content.decode())
    operator.post(f"{call.url}draft/", sent)
    call.refresh_from_db()
    assert ("turn" in sent, "wrap-code" in sent, call.draft) == (True, True, None)
    assert post(operator, call, "close", **{**sent, "wrap-code": code_of(hub).pk}).status_code == 302


def test_turning_to_another_task_keeps_what_is_typed(hub: Any, operator: Client) -> None:
    call = a_call(hub)
    answer = post(operator, call, "task-rooms", what="水管漏水")
    assert answer["Location"] == f"{call.url}?task=rooms"
    assert 'value="rooms"' in operator.get(answer["Location"]).content.decode()
    assert "水管漏水" in operator.get(f"{call.url}?task=orders").content.decode()


def test_two_tabs_are_two_callers(hub: Any, operator: Client) -> None:
    one, two = a_caller(hub), a_caller(hub, name="李大爷", phone=LANDLINE)
    calls = [a_call(hub, person=person, phone=phone) for person, phone in ((one, MOBILE), (two, LANDLINE))]
    service = a_service(hub)
    pages = [operator.get(call.url).content.decode() for call in calls]
    assert ["王秀兰" in pages[0], "李大爷" in pages[0], "李大爷" in pages[1]] == [True, False, True]
    for call, person in zip(calls, (one, two), strict=True):
        post(operator, call, "do", **ordering(service, whom=person.pk))
    assert set(Order.objects.values_list("asked_by", "for_person", "contact_phone")) == {(one.pk, one.pk, MOBILE), (two.pk, two.pk, LANDLINE)}


def test_a_closed_call_answers_with_what_was_done(hub: Any, operator: Client) -> None:
    call = a_call(hub)
    post(operator, call, "close", **{"wrap-code": code_of(hub).pk})
    assert operator.get(call.url).status_code == 200
    assert post(operator, call, "close", **{"wrap-code": code_of(hub, "complaint").pk})["Location"] == call.url
    call.refresh_from_db()
    assert call.wrap_up == code_of(hub)


# --- language -------------------------------------------------------------------------------------------------------
def test_english_for_who_has_chosen_it(hub: Any, operator: Client) -> None:
    UserProfile.objects.update_or_create(user=user_with("operator", hub), defaults={"preferred_language": "en"})
    call = a_call(hub, person=a_caller(hub))
    for address in ("/desk/", call.url, "/desk/help/"):
        page = operator.get(address).content.decode()
        assert '<html lang="en"' in page and "Alt F" in page
    assert "Do it and wrap up" in operator.get(call.url).content.decode()


@pytest.mark.parametrize("role", ["provider", "volunteer", "editor", "admin", "reviewer", "coordinator"])
def test_others_find_nothing(hub: Any, role: str) -> None:
    call = a_call(hub)
    client = signed_in_as(role, hub)
    assert [client.get(address).status_code for address in ("/desk/", call.url, "/desk/help/")] == [404, 404, 404]


def test_who_is_signed_out_is_led_to_the_door(client: Client) -> None:
    assert client.get("/desk/")["Location"].startswith("/login/")


def test_nobody_lives_at_two_hubs(hub: Any, second_hub: Any) -> None:
    call = a_call(hub)
    assert signed_in_as("operator", second_hub).get(call.url).status_code == 404
    assert ResidentFactory(hub=second_hub).hub == second_hub
