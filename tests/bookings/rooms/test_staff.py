"""Rooms and bookings on the staff's screens."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from bookings.rooms.facts import facts_of
from bookings.rooms.models import Booking, OpeningRule, Room, RoomPrice
from hub.audit.models import Line
from tests.factories.rooms import SUNDAY, RoomFactory, book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def test_the_queue_shows_what_waits_and_a_press_answers_it(hub: Any, as_role: Callable[..., Client]) -> None:
    booking = book(hub, RoomFactory(hub=hub, is_by_approval=True))
    clerk = as_role("clerk")
    assert f"{booking.reference[:4]} {booking.reference[4:]}" in clerk.get("/admin/to_answer/").content.decode()
    assert clerk.post(f"/admin/booking/approve/{booking.pk}/").status_code == 302
    booking.refresh_from_db()
    assert booking.state == "confirmed"


def test_names_and_numbers_in_the_list_are_masked(hub: Any, as_role: Callable[..., Client]) -> None:
    book(hub, RoomFactory(hub=hub))
    page = as_role("operator").get("/admin/booking/").content.decode()
    assert "王**" in page
    assert "138****1234" in page
    assert "13800001234" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_as_often_with_one_row_as_with_three(
    hub: Any, as_role: Callable[..., Client], count: int, django_assert_num_queries: Any
) -> None:
    room = RoomFactory(hub=hub)
    for n in range(count):
        book(hub, room, f"{8 + 2 * n:02d}:00", f"{9 + 2 * n:02d}:00")
    clerk = as_role("clerk")
    clerk.get("/admin/booking/")
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        clerk.get("/admin/booking/")


QUERIES_OF_THE_LIST = 14


def test_taking_a_booking_down_for_somebody(hub: Any, as_role: Callable[..., Client]) -> None:
    room = RoomFactory(hub=hub, is_by_approval=True)
    typed = {
        "room": room.pk,
        "day": SUNDAY,
        "start": "09:00",
        "end": "10:00",
        "people": "5",
        "name": "李建国",
        "phone": "66212591",
        "purpose": "开会",
        "channel": "phone",
    }
    assert as_role("operator").post("/admin/booking/book/", typed).status_code == 302
    booking = Booking.objects.get()
    assert (booking.state, booking.channel, booking.contact_phone, booking.taken_by.username) == ("confirmed", "phone", "037166212591", "xidajie-operator")


def room_form(**change: Any) -> dict[str, Any]:
    """What the browser sends from the room's form."""
    form = {
        "name_zh": "木工房", "name_en": "", "about_zh": "", "about_en": "", "slug": "wood", "drawing": "", "sort_order": "100", "floor": "1", "number": "101",
        "area_m2": "", "capacity": "8", "first_part": "500", "last_part": "500", "way_there_zh": "", "way_there_en": "", "equipment_zh": "", "equipment_en": "",
        "manners_zh": "", "manners_en": "", "is_published": "on", "is_step_free": "on", "grid_minutes": "30", "buffer_minutes": "0", "shortest_minutes": "60",
        "longest_minutes": "240", "lead_minutes": "0", "horizon_days": "30", "cancel_until_minutes": "120", "decide_within_minutes": "1440",
        "opening_rules-TOTAL_FORMS": "1", "opening_rules-INITIAL_FORMS": "0", "opening_rules-MIN_NUM_FORMS": "0", "opening_rules-MAX_NUM_FORMS": "1000",
        "opening_rules-0-weekday": "6", "opening_rules-0-opens_at": "08:00", "opening_rules-0-closes_at": "20:00", "opening_rules-0-use": "bookable",
        "prices-TOTAL_FORMS": "1", "prices-INITIAL_FORMS": "0", "prices-MIN_NUM_FORMS": "0", "prices-MAX_NUM_FORMS": "1000",
        "prices-0-valid_from": "2026-01-01", "prices-0-fen_an_hour": "20.50", "prices-0-deposit_fen": "100",
    }  # fmt: skip
    return {**form, **change}


