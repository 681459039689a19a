"""Booking a room, changing one's mind, and everything that goes wrong on the way."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect

from bookings.rooms.models import Booking, Room
from bookings.rooms.states import BookingStates
from hub.core.references import grouped
from tests.cast import user_with
from tests.factories.rooms import SUNDAY, book
from tests.journeys.conftest import Visitor, a_visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WHO = {"name": "王秀兰", "phone": "１３８ 0000 1234", "purpose": "楼院舞蹈队排练"}
TIME = f"day={SUNDAY}&start=14:00&end=16:00&people=5"


def ask_the_finder(visitor: Visitor, *, people: str = "5") -> None:
    """Tomorrow at two, for two hours."""
    visitor.page.check(f"[name=day][value='{SUNDAY}']")
    visitor.choose(start="14:00")
    visitor.page.check("[name=length][value='120']")
    visitor.fill(people=people)
    visitor.press("form[method=get] .key-main")


def to_the_check_page(visitor: Visitor, room: Room) -> None:
    """From the room's link in the finder's answer to the last page before booking."""
    visitor.go(f"/rooms/{room.slug}/book/?{TIME}")
    visitor.fill(**WHO)
    visitor.press("button[value=check]")


def test_from_the_front_door_to_the_slip_in_six_screens(visitor: Visitor, room: Room, hub: Any) -> None:
    visitor.go("/")
    visitor.press(f"a[href='{visitor.prefix}/rooms/']")
    ask_the_finder(visitor)
    visitor.press(f".room-do a[href*='/{room.slug}/book/']")
    visitor.fill(**WHO)
    visitor.press("button[value=check]")
    assert visitor.page.locator(".summary-change").count() == 5
    visitor.press("button[value=confirm]")
    assert visitor.navigations == 6
    booking = Booking.objects.get()
    assert (booking.contact_name, booking.contact_phone, booking.state) == ("王秀兰", "13800001234", BookingStates.CONFIRMED)
    assert visitor.path == f"{visitor.prefix}/rooms/bookings/{booking.token}/"
    assert visitor.page.inner_text(".reference").split() == grouped(booking.reference).split()
    for words in ["29 November 2026" if visitor.view == "en" else "2026年11月29日", hub.hotline, hub.address_en if visitor.view == "en" else hub.address_zh]:
        assert visitor.shows(words), words
    calendar = visitor.page.request.get(visitor.base + visitor.page.get_attribute("a[href$='.ics']", "href"))
    assert calendar.headers["content-type"].startswith("text/calendar")


def test_a_booking_is_found_by_its_number_and_cancelled(visitor: Visitor, room: Room, hub: Any) -> None:
    booking = book(hub, room, "14:00", "16:00", phone="13800001234")
    visitor.go("/find/")
    visitor.fill(reference=f" {grouped(booking.reference)} ", phone="138-0000-1234")
    visitor.press("main .key-main")
    visitor.press("a[href$='/cancel/']")
    assert visitor.page.inner_text(".price-sum") == ("0 yuan" if visitor.view == "en" else "0元")
    visitor.press("main .key-main")
    booking.refresh_from_db()
    assert booking.state == BookingStates.CANCELLED
    assert visitor.path == f"{visitor.prefix}/rooms/bookings/{booking.token}/"


def test_a_booking_is_moved_and_keeps_its_number(visitor: Visitor, room: Room, hub: Any) -> None:
    booking = book(hub, room, "14:00", "16:00")
    visitor.go(f"/rooms/bookings/{booking.token}/")
    visitor.press("a[href$='/move/']")
    visitor.choose(start="17:00", end="18:30")
    visitor.press("form[method=post] .key-main")
    moved = Booking.objects.get()
    assert (moved.reference, f"{moved.starts_at:%H:%M}", f"{moved.ends_at:%H:%M}") == (booking.reference, "09:00", "10:30")  # UTC
    assert visitor.page.inner_text(".reference").split() == grouped(booking.reference).split()


def test_who_was_slower_is_offered_another_time_and_types_nothing_again(visitor: Visitor, room: Room, hub: Any) -> None:
    to_the_check_page(visitor, room)
    book(hub, room, "14:00", "16:00", name="李建国")
    visitor.press("button[value=confirm]")
    assert visitor.page.title().startswith("Error: " if visitor.view == "en" else "错误：")
    visitor.press("form button[value=check]")
    assert visitor.shows("楼院舞蹈队排练")
    visitor.press("button[value=confirm]")
    mine = Booking.objects.get(contact_name="王秀兰")
    assert (mine.room_id, mine.contact_phone, mine.purpose, mine.people_count) == (room.pk, "13800001234", "楼院舞蹈队排练", 5)
    assert mine.starts_at != Booking.objects.get(contact_name="李建国").starts_at


def test_errors_are_named_above_and_beside_the_field_and_nothing_typed_is_lost(visitor: Visitor, room: Room) -> None:
    visitor.go(f"/rooms/{room.slug}/book/?{TIME}")
    visitor.fill(name="王秀兰", phone="138")
    visitor.press("button[value=check]")
    assert visitor.page.title().startswith("Error: " if visitor.view == "en" else "错误：")
    above = visitor.page.locator("#errors li").all_inner_texts()
    beside = [text.removeprefix("Error: ").removeprefix("错误：") for text in visitor.page.locator(".field-error").all_inner_texts()]
    assert len(above) == 2
    assert above == beside
    assert [visitor.page.input_value(f"[name={name}]") for name in ("name", "phone", "purpose")] == ["王秀兰", "138", ""]
    links = [link.get_attribute("href") or "" for link in visitor.page.locator("#errors a").all()]
    assert [visitor.page.locator(link).get_attribute("name") for link in links] == ["phone", "purpose"]
    if visitor.has_script:
        expect(visitor.page.locator("#errors")).to_be_focused()


def test_an_answer_is_changed_and_all_the_others_stay(visitor: Visitor, room: Room) -> None:
    to_the_check_page(visitor, room)
    visitor.press(".summary button[value=time]")
    visitor.choose(start="10:00", end="11:00")
    visitor.press("main button[value=check].key-main")
    visitor.press(".summary button[value=details]")
    assert [visitor.page.input_value(f"[name={name}]") for name in ("name", "purpose")] == ["王秀兰", "楼院舞蹈队排练"]
    visitor.fill(purpose="读书会")
    visitor.press("button[value=check]")
    visitor.press("button[value=confirm]")
    booking = Booking.objects.get()
    assert (booking.contact_name, booking.purpose, f"{booking.starts_at:%H:%M}") == ("王秀兰", "读书会", "02:00")  # UTC


def test_pressing_twice_going_back_and_reloading_give_one_booking(visitor: Visitor, room: Room) -> None:
    to_the_check_page(visitor, room)
    visitor.page.locator("button[value=confirm]").dblclick(no_wait_after=True)
    visitor.page.wait_for_url("**/rooms/bookings/**")
    slip = visitor.page.url
    visitor.page.reload()
    assert visitor.page.url == slip
    visitor.page.go_back()
    visitor.press("button[value=confirm]")
    assert visitor.page.url == slip
    assert Booking.objects.count() == 1


def test_the_check_page_loaded_again_after_booking_shows_the_slip(visitor: Visitor, room: Room) -> None:
    to_the_check_page(visitor, room)
    visitor.press("button[value=confirm]")
    slip = visitor.page.url
    visitor.page.go_back()
    visitor.page.reload()
    assert visitor.page.url == slip
    assert Booking.objects.count() == 1


def test_a_full_hour_and_a_closed_one_offer_another_way(visitor: Visitor, room: Room, hub: Any) -> None:
    book(hub, room, "14:00", "16:00")
    visitor.go(f"/rooms/{room.slug}/book/?{TIME}")
    assert visitor.page.locator(f"#instead ~ ul a[href*='/rooms/{room.slug}/book/']").count() == 3
    assert visitor.page.locator("#instead ~ ul a[href*='/rooms/tearoom/book/']").count() == 1
    visitor.press("#instead ~ ul a")
    visitor.fill(**WHO)
    visitor.press("button[value=check]")
    visitor.press("button[value=confirm]")
    assert Booking.objects.filter(contact_name="王秀兰", purpose="楼院舞蹈队排练").count() == 2


def test_a_time_pressed_on_the_rooms_page_asks_only_how_many(visitor: Visitor, room: Room) -> None:
    visitor.go(f"/rooms/{room.slug}/?week={SUNDAY}")
    visitor.press(".slots .key-row")
    assert visitor.page.locator("#errors").count() == 0
    visitor.fill(people="6")
    visitor.press("main .key-main")
    assert visitor.page.locator("[name=purpose]").count() == 1


def test_a_booking_by_keyboard_alone(browser: Browser, ticking: None, live_server: Any, room: Room) -> None:
    visitor = a_visitor(browser, live_server.url, "zh", width=1280)
    keys = visitor.page.keyboard

    def tab_to(selector: str) -> None:
        for _press in range(80):
            keys.press("Tab")
            if visitor.page.evaluate("(what) => document.activeElement.matches(what)", selector):
                return
        raise AssertionError(f"the keyboard never reaches {selector}")

    visitor.go("/rooms/")
    tab_to("[name=day]")
    keys.press("ArrowRight")
    tab_to("select[name=start]")
    keys.type("下午2:00")
    tab_to("[name=people]")
    keys.press("Control+a")
    keys.type("5")
    with visitor.page.expect_navigation():
        keys.press("Enter")
    tab_to(".room-do a[href*='/dance/book/']")
    with visitor.page.expect_navigation():
        keys.press("Enter")
    for name, text in WHO.items():
        tab_to(f"[name={name}]")
        keys.type(text)
    with visitor.page.expect_navigation():
        keys.press("Enter")
    tab_to("button[value=confirm]")
    with visitor.page.expect_navigation():
        keys.press("Enter")
    assert visitor.path == f"/rooms/bookings/{Booking.objects.get().token}/"
    visitor.leave()


def test_somebody_signed_in_who_goes_back_meets_the_slip(browser: Browser, ticking: None, live_server: Any, room: Room, hub: Any) -> None:
    client = Client()
    client.force_login(user_with("clerk", hub), backend="django.contrib.auth.backends.ModelBackend")
    visitor = a_visitor(browser, live_server.url, "zh")
    visitor.page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    to_the_check_page(visitor, room)
    visitor.press("button[value=confirm]")
    visitor.page.go_back()
    assert visitor.page.locator("h1").count() == 1
    assert Booking.objects.count() == 1
    visitor.leave()
