"""A service from the menu to the rating, and everything of it sound on a phone, in every view."""

from typing import Any

import pytest
from django.test import Client

from bookings.orders import actions
from bookings.orders.models import Order, Service
from bookings.payments.models import Charge
from hub.core.references import grouped
from tests.cast import user_with
from tests.factories.orders import MONDAY, ServiceFactory, helper_of, order, past_order
from tests.factories.places import CommunityFactory
from tests.journeys.conftest import Visitor
from tests.journeys.sound import findings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def service(ticking: None, live_server: Any, hub: Any) -> Service:
    """Cleaning at home, in one community; and a haircut for which one just comes."""
    served = CommunityFactory(hub=hub)
    ServiceFactory(
        hub=hub, slug="haircut", name_zh="义务理发", name_en="Free haircut", line_zh="给有需要的人理发", line_en="For people in need", group="personal",
        place="walk_in", price=0, drawing="hair", station_zh="一楼理发工作室", station_en="Ground floor, haircut studio",
    )  # fmt: skip
    made: Service = ServiceFactory(hub=hub, slug="cleaning", waivers={"low_income": 0, "hardship": 50})
    made.areas.set([served])
    made.save()
    return made


def to_the_check_page(visitor: Visitor) -> None:
    """From the dish to the last page before ordering."""
    visitor.press("a.key-main[href$='/order/']")
    visitor.choose(day=f"{MONDAY}")
    visitor.page.check("[name=window][value='10:00-12:00']", force=True)
    visitor.page.select_option("select[name=community]", index=1)
    visitor.fill(address="3号楼2单元301", what="厨房油烟重", quantity="2")
    visitor.press("button[value=who]")
    visitor.fill(name="王秀兰", phone="１３８ 0000 1234")
    visitor.press("button[value=check]")


def test_from_the_menu_to_the_rating(visitor: Visitor, service: Service, hub: Any) -> None:
    visitor.go("/services/")
    visitor.press(f"a[href='{visitor.prefix}/services/cleaning/']")
    to_the_check_page(visitor)
    visitor.press("button[value=confirm]")
    assert visitor.navigations == 6
    made = Order.objects.get()
    assert (made.contact_phone, made.price_fen, made.state) == ("13800001234", 6000, "taken")
    assert visitor.path == f"{visitor.prefix}/services/orders/{made.token}/"
    assert visitor.page.inner_text(".reference").split() == grouped(made.reference).split()
    clerk = user_with("clerk", hub)
    actions.assign(order=made, by=clerk, helper=helper_of(hub))
    actions.go(order=made, by=clerk)
    actions.arrive(order=made, by=clerk)
    actions.agree_extra(order=made, extra_fen=500, what="滤网", agreed_by="王秀兰", by=clerk)
    actions.finish(order=made, by=clerk, method="door_cash", amount_fen=6500, receipt_no="A-1")
    visitor.page.reload()
    assert visitor.page.locator(".steps li").count() == 6
    visitor.press("a[href$='/rate/']")
    visitor.page.check("[name=rating][value='5']", force=True)
    visitor.fill(words="擦得很干净")
    visitor.press("form[novalidate] .key-main")
    made.refresh_from_db()
    assert (made.state, made.rating, made.rating_words, Charge.objects.get().state) == ("rated", 5, "擦得很干净", "settled")


def test_is_it_free_for_me(visitor: Visitor, service: Service) -> None:
    visitor.go("/services/cleaning/")
    visitor.choose(situation="hardship")
    visitor.press("form.paper button")
    assert visitor.shows("15")
    visitor.choose(situation="low_income")
    visitor.press("form.paper button")
    assert visitor.page.locator(".answer").count() == 1
    visitor.go("/services/")
    visitor.choose(situation="low_income")
    visitor.press("form.paper button")
    visitor.bytes_loaded = 0
    visitor.press(".answer button[name=free]")
    assert (visitor.page.locator(".answer").count(), visitor.page.locator(".menu-row").count(), "low_income" in visitor.page.url) == (1, 2, False)
    assert findings(visitor) == {}


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(visitor: Visitor, service: Service) -> None:
    visitor.go("/services/cleaning/order/")
    visitor.choose(day=f"{MONDAY}", community="0")
    visitor.fill(address="别处1号", quantity="0")
    visitor.press("button[value=who]")
    assert visitor.page.locator("#errors li").count() == 1
    assert visitor.page.input_value("[name=address]") == "别处1号"
    visitor.page.check("[name=window][value='08:00-10:00']", force=True)
    visitor.press("button[value=who]")
    assert visitor.page.locator("#errors li").count() == 2
    assert Order.objects.count() == 0


def test_cancelling_and_another_time(visitor: Visitor, service: Service, hub: Any) -> None:
    made = order(hub, ServiceFactory(hub=hub, slug="windows"))
    visitor.go("/find/")
    visitor.fill(reference=grouped(made.reference), phone="13800001234")
    visitor.press(".key-main")
    visitor.press("a[href$='/reschedule/']")
    visitor.page.check("[name=window][value='16:00-18:00']", force=True)
    visitor.press(".key-main")
    visitor.press("a[href$='/cancel/']")
    visitor.press(".key-main")
    assert Order.objects.get().state == "cancelled"


def test_every_page_is_sound(visitor: Visitor, service: Service, hub: Any) -> None:
    done = past_order(hub, ServiceFactory(hub=hub, slug="windows"), state="done")
    coming = order(hub, ServiceFactory(hub=hub, slug="floors"), phone="13800005678")
    pages = ["/services/", "/services/sheet/", "/services/cleaning/", "/services/haircut/"]
    pages += ["/services/cleaning/order/", *(f"/services/orders/{done.token}/{page}" for page in ("", "rate/", "cancel/"))]
    pages += [f"/services/orders/{coming.token}/{page}" for page in ("", "reschedule/", "cancel/")]
    for page in pages:
        visitor.bytes_loaded = 0
        assert visitor.go(page).status == 200
        assert (page, findings(visitor)) == (page, {})
    visitor.go("/services/cleaning/")
    to_the_check_page(visitor)
    visitor.bytes_loaded = 0
    assert findings(visitor) == {}


def test_the_menu_without_a_service_says_what_to_do(visitor: Visitor, hub: Any) -> None:
    visitor.go("/services/")
    assert visitor.shows(hub.hotline)
    assert Client().get("/services/sheet/").status_code == 200
