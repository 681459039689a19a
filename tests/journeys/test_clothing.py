"""A coat from intake to hand-out: taken in at the counter, chosen on a telephone, packed and handed out by number. In every view, every page sound."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser

from hub.core.references import grouped
from hub.people.models import Resident
from hub.served.models import ServiceEvent
from mutualaid.clothing import actions
from mutualaid.clothing.models import Garment, Parcel
from tests.cast import user_with
from tests.factories.clothing import PHONE, garment, parcel, somebody
from tests.factories.people import ResidentFactory, UserFactory
from tests.journeys.conftest import Visitor
from tests.journeys.sound import findings
from tests.journeys.test_desk import at_work
from tests.mutualaid.clothing.test_stock import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def resident(ticking: None, live_server: Any, hub: Any) -> Resident:
    """An entitled person with an account; a hat and a man's coat lie on the shelf."""
    garment(hub, kind="accessories", fit="anybody", size="one", piece_count=3)
    garment(hub, fit="men", size="XL")
    return somebody(hub, resident=ResidentFactory(hub=hub, user=UserFactory(phone=PHONE), name="王秀兰"))


@pytest.fixture
def clerk(browser: Browser, resident: Resident, live_server: Any, hub: Any) -> Iterator[Visitor]:
    """At the counter, on a wide screen."""
    someone = at_work(browser, live_server.url, hub, role="clerk")
    yield someone
    someone.leave()
    assert someone.complaints == []


def sign_in(visitor: Visitor, resident: Resident) -> None:
    """As they would with their telephone."""
    client = Client()
    client.force_login(resident.user, backend="django.contrib.auth.backends.ModelBackend")
    visitor.page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": visitor.base}])


def take_in_a_coat(clerk: Visitor) -> None:
    """Two coats alike and one that cannot be worn, from a neighbour."""
    clerk.page.goto(clerk.base + "/admin/garment/take-in/")
    clerk.choose(kind="coat", fit="women", season="winter", condition="like_new", fault="torn", end="recycled")
    clerk.fill(size="l", piece_count="1", shelf="B3", refused_count="1")
    clerk.press("form[action*='take-in'] button[type=submit]")


def choose(visitor: Visitor) -> list[dict[str, Any]]:
    """From what there is to the parcel; what was not sound on the way."""
    wrong = []
    visitor.go("/clothing/")
    visitor.press("a.key-main[href$='/clothing/pick/']")
    visitor.page.check("[name=figure][value=women]", force=True)
    visitor.choose(size="L")
    wrong.append(findings(visitor))
    visitor.press("button[value=pieces]")
    for box in visitor.page.locator("[name=pieces]").all():
        box.check(force=True)
    wrong.append(findings(visitor))
    visitor.press("button[value=when]")
    visitor.page.locator("[name=slot]").first.check(force=True)
    wrong.append(findings(visitor))
    visitor.press("button[value=check]")
    wrong.append(findings(visitor))
    visitor.press("button[value=confirm]")
    return [{name: found for name, found in each.items() if name != "heavy"} for each in wrong]  # weighed on one page at a time, below


def test_a_coat_from_intake_to_hand_out(visitor: Visitor, clerk: Visitor, resident: Resident) -> None:
    take_in_a_coat(clerk)
    coat = Garment.objects.get(kind="coat", fit="women")
    assert (coat.size, coat.piece_count, coat.shelf) == ("L", 1, "B3")
    sign_in(visitor, resident)
    assert choose(visitor) == [{}] * 4
    made = Parcel.objects.get()
    assert (visitor.path, visitor.navigations) == (f"{visitor.prefix}/parcels/{made.token}/", 6)
    assert (visitor.page.inner_text(".reference").split(), made.piece_count) == (grouped(made.reference).split(), 2)
    assert visitor.shows("王秀兰") is False
    clerk.page.goto(clerk.base + "/admin/parcel/labels/")
    assert (clerk.shows(grouped(made.reference)), clerk.shows("B3"), clerk.shows("王秀兰")) == (True, True, False)
    clerk.page.goto(f"{clerk.base}/admin/parcel/ready/{made.pk}/")
    clerk.press("form[action*='ready'] button[type=submit]")
    visitor.page.reload()
    clerk.page.goto(clerk.base + "/admin/parcel/hand-out/")
    clerk.fill(reference=grouped(made.reference), tail=PHONE[-4:])
    clerk.press("form[action*='hand-out'] button[type=submit]")
    made.refresh_from_db()
    coat.refresh_from_db()
    assert (made.state, coat.piece_count, ServiceEvent.objects.get().for_person, faults()) == ("handed_out", 0, resident, [])
    visitor.go("/me/")
    assert visitor.shows(grouped(made.reference))


def test_every_page_is_sound(visitor: Visitor, resident: Resident, hub: Any) -> None:
    other = parcel(hub, garment(hub, size="M"))
    done = parcel(hub, garment(hub, size="S"))
    actions.hand_out(hub=hub, reference=done.reference, tail="1234", by=user_with("clerk", hub))
    pages = ["/clothing/", "/clothing/?for=women", "/clothing/?for=boys"]
    pages += [f"/parcels/{row.token}/{page}" for row in (other, done) for page in ("", "cancel/")]
    for page in pages:
        visitor.bytes_loaded = 0
        assert visitor.go(page).status == 200
        assert (page, findings(visitor)) == (page, {})
    sign_in(visitor, ResidentFactory(hub=hub, user=UserFactory()))
    visitor.go("/clothing/pick/")
    visitor.bytes_loaded = 0
    assert (visitor.shows(hub.hotline), findings(visitor)) == (True, {})


def test_what_was_taken_meanwhile_is_said_with_what_is_near(visitor: Visitor, resident: Resident, hub: Any) -> None:
    coat = garment(hub, size="L")
    garment(hub, size="XL")
    sign_in(visitor, resident)
    visitor.go("/clothing/pick/")
    visitor.page.check("[name=figure][value=women]", force=True)
    visitor.press("button[value=pieces]")
    visitor.page.check(f"[name=pieces][value='{coat.pk}']", force=True)
    parcel(hub, coat)
    visitor.press("button[value=when]")
    visitor.bytes_loaded = 0
    assert (visitor.page.locator("#errors li").count(), visitor.shows("XL ×1"), findings(visitor)) == (1, True, {})