def test_a_room_is_opened_with_hours_and_a_price_in_yuan(hub: Any, as_role: Callable[..., Client]) -> None:
    reply = as_role("director").post("/admin/room/new/", room_form())
    assert reply.status_code == 302
    room = Room.objects.get(slug="wood")
    assert (room.hub, OpeningRule.objects.filter(room=room).count(), RoomPrice.objects.get(room=room).fen_an_hour) == (hub, 1, 2050)
    assert Line.objects.filter(subject_label="rooms.room", verb="create").count() == 1
    assert book(hub, room, "09:00", "11:00", people=3).price_fen == 4100


def test_an_edit_is_in_force_at_once(hub: Any, as_role: Callable[..., Client]) -> None:
    as_role("director").post("/admin/room/new/", room_form())
    room = Room.objects.get(slug="wood")
    facts = facts_of(hub, "wood")
    assert facts is not None
    rule, price = room.opening_rules.get(), room.prices.get()
    again = room_form(
        capacity="3",
        **{
            "opening_rules-INITIAL_FORMS": "1",
            "opening_rules-0-id": rule.pk,
            "prices-INITIAL_FORMS": "1",
            "prices-0-id": price.pk,
            "prices-0-fen_an_hour": "30",
        },
    )
    assert as_role("director").post(f"/admin/room/edit/{room.pk}/", again).status_code == 302
    changed = facts_of(hub, "wood")
    assert changed is not None
    assert (facts.capacity, changed.capacity, changed.prices[0].fen_an_hour) == (8, 3, 3000)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"opening_rules-0-closes_at": "07:00"}, "结束早于开始"),
        ({"first_part": "9", "last_part": "3"}, "最后一部分不能小于第一部分"),
        ({"shortest_minutes": "300"}, "最长不能比最短还短"),
        ({"prices-0-fen_an_hour": "二十"}, "二十"),
        ({"capacity": "0"}, ""),
    ],
)
def test_a_room_that_makes_no_sense_is_refused_in_words(hub: Any, as_role: Callable[..., Client], change: dict[str, str], words: str) -> None:
    reply = as_role("director").post("/admin/room/new/", room_form(**change))
    assert (reply.status_code, Room.objects.filter(slug="wood").exists()) == (200, False)
    assert words in reply.content.decode()


def test_two_rooms_of_one_address_are_refused_in_the_form(hub: Any, as_role: Callable[..., Client]) -> None:
    RoomFactory(hub=hub, slug="wood")
    assert as_role("director").post("/admin/room/new/", room_form()).status_code == 200


def test_closing_shows_who_is_concerned_before_it_tells_them(hub: Any, as_role: Callable[..., Client]) -> None:
    room = RoomFactory(hub=hub)
    booking = book(hub, room)
    clerk = as_role("clerk")
    typed = {"day": SUNDAY, "last_day": SUNDAY, "reason": "修暖气"}
    looked = clerk.post(f"/admin/room/close/{room.pk}/", typed)
    booking.refresh_from_db()
    assert (looked.status_code, booking.state) == (200, "confirmed")
    assert f"{booking.reference[:4]} {booking.reference[4:]}" in looked.content.decode()
    assert clerk.post(f"/admin/room/close/{room.pk}/", {**typed, "seen": "1"}).status_code == 302
    booking.refresh_from_db()
    assert booking.state == "cancelled"


def test_the_day_on_paper_has_names_and_numbers(hub: Any, as_role: Callable[..., Client]) -> None:
    book(hub, RoomFactory(hub=hub))
    page = as_role("clerk").get(f"/admin/booking/day-sheet/?day={SUNDAY}").content.decode()
    assert "王秀兰" in page
    assert "13800001234" in page


@pytest.mark.parametrize("role", ["editor", "publisher", "admin", "coordinator", "reviewer"])
def test_who_does_not_serve_residents_sees_no_booking(hub: Any, as_role: Callable[..., Client], role: str) -> None:
    booking = book(hub, RoomFactory(hub=hub))
    client = as_role(role)
    for path in ("", f"inspect/{booking.pk}/", "day-sheet/", "book/", f"cancel/{booking.pk}/"):
        assert client.get(f"/admin/booking/{path}").status_code == 404
