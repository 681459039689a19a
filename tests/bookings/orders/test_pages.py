"""What residents see: the menu, a dish, ordering, the slip."""

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings.orders import actions
from bookings.orders.models import Order, OrderCall
from bookings.payments.actions import record_payment
from bookings.payments.models import Charge
from hub.core import clock
from tests.cast import user_with
from tests.factories.orders import ServiceFactory, asked, entitled, helper_of, order, past_order
from tests.factories.people import ResidentFactory, UserFactory
from tests.factories.places import BuildingFactory, CommunityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
WHEN = {"day": "2026-11-30", "window": "08:00-10:00", "quantity": "1", "address": "3号楼2单元301", "what": "厨房油烟重"}
WHO = {"name": "王秀兰", "phone": "138 0000 1234"}


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())))


def hidden(page: Any) -> dict[str, str]:
    """The hidden fields of a page's form."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode())
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def go(client: Client, service: Any, step: str, given: dict[str, str], language: str = "") -> Any:
    return client.post(f"{language}/services/{service.slug}/order/", {**given, "step": step})


def to_the_check(client: Client, service: Any, when: dict[str, str] | None = None, who: dict[str, str] | None = None) -> Any:
    """Walk up to the check page as a browser does, with nothing but what the pages carry."""
    page = go(client, service, "who", when or WHEN)
    assert page.status_code == 200, text_of(page)
    return go(client, service, "check", {**hidden(page), **(who or WHO)})


def signed_in(hub: Any, **given: Any) -> tuple[Client, Any]:
    """Somebody with an account at the hub."""
    resident = ResidentFactory(hub=hub, user=UserFactory(), **given)
    client = Client()
    client.force_login(resident.user, backend="django.contrib.auth.backends.ModelBackend")
    return client, resident


# --- the menu -------------------------------------------------------------------------------------------------------
def test_the_menu_shows_groups_names_and_prices(hub: Any, second_hub: Any, client: Client) -> None:
    ServiceFactory(hub=hub, name_zh="家政保洁", slug="cleaning")
    ServiceFactory(hub=hub, name_zh="义务理发", slug="haircut", group="personal", place="walk_in", price=0)
    ServiceFactory(hub=hub, name_zh="暂停的", is_published=False)
    ServiceFactory(hub=second_hub, name_zh="别家的")
    page = client.get("/services/")
    said = text_of(page)
    assert page.status_code == 200
    assert (said.count("家政保洁"), said.count("义务理发"), "暂停的" in said, "别家的" in said) == (1, 1, False, False)
    assert "/services/cleaning/" in page.content.decode()


@pytest.mark.parametrize("count", [1, 10])
def test_the_menu_is_one_number_of_statements(hub: Any, client: Client, count: int, django_assert_num_queries: Any) -> None:
    for _each in range(count):
        ServiceFactory(hub=hub, waivers={"low_income": 0})
    client.get("/services/?x=1")
    with django_assert_num_queries(7):
        client.post("/services/", {"situation": "low_income"})


@pytest.mark.parametrize("address", ["/services/", "/services/cleaning/"])
def test_asking_whether_it_is_free_writes_nothing(hub: Any, client: Client, address: str) -> None:
    ServiceFactory(hub=hub, slug="cleaning", waivers={"low_income": 0})
    with CaptureQueriesContext(connection) as asked_of_it:
        page = client.post(address, {"situation": "low_income", "free": "1"})
    assert ({query["sql"].split()[0] for query in asked_of_it}, page.cookies, "low_income" in page.request["QUERY_STRING"]) == ({"SELECT"}, {}, False)


def test_is_it_free_for_me(hub: Any, client: Client) -> None:
    ServiceFactory(hub=hub, slug="cleaning", name_zh="家政保洁", waivers={"low_income": 0, "disabled": 50})
    ServiceFactory(hub=hub, slug="locks", name_zh="开锁换锁", group="repair")
    free = text_of(client.post("/services/", {"situation": "low_income", "free": "1"}))
    assert ("家政保洁" in free, "开锁换锁" in free) == (True, False)
    assert "You would pay 15 yuan." in text_of(client.post("/en/services/cleaning/", {"situation": "disabled"}))
    assert "Yes: you pay nothing." in text_of(client.post("/en/services/cleaning/", {"situation": "low_income"}))
    assert "You would pay 30 yuan." in text_of(client.post("/en/services/cleaning/", {"situation": "nonsense"}))


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_sheet_prints_every_service(hub: Any, client: Client, language: str) -> None:
    ServiceFactory(hub=hub, name_zh="家政保洁", name_en="Cleaning", waivers={"low_income": 0})
    said = text_of(client.get(f"{language}/services/sheet/"))
    assert ("Cleaning" if language else "家政保洁") in said
    assert "66212590" in said


def test_another_hubs_service_and_an_unpublished_one_are_not_there(hub: Any, second_hub: Any, client: Client) -> None:
    theirs, hidden_one = ServiceFactory(hub=second_hub), ServiceFactory(hub=hub, is_published=False)
    for service in (theirs, hidden_one):
        assert client.get(f"/services/{service.slug}/").status_code == 404
        assert client.get(f"/services/{service.slug}/order/").status_code == 404
        assert go(client, service, "confirm", {**WHEN, **WHO, "token": "a-token-long-enough-1", "seen": "3000"}).status_code == 404
    assert Order.objects.count() == 0


def test_a_walk_in_station_has_nothing_to_order(hub: Any, client: Client) -> None:
    service = ServiceFactory(hub=hub, place="walk_in")
    assert client.get(f"/services/{service.slug}/order/").url == f"/services/{service.slug}/"


# --- ordering -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["", "/en"])
def test_from_the_dish_to_the_slip(hub: Any, client: Client, language: str) -> None:
    service = ServiceFactory(hub=hub)
    assert client.get(f"{language}/services/{service.slug}/").status_code == 200
    assert client.get(f"{language}/services/{service.slug}/order/").status_code == 200
    who = go(client, service, "who", WHEN, language)
    check = go(client, service, "check", {**hidden(who), **WHO}, language)
    assert "3号楼2单元301" in text_of(check)
    done = go(client, service, "confirm", hidden(check), language)
    made = Order.objects.get()
    assert done.url == f"{language}/services/orders/{made.token}/"
    assert (made.contact_phone, made.address, made.what, made.price_fen, made.channel) == ("13800001234", "3号楼2单元301", "厨房油烟重", 3000, "web")
    assert made.reference[:4] in text_of(client.get(done.url))


def test_pressed_twice_it_is_ordered_once(hub: Any, client: Client) -> None:
    service = ServiceFactory(hub=hub)
    carried = hidden(to_the_check(client, service))
    assert go(client, service, "confirm", carried).url == go(client, service, "confirm", carried).url
    assert Order.objects.count() == 1


def test_a_price_the_client_sends_is_ignored(hub: Any, client: Client) -> None:
    service = ServiceFactory(hub=hub)
    carried = hidden(to_the_check(client, service))
    for seen in ("0", "1", "-3000", "abc", "9" * 40, ""):
        page = go(client, service, "confirm", {**carried, "seen": seen, "price_fen": "0", "list_fen": "0", "price": "0"})
        assert hidden(page)["seen"] == "3000"
    assert Order.objects.count() == 0
    go(client, service, "confirm", {**carried, "price_fen": "0", "list_fen": "0"})
    assert Order.objects.get().price_fen == 3000


def test_a_price_list_changed_meanwhile_is_shown_and_asked_again(hub: Any, client: Client) -> None:
    service = ServiceFactory(hub=hub)
    carried = hidden(to_the_check(client, service))
    service.prices.update(fen=4500)
    page = go(client, service, "confirm", carried)
    assert (page.status_code, Order.objects.count(), hidden(page)["seen"]) == (422, 0, "4500")
    assert "45" in text_of(page)
    assert hidden(page)["address"] == WHEN["address"]
    go(client, service, "confirm", hidden(page))
    assert Order.objects.get().price_fen == 4500


def test_an_entitlement_that_ended_meanwhile_is_asked_again(hub: Any) -> None:
    client, resident = signed_in(hub)
    entitlement = entitled(hub, resident=resident)
    service = ServiceFactory(hub=hub, waivers={"low_income": 0})
    page = to_the_check(client, service, who={**WHO, "who": str(resident.pk)})
    assert hidden(page)["seen"] == "0"
    type(entitlement).objects.update(valid_to="2026-11-27")
    again = go(client, service, "confirm", hidden(page))
    assert (again.status_code, hidden(again)["seen"], Order.objects.count()) == (422, "3000", 0)


def test_the_entitled_pay_nothing_and_the_slip_says_why(hub: Any) -> None:
    client, resident = signed_in(hub)
    entitled(hub, resident=resident)
    service = ServiceFactory(hub=hub, waivers={"low_income": 0})
    done = go(client, service, "confirm", hidden(to_the_check(client, service, who={**WHO, "who": str(resident.pk)})))
    made = Order.objects.get()
    assert (made.price_fen, made.for_person, made.asked_by, Charge.objects.get().state) == (0, resident, resident, "waived")
    assert "30" in text_of(client.get(done.url))


def test_nobody_orders_as_somebody_elses_person(hub: Any, client: Client) -> None:
    stranger = entitled(hub).resident
    service = ServiceFactory(hub=hub, waivers={"low_income": 0})
    assert hidden(to_the_check(client, service, who={**WHO, "who": str(stranger.pk)}))["seen"] == "3000"
    mine, _me = signed_in(hub)
    assert to_the_check(mine, service, who={**WHO, "who": str(stranger.pk)}).status_code == 422


def test_where_a_known_resident_lives_is_filled_in(hub: Any) -> None:
    building = BuildingFactory(hub=hub)
    client, _me = signed_in(hub, building=building, door="2-301")
    page = client.get(f"/services/{ServiceFactory(hub=hub).slug}/order/").content.decode()
    assert f'value="{building.name_zh}2-301"' in page
    assert f'<option value="{building.grid.community_id}" selected>' in page


def test_the_same_matter_hangs_on_the_first_order(hub: Any, client: Client) -> None:
    service = ServiceFactory(hub=hub)
    first = order(hub, service)
    page = go(client, service, "confirm", hidden(to_the_check(client, service)))
    assert (page.status_code, Order.objects.count(), first.token in page.content.decode()) == (422, 1, False)
    noted = go(client, service, "same", hidden(page))
    assert (noted.status_code, OrderCall.objects.get().order, first.token in noted.content.decode()) == (200, first, False)
    go(client, service, "confirm", hidden(page))
    assert Order.objects.count() == 2


def test_the_owner_is_led_to_the_first_order(hub: Any) -> None:
    client, resident = signed_in(hub)
    service = ServiceFactory(hub=hub)
    first = order(hub, service, for_person=resident)
    page = go(client, service, "confirm", hidden(to_the_check(client, service, who={**WHO, "who": str(resident.pk)})))
    assert go(client, service, "same", hidden(page)).url == first.url


def test_another_community_is_refused_in_clear_words(hub: Any, client: Client) -> None:
    served = CommunityFactory(hub=hub)
    service = ServiceFactory(hub=hub)
    service.areas.set([served])
    service.save()
    page = go(client, service, "who", {**WHEN, "community": "0"})
    assert page.status_code == 422
    assert served.name_zh in text_of(page)
    assert WHEN["address"] in page.content.decode()
    assert go(client, service, "who", {**WHEN, "community": str(served.pk)}).status_code == 200


def test_a_station_asks_for_no_address(hub: Any, client: Client) -> None:
    service = ServiceFactory(hub=hub, place="station", station_zh="一楼电脑维修点")
    check = to_the_check(client, service, when={name: WHEN[name] for name in ("day", "window", "quantity")})
    go(client, service, "confirm", hidden(check))
    assert Order.objects.get().address == ""


# --- the slip -------------------------------------------------------------------------------------------------------
def test_the_slip_tells_each_step(hub: Any, client: Client, frozen: Any) -> None:
    made, clerk = order(hub, ServiceFactory(hub=hub)), user_with("clerk", hub)
    actions.assign(order=made, by=clerk, helper=helper_of(hub))
    actions.go(order=made, by=clerk)
    actions.arrive(order=made, by=clerk)
    actions.finish(order=made, by=clerk)
    said = text_of(client.get(f"/en/services/orders/{made.token}/"))
    at = [said.index(word) for word in ("Ordered", "Helper found", "Set out", "Arrived", "Say how it was")]
    assert at == sorted(at)


@pytest.mark.parametrize("state", ["taken", "assigned", "on_the_way", "arrived", "done", "rated", "cancelled", "declined"])
@pytest.mark.parametrize("page", ["", "cancel/", "reschedule/", "rate/"])
def test_every_page_opens_in_every_state(hub: Any, client: Client, state: str, page: str) -> None:
    made = past_order(hub, ServiceFactory(hub=hub), state=state)
    for language in ("", "/en"):
        for view in ("", "?view=elder"):
            assert client.get(f"{language}/services/orders/{made.token}/{page}{view}", follow=True).status_code == 200
    posted = client.post(f"/services/orders/{made.token}/{page}", {"rating": "5", "day": "2026-11-30", "window": "08:00-10:00"})
    assert posted.status_code in ({405} if not page else {302, 422})


def test_paying_is_offered_while_something_is_owed(hub: Any, client: Client, settings: Any) -> None:
    settings.PAYMENT_GATEWAY = "pretend"
    made = order(hub, ServiceFactory(hub=hub))
    charge = Charge.objects.get()
    assert charge.pay_url in client.get(made.url).content.decode()
    record_payment(charge=charge, method="counter_cash", amount_fen=3000, receipt_no="A-1", by=user_with("clerk", hub))
    assert charge.pay_url not in client.get(made.url).content.decode()


def test_cancelling_says_what_comes_back(hub: Any, client: Client) -> None:
    made = order(hub, ServiceFactory(hub=hub))
    record_payment(charge=Charge.objects.get(), method="counter_cash", amount_fen=3000, receipt_no="A-1", by=user_with("clerk", hub))
    assert text_of(client.get(f"/en/services/orders/{made.token}/cancel/")).count("30 yuan") == 2
    assert client.post(f"/services/orders/{made.token}/cancel/").url == made.url
    assert Order.objects.get().state == "cancelled"


def test_taking_another_time(hub: Any, client: Client) -> None:
    made = order(hub, ServiceFactory(hub=hub))
    address = f"/services/orders/{made.token}/reschedule/"
    assert client.post(address, {"day": "2026-12-01", "window": "14:00-16:00"}).url == made.url
    assert clock.local(Order.objects.get().starts_at).isoformat() == "2026-12-01T14:00:00+08:00"
    assert client.post(address, {"day": "2027-12-01", "window": "14:00-16:00"}).status_code == 422


def test_rating(hub: Any, client: Client) -> None:
    made = past_order(hub, ServiceFactory(hub=hub), state="done")
    assert client.post(f"/services/orders/{made.token}/rate/", {"words": "好"}).status_code == 422
    assert client.post(f"/services/orders/{made.token}/rate/", {"rating": "4", "words": "好"}).url == made.url
    assert (Order.objects.get().rating, Order.objects.get().rating_words) == (4, "好")


def test_the_slip_of_another_hub_is_not_there(hub: Any, second_hub: Any, client: Client) -> None:
    made = order(second_hub, ServiceFactory(hub=second_hub))
    assert client.get(f"/services/orders/{made.token}/").status_code == 404


def test_it_is_found_by_number_and_phone(hub: Any, client: Client) -> None:
    made = order(hub, ServiceFactory(hub=hub))
    assert client.post("/find/", {"reference": made.reference, "phone": "13800001234"}).url == made.url
    assert client.post("/find/", {"reference": made.reference, "phone": "13800005678"}).status_code == 422


@pytest.mark.parametrize("count", [10, 200])
def test_my_orders_are_one_number_of_statements(hub: Any, count: int, django_assert_num_queries: Any) -> None:
    client, resident = signed_in(hub)
    service = ServiceFactory(hub=hub)
    for n in range(count):
        past_order(hub, service, for_person=resident, state=["taken", "done", "cancelled"][n % 3], days_ago=n)
    client.get("/me/")
    with django_assert_num_queries(17):
        page = client.get("/me/")
    assert page.content.decode().count("/services/orders/") >= min(count, 20)


def test_orders_of_those_one_does_not_act_for_are_not_listed(hub: Any) -> None:
    client, _me = signed_in(hub)
    order(hub, ServiceFactory(hub=hub), asked(), for_person=ResidentFactory(hub=hub))
    assert "/services/orders/" not in client.get("/me/").content.decode()
