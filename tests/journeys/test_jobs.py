"""The helper's phone from the link to the end, the resident's slip beside it, and every page of it sound on a phone in every view."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bookings.dispatch.actions import withdraw
from bookings.dispatch.models import Offer, Proof
from bookings.orders.models import Order
from bookings.payments.models import Payment
from hub.core import clock
from tests.cast import signed_in_as, user_with
from tests.factories.dispatch import ProviderFactory, accepted, helper_with_account, offered
from tests.factories.orders import ServiceFactory, asked, order
from tests.factories.places import CommunityFactory
from tests.journeys.conftest import Visitor
from tests.journeys.sound import findings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def made(ticking: None, live_server: Any, hub: Any, settings: Any, tmp_path: Any) -> Order:
    """Cleaning on Monday at building 3."""
    settings.VAR_DIR = tmp_path
    community = CommunityFactory(hub=hub, name_zh="书院街社区", name_en="Shuyuan Street")
    return order(hub, ServiceFactory(hub=hub, slug="cleaning"), asked(day=clock.today() + timedelta(days=2), community=community.pk))


def sound_here(visitor: Visitor) -> dict[str, Any]:
    """What is wrong with the page one is on."""
    visitor.bytes_loaded = 0
    found: dict[str, Any] = findings(visitor)
    return found


def png() -> dict[str, Any]:
    out = BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "PNG")
    return {"name": "photo.png", "mimeType": "image/png", "buffer": out.getvalue()}


def test_from_the_link_to_done(visitor: Visitor, made: Order, hub: Any) -> None:
    sent = offered(made, ProviderFactory(hub=hub, services=[made.service]))
    job = f"/jobs/{sent.token}/"
    visitor.go(job)
    assert (visitor.shows("3号楼"), visitor.shows("王秀兰"), sound_here(visitor)) == (False, False, {})
    visitor.press(f"form[action$='{job}accept/'] .key-main")
    assert (visitor.shows("3号楼"), visitor.shows("王秀兰"), sound_here(visitor)) == (True, True, {})
    visitor.press(f"form[action$='{job}on-the-way/'] .key-main")
    visitor.press(f"a[href$='{job}arrived/']")
    assert sound_here(visitor) == {}
    visitor.fill(code="12")
    visitor.press(".key-main")
    assert (visitor.page.locator("#errors li").count(), sound_here(visitor)) == (1, {})
    made.refresh_from_db()
    visitor.fill(code=made.door_code)
    visitor.press(".key-main")
    visitor.press(f"a[href$='{job}parts/']")
    assert sound_here(visitor) == {}
    visitor.fill(what="滤网", extra="5")
    visitor.press(".key-main")
    visitor.go(made.url.removeprefix("/en"))
    assert sound_here(visitor) == {}
    visitor.press("button[name=answer][value=yes]")
    visitor.go(job)
    visitor.press(f"a[href$='{job}done/']")
    assert sound_here(visitor) == {}
    finish(visitor, made)
    made.refresh_from_db()
    assert (made.state, made.extra_fen, Payment.objects.get().amount_fen) == ("done", 500, 3500)
    assert (visitor.shows("王秀兰"), sound_here(visitor)) == (False, {})
    assert Proof.objects.count() == (2 if visitor.has_script else 1)


def finish(visitor: Visitor, made: Order) -> None:
    """With script a photo and a signature, without it the resident's code; and what was paid."""
    made.refresh_from_db()
    if visitor.has_script:
        visitor.page.set_input_files("[name=photo]", files=[png()])
        pad = visitor.page.locator("canvas")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        assert box is not None
        visitor.page.mouse.move(box["x"] + 30, box["y"] + 30)
        visitor.page.mouse.down()
        visitor.page.mouse.move(box["x"] + 120, box["y"] + 60)
        visitor.page.mouse.up()
    else:
        assert visitor.page.locator("canvas").is_visible() is False
        visitor.fill(code=made.door_code)
    visitor.choose(method="door_cash")
    visitor.fill(amount="35", receipt_no="A-1")
    visitor.press(".key-main")


def test_saying_no(visitor: Visitor, made: Order) -> None:
    sent = offered(made)
    visitor.go(f"/jobs/{sent.token}/")
    visitor.press("a[href$='/decline/']")
    assert sound_here(visitor) == {}
    visitor.press(".key-main")
    assert visitor.page.locator("#errors li").count() == 1
    visitor.page.check("[name=reason][value=too_far]", force=True)
    visitor.press(".key-main")
    assert (Offer.objects.get().state, sound_here(visitor)) == ("declined", {})


def test_a_link_that_was_taken_back(visitor: Visitor, made: Order, hub: Any) -> None:
    sent = withdraw(offer=accepted(made), by=user_with("operator", hub), why="换人")
    assert visitor.go(f"/jobs/{sent.token}/").status == 200
    assert (visitor.shows("3号楼"), visitor.shows(hub.hotline), sound_here(visitor)) == (False, True, {})


def test_one_tap_after_it_is_done(visitor: Visitor, made: Order) -> None:
    Order.objects.filter(pk=made.pk).update(state="done", done_at=clock.now(), helper_name="王师傅")
    visitor.go(f"{made.url.removeprefix('/en')}rate/")
    assert sound_here(visitor) == {}
    visitor.press("button[name=rating][value='2']")
    made.refresh_from_db()
    assert (made.state, made.rating) == ("rated", 2)


def test_my_jobs(visitor: Visitor, made: Order, hub: Any) -> None:
    helper = helper_with_account(hub, services=[made.service])
    offered(made, helper)
    signed_in = signed_in_as("provider", hub)
    visitor.page.context.add_cookies([{"name": "sessionid", "value": signed_in.cookies["sessionid"].value, "url": visitor.base}])
    visitor.go("/jobs/")
    assert (visitor.page.locator(".room-row").count(), sound_here(visitor)) == (1, {})
