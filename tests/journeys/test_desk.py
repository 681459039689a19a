"""The operator's desk in a browser: an order by keyboard alone, counted; a draft that outlives the browser; every page sound."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from bookings.orders.models import Order
from hub.desk.models import Call
from hub.people.models import Resident
from tests.cast import signed_in_as, user_with
from tests.factories.orders import ServiceFactory, order
from tests.factories.places import BuildingFactory
from tests.factories.rooms import RoomFactory
from tests.hub.desk.calling import MOBILE, a_call, a_caller, code_of
from tests.journeys.conftest import Visitor, a_visitor
from tests.journeys.sound import findings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_KEYS, MOST_SECONDS = 30, 60


def at_work(browser: Browser, base: str, hub: Any, *, view: str = "zh", role: str = "operator", width: int = 1280) -> Visitor:
    """Somebody of the staff, signed in."""
    someone = a_visitor(browser, base, view, width, is_staff=True)
    cookie = signed_in_as(role, hub).cookies["sessionid"].value
    someone.page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": base}])
    return someone


@pytest.fixture
def elder(ticking: None, live_server: Any, hub: Any) -> Resident:
    """Somebody we know, three services and a room."""
    for slug, name in (("cleaning", "家政保洁"), ("pipes", "管道疏通"), ("locks", "开锁换锁")):
        ServiceFactory(hub=hub, slug=slug, name_zh=name, horizon_days=30)
    RoomFactory(hub=hub)
    return a_caller(hub, building=BuildingFactory(hub=hub), flags=["hard_of_hearing"])


@pytest.fixture
def operator(browser: Browser, elder: Resident, live_server: Any, hub: Any) -> Iterator[Visitor]:
    someone = at_work(browser, live_server.url, hub)
    yield someone
    someone.leave()
    assert someone.complaints == []


class Hands:
    """On the keyboard alone: what is typed is text, every other key is counted, each of a chord by itself."""

    def __init__(self, visitor: Visitor) -> None:
        self.page, self.count = visitor.page, 0

    def type(self, text: str) -> None:
        self.page.keyboard.insert_text(text)

    def press(self, *chords: str) -> None:
        for chord in chords:
            self.count += len(chord.split("+"))
            self.page.keyboard.press(chord)

    def press_and_wait(self, chord: str) -> None:
        with self.page.expect_navigation():
            self.press(chord)

    @property
    def stands_in(self) -> str:
        return str(self.page.evaluate("document.activeElement.name || document.activeElement.id"))


def test_a_known_callers_order_by_keyboard_alone(operator: Visitor, elder: Resident, hub: Any) -> None:
    hands = Hands(operator)
    began = operator.page.evaluate("Date.now()")
    operator.page.goto(operator.base + "/desk/")
    assert hands.stands_in == "asked"
    hands.type(MOBILE)
    hands.press_and_wait("Enter")
    assert hands.stands_in == "service"
    hands.press("2", "Tab", "Tab")  # the second service; for whom stays
    assert hands.stands_in == "what"
    hands.type("厨房水管又漏了")
    hands.press("Tab", "ArrowDown")  # the next day
    hands.press_and_wait("Alt+c")
    say = operator.page.inner_text("#say")
    assert "王秀兰" in say and "管道疏通" in say and "30" in say
    hands.press("Alt+k", "1")
    assert operator.page.evaluate("document.activeElement.name") == "wrap-code"
    hands.press_and_wait("Control+Enter")
    made, call = Order.objects.get(), Call.objects.get()
    assert (made.service.slug, made.for_person, made.asked_by, made.what, made.channel) == ("pipes", elder, elder, "厨房水管又漏了", "phone")
    assert (made.taken_by, call.wrap_up) == (user_with("operator", hub), code_of(hub, "ordered"))
    assert operator.page.inner_text(".op-reference").split() == [made.reference[:4], made.reference[4:]]
    assert hands.count == 13
    assert hands.count <= MOST_KEYS and operator.page.evaluate("Date.now()") - began < MOST_SECONDS * 1000
    hands.press_and_wait("Alt+f")
    assert hands.stands_in == "asked"


def test_a_draft_outlives_the_browser_and_is_its_operators_alone(browser: Browser, elder: Resident, live_server: Any, hub: Any) -> None:
    first = at_work(browser, live_server.url, hub)
    call = a_call(hub, person=elder)
    first.page.goto(first.base + call.url)
    with first.page.expect_response(lambda reply: reply.url.endswith("/draft/")):
        first.page.fill("[name=what]", "厨房水管又漏了")
    first.leave()
    again = at_work(browser, live_server.url, hub)
    again.page.goto(again.base + "/desk/")
    again.press(f"a[href='{call.url}']")
    assert again.page.input_value("[name=what]") == "厨房水管又漏了"
    colleague = at_work(browser, live_server.url, hub, role="clerk")
    colleague.page.goto(colleague.base + call.url)
    assert not colleague.shows("厨房水管又漏了") and not colleague.shows("王秀兰")
    for visitor in (again, colleague):
        visitor.leave()


def test_the_preview_follows_what_is_chosen(operator: Visitor, elder: Resident, hub: Any) -> None:
    call = a_call(hub, person=elder)
    operator.page.goto(operator.base + call.url)
    with operator.page.expect_response(lambda reply: reply.request.method == "POST"):
        operator.page.select_option("[name=service]", index=1)
    operator.page.wait_for_selector(".op-lines")
    assert operator.navigations == 1


def test_keys_can_be_switched_off(operator: Visitor, elder: Resident, hub: Any) -> None:
    call = a_call(hub, person=elder)
    operator.page.goto(operator.base + "/desk/help/")
    operator.page.click("[data-keys-switch]")
    operator.page.goto(operator.base + call.url)
    operator.page.keyboard.press("Alt+2")
    operator.page.wait_for_timeout(300)
    assert operator.navigations == 2
    operator.page.goto(operator.base + "/desk/help/")
    operator.page.click("[data-keys-switch]")
    operator.page.goto(operator.base + call.url)
    with operator.page.expect_navigation():
        operator.page.keyboard.press("Alt+2")
    assert operator.page.locator("[name=room]").count() == 1
    with operator.page.expect_navigation():
        operator.page.keyboard.press("Alt+Minus")  # the eleventh lies right of the nought
    assert operator.page.locator("[data-task='-']").get_attribute("aria-current") == "true"


@pytest.mark.parametrize("view", ["zh", "elder", "nojs"])
def test_every_page_is_sound_on_a_narrow_screen(view: str, browser: Browser, elder: Resident, live_server: Any, hub: Any) -> None:
    visitor = at_work(browser, live_server.url, hub, view=view, width=360)
    order(hub, ServiceFactory(hub=hub), for_person=elder)
    call, closed = a_call(hub, person=elder), a_call(hub, phone="037166218834")
    pages = ["/desk/", "/desk/help/", call.url, f"{call.url}?task=rooms", f"{call.url}?task=call_back", closed.url]
    wrong = {}
    for page in pages:
        visitor.bytes_loaded = 0
        visitor.page.goto(visitor.base + page)
        if found := findings(visitor):
            wrong[page] = found
    visitor.leave()
    assert wrong == {}


def test_without_script_an_order_is_made_by_plain_posts(browser: Browser, elder: Resident, live_server: Any, hub: Any) -> None:
    visitor = at_work(browser, live_server.url, hub, view="nojs")
    visitor.page.goto(visitor.base + "/desk/")
    visitor.page.fill("[name=asked]", MOBILE)
    visitor.press(".op-find button")
    visitor.page.select_option("[name=service]", index=1)
    visitor.press("[data-key=check]")
    assert visitor.page.locator(".op-lines").count() == 1
    visitor.page.select_option("[name=wrap-code]", index=1)
    visitor.press("[data-key=wrap]")
    assert visitor.page.inner_text(".op-reference").split() == [Order.objects.get().reference[:4], Order.objects.get().reference[4:]]
    visitor.leave()
