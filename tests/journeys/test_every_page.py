"""Every public page, in every view: sound on a phone, the same in both languages, with and without large print."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser

from bookings.rooms.models import Room
from bookings.rooms.states import BookingStates
from tests.factories.people import ResidentFactory, UserFactory
from tests.factories.rooms import SUNDAY, book
from tests.journeys.conftest import Visitor, a_visitor
from tests.journeys.sound import findings
from tests.journeys.test_booking import TIME, to_the_check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/",
    "/rooms/",
    f"/rooms/?day={SUNDAY}&start=14:00&length=120&people=12",
    "/rooms/?day=other&start=14:00&length=120&people=x",
    "/rooms/dance/",
    "/rooms/dance/door/",
    "/rooms/dance/book/",
    f"/rooms/dance/book/?{TIME}",
    f"/rooms/dance/book/?day={SUNDAY}&start=06:00&end=08:00&people=5",
    "/find/",
    "/login/",
    "/notices/",
    "/search/",
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/no-such-page/",
]


@pytest.fixture(params=["zh", "en", "elder", "largest"])
def reader(request: pytest.FixtureRequest, browser: Browser, ticking: None, live_server: Any) -> Any:
    """As `visitor`, with the elder view at its largest in place of the one without script."""
    someone = a_visitor(browser, live_server.url, request.param)
    yield someone
    someone.leave()


def test_the_measure_has_teeth(reader: Visitor, room: Room) -> None:
    reader.go("/find/")
    reader.page.evaluate("""() => {
      const wide = document.createElement('h1');
      wide.className = 'note';
      wide.textContent = 'W'.repeat(200);
      wide.setAttribute('role', 'nonsense');
      document.querySelector('main').append(wide, document.createElement('button'));
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('main h1.note { font-size: 12px; overflow-wrap: normal } main > button { width: 20px; height: 20px; padding: 0 }');
      document.adoptedStyleSheets = [sheet];
    }""")
    assert set(findings(reader)) == {"h1", "small", "tiny", "sideways"} | ({"axe"} if reader.view != "largest" else set())


def test_every_public_page_is_sound(reader: Visitor, room: Room) -> None:
    wrong = {}
    for path in PAGES:
        reader.bytes_loaded = 0
        reader.complaints.clear()
        reply = reader.go(path)
        if reply.status == 404:
            reader.complaints.clear()  # the browser's own line about it
        if found := findings(reader):
            wrong[path] = found
    assert wrong == {}


def test_every_screen_of_a_booking_is_sound(reader: Visitor, room: Room, hub: Any) -> None:
    wrong = {}

    def look(name: str) -> None:
        reader.bytes_loaded = 0  # what has been loaded before is kept by the browser
        if found := findings(reader):
            wrong[name] = found

    reader.go(f"/rooms/dance/book/?{TIME}")
    reader.press("button[value=check]")
    look("details with complaints")
    to_the_check_page(reader, room)
    look("check")
    book(hub, room, "14:00", "16:00")
    reader.press("button[value=confirm]")
    look("somebody was faster")
    reader.press("form button[value=check]")
    reader.press("button[value=confirm]")
    look("slip")
    slip = reader.page.url
    for name in ("cancel", "move"):
        reader.page.goto(f"{slip}{name}/")
        look(name)
    assert wrong == {}


@pytest.mark.parametrize("state", [state for state in BookingStates.values if state not in {"closure", "reopened", "confirmed"}])
def test_the_slip_of_every_state_is_sound(state: str, browser: Browser, ticking: None, live_server: Any, room: Room, hub: Any) -> None:
    booking = book(hub, room, "14:00", "16:00")
    type(booking).objects.filter(pk=booking.pk).update(state=state, decide_by=booking.starts_at)
    visitor = a_visitor(browser, live_server.url, "elder")
    visitor.go(f"/rooms/bookings/{booking.token}/")
    assert findings(visitor) == {}
    visitor.leave()


def test_the_language_changes_and_the_page_stays(visitor: Visitor, room: Room) -> None:
    visitor.go("/rooms/dance/?week=2026-12-05")
    other = "zh-Hans" if visitor.view == "en" else "en"
    visitor.press(f"a[hreflang='{other}']")
    assert visitor.page.get_attribute("html", "lang") == other
    assert visitor.page.url.removeprefix(visitor.base) == ("" if visitor.view == "en" else "/en") + "/rooms/dance/?week=2026-12-05"


def test_large_print_is_one_press_stays_and_goes_with_the_same_press(visitor: Visitor, room: Room) -> None:
    visitor.go(f"/rooms/?day={SUNDAY}&start=14:00&length=120&people=12")
    was_on = visitor.view == "elder"
    for on in (not was_on, was_on):
        visitor.press(f".tab[href*='view={'elder' if on else 'plain'}']")
        assert ("elder" in (visitor.page.get_attribute("html", "class") or "")) == on
        assert visitor.page.input_value("[name=people]") == "12"
        visitor.go("/find/")
        assert ("elder" in (visitor.page.get_attribute("html", "class") or "")) == on
        visitor.go(f"/rooms/?day={SUNDAY}&start=14:00&length=120&people=12")


def test_every_page_has_home_back_and_the_hotline_in_words(visitor: Visitor, room: Room, hub: Any) -> None:
    for path in ("/rooms/", "/rooms/dance/", "/rooms/dance/book/", "/find/"):
        visitor.go(path)
        assert visitor.page.locator(f"a[href='tel:{hub.hotline_link}']").first.is_visible()
        assert visitor.page.locator(".ways-links a").all_inner_texts() == (["Home", "Back"] if visitor.view == "en" else ["首页", "返回"])


def test_the_residents_own_page_is_sound(reader: Visitor, room: Room, hub: Any) -> None:
    user = UserFactory(phone="13800001234", name="王秀兰")
    resident = ResidentFactory(hub=hub, user=user, name="王秀兰")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    reader.page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": reader.base}])
    reader.go("/me/")
    assert findings(reader) == {}
    for hour, state in ((14, BookingStates.CONFIRMED), (16, BookingStates.PENDING), (18, BookingStates.CANCELLED)):
        booking = book(hub, room, f"{hour}:00", f"{hour + 1}:00", for_person=resident)
        type(booking).objects.filter(pk=booking.pk).update(state=state)
    reader.bytes_loaded = 0
    reader.go("/me/")
    assert reader.page.locator(".room-row").count() == 2
    assert findings(reader) == {}
