"""What people and programs really send: each row through every page that takes it. Clear words, everything typed kept, never a 5xx."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings.orders.models import Order
from tests.factories.orders import ServiceFactory, order, special_day
from tests.factories.places import CommunityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
WHEN = {"day": "2026-11-30", "window": "08:00-10:00", "quantity": "1", "address": "3号楼2单元301", "what": "厨房油烟重"}
WHO = {"name": "王秀兰", "phone": "13800001234"}
GOOD = {**WHEN, **WHO, "token": "a-token-long-enough-1", "seen": "3000"}
BAD = [
    ("a day that is over", {"day": "2026-11-27"}),
    ("a window that has passed", {"day": "2026-11-28", "window": "08:00-10:00"}),
    ("a day beyond the horizon", {"day": "2027-01-30"}),
    ("a closed day", {"day": "2026-12-01"}),
    ("no day", {"day": ""}),
    ("a day that is none", {"day": "2026-02-30"}),
    ("the last day there is", {"day": "9999-12-31"}),
    ("the first day there is", {"day": "0001-01-01"}),
    ("words for a day", {"day": "明天"}),
    ("a window not offered", {"window": "09:00-11:00"}),
    ("a window that is none", {"window": "25:00-99:00"}),
    ("a window in words", {"window": "上午"}),
    ("no window", {"window": ""}),
    ("nobody", {"quantity": "0"}),
    ("less than nobody", {"quantity": "-1"}),
    ("a billion", {"quantity": "1000000000"}),
    ("more digits than a number has", {"quantity": "9" * 400}),
    ("half a time", {"quantity": "1.5"}),
    ("words for a number", {"quantity": "很多"}),
    ("no address", {"address": ""}),
    ("blanks for an address", {"address": "　 "}),
    ("a NUL in the address", {"address": "3号楼\0"}),
    ("a megabyte of address", {"address": "楼" * 350_000}),
    ("a NUL in the words", {"what": "a\0b"}),
    ("a megabyte of words", {"what": "a" * 1_000_000}),
    ("another community", {"community": "0"}),
    ("a community that is none", {"community": "987654321"}),
    ("a community in words", {"community": "南顺城街"}),
    ("no name", {"name": ""}),
    ("a NUL in the name", {"name": "王\0"}),
    ("a name too long", {"name": "王" * 41}),
    ("no phone", {"phone": ""}),
    ("half a phone", {"phone": "1380000"}),
    ("words for a phone", {"phone": "打我电话"}),
    ("a megabyte of phone", {"phone": "1" * 1_000_000}),
    ("arrays", {"day[]": "x", "day": ["", "x"], "name": ["", ""]}),
]


@pytest.fixture
def service(hub: Any) -> Any:
    """Served in one community alone; closed on the first of December."""
    special_day(hub, date(2026, 12, 1))
    served = CommunityFactory(hub=hub)
    made = ServiceFactory(hub=hub)
    made.areas.set([served])
    made.save()
    made.served = served
    return made


@pytest.mark.parametrize(("case", "change"), BAD, ids=[case for case, _change in BAD])
def test_bad_input_is_refused_with_words_and_kept(hub: Any, service: Any, client: Client, as_role: Any, case: str, change: dict[str, Any]) -> None:
    given = {**GOOD, "community": str(service.served.pk), **change}
    for step in ("check", "confirm", "same"):
        page = client.post(f"/services/{service.slug}/order/", {**given, "step": step})
        assert (case, page.status_code) == (case, 422)
        said = page.content.decode()
        assert "errors-title" in said
        kept = [value for name, value in WHEN.items() if name not in change and name != "day" and name in ("address", "what")]
        assert all(value in said for value in kept)
    staff = {**given, "service": service.pk, "channel": "phone"}
    if "token" not in change and case != "a community that is none":
        assert as_role("clerk").post(reverse("order:take_down"), staff).status_code == 200
    assert Order.objects.count() == 0


@pytest.mark.parametrize("surrogate", ["%ED%A0%80", "%FF%FE", "%C0%AF"])
def test_bytes_that_are_no_text(service: Any, client: Client, surrogate: str) -> None:
    body = "&".join(f"{name}={value}" for name, value in {**GOOD, "day": surrogate, "name": surrogate, "step": "confirm"}.items())
    page = client.post(f"/services/{service.slug}/order/", body, content_type="application/x-www-form-urlencoded")
    assert (page.status_code, Order.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    "address",
    [
        "/services/nothing/",
        "/services/nothing/order/",
        "/services/orders/nothing/",
        "/services/orders/nothing/cancel/",
        "/services/orders/" + "a" * 3000 + "/",
    ],
)
def test_what_is_not_there(hub: Any, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
    assert client.post(address).status_code in {404, 405}


@pytest.mark.parametrize("address", ["/services/%00/", "/services/orders/%00/rate/"])
def test_a_nul_in_the_address_is_no_question(hub: Any, client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


@pytest.mark.parametrize("query", ["situation=low_income&situation=x", "situation[]=a", "free=1&situation=", "situation=" + "a" * 5000])
def test_odd_questions_to_the_menu(hub: Any, client: Client, query: str) -> None:
    service = ServiceFactory(hub=hub)
    for address in ("/services/", f"/services/{service.slug}/"):
        assert client.post(address, query, content_type="application/x-www-form-urlencoded").status_code == 200
        assert client.post(address, {"situation": "\0"}).status_code in {200, 400}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"day": "2026-12-01", "window": "08:00-10:00"},
        {"day": "9999-12-31", "window": "08:00-10:00"},
        {"day": "2026-11-30", "window": "\0"},
        {"rating": "9"},
        {"rating": "5\0"},
        {"rating": "five"},
        {"rating": "5", "words": "好" * 301},
        {"rating": ["1", "x"]},
    ],
)
def test_odd_wishes_about_an_order(hub: Any, service: Any, client: Client, given: dict[str, Any]) -> None:
    made = order(hub, ServiceFactory(hub=hub))
    before = Order.objects.values().get()
    for page in ("reschedule", "rate"):
        assert client.post(f"/services/orders/{made.token}/{page}/", given).status_code == 422
    assert Order.objects.values().get() == before
