"""The staff's screens: the menu, orders and their buttons, the price list as a file."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from bookings.orders.models import Order, OrderCall, Service
from bookings.payments.models import Charge, Payment
from hub.audit.models import Line
from hub.core import clock
from hub.core.joins import figures
from tests.cast import user_with
from tests.factories.orders import ServiceFactory, entitled, helper_of, order, past_order
from tests.factories.people import ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
DOWN = {
    "day": "2026-11-30",
    "window": "08:00-10:00",
    "quantity": "1",
    "name": "王秀兰",
    "phone": "13800001234",
    "address": "3号楼2单元301",
    "channel": "phone",
}


def press(client: Any, name: str, made: Order, given: dict[str, str] | None = None) -> Any:
    return client.post(reverse(f"order:{name}", args=[made.pk]), given or {})


# --- orders ---------------------------------------------------------------------------------------------------------
def test_an_order_is_taken_down_by_telephone(hub: Any, as_role: Any) -> None:
    service, person = ServiceFactory(hub=hub, waivers={"low_income": 0}), ResidentFactory(hub=hub, name="王秀兰", phone="13800001234")
    entitled(hub, resident=person)
    operator = as_role("operator")
    assert operator.get(reverse("order:take_down")).status_code == 200
    assert operator.post(reverse("order:take_down"), {**DOWN, "service": service.pk}).url == reverse("order:inspect", args=[Order.objects.get().pk])
    made = Order.objects.get()
    assert (made.channel, made.taken_by, made.for_person, made.price_fen) == ("phone", user_with("operator", hub), person, 0)


def test_a_second_call_is_not_a_second_order(hub: Any, as_role: Any) -> None:
    service = ServiceFactory(hub=hub)
    first, clerk = order(hub, service), as_role("clerk")
    page = clerk.post(reverse("order:take_down"), {**DOWN, "service": service.pk})
    assert (page.status_code, Order.objects.count()) == (200, 1)
    assert f"{first.reference[:4]} {first.reference[4:]}" in page.content.decode()
    press(clerk, "call", first, {"channel": "phone", "words": "什么时候来"})
    assert OrderCall.objects.get().order == first
    clerk.post(reverse("order:take_down"), {**DOWN, "service": service.pk, "another": "on"})
    assert Order.objects.count() == 2


def test_the_whole_road_by_buttons(hub: Any, as_role: Any) -> None:
    made, clerk = order(hub, ServiceFactory(hub=hub)), as_role("clerk")
    inspect = reverse("order:inspect", args=[made.pk])
    for name, given, state in [
        ("assign", {"helper": str(helper_of(hub).pk)}, "assigned"),
        ("reschedule", {"day": "2026-12-01", "window": "14:00-16:00", "reason": "师傅请假"}, "taken"),
        ("assign", {"name": "李师傅", "phone": "13800009999"}, "assigned"),
        ("go", {}, "on_the_way"),
        ("arrive", {}, "arrived"),
        ("extra", {"extra": "25", "what": "水龙头", "agreed_by": "王秀兰"}, "arrived"),
        ("finish", {"method": "door_cash", "amount": "55", "receipt_no": "A-1"}, "done"),
    ]:
        assert reverse(f"order:{name}", args=[made.pk]) in clerk.get(inspect).content.decode()
        assert clerk.get(reverse(f"order:{name}", args=[made.pk])).status_code == 200
        assert press(clerk, name, made, given).url == inspect
        made.refresh_from_db()
        assert made.state == state
    assert (Charge.objects.get().state, Payment.objects.get().amount_fen) == ("settled", 5500)


def test_an_operator_finishes_and_takes_no_money(hub: Any, as_role: Any) -> None:
    made, operator = order(hub, ServiceFactory(hub=hub)), as_role("operator")
    for name, given in [
        ("assign", {"name": "李师傅", "phone": "13800009999"}),
        ("arrive", {}),
        ("finish", {"method": "door_cash", "amount": "30", "receipt_no": "A"}),
    ]:
        press(operator, name, made, given)
    made.refresh_from_db()
    assert (made.state, Payment.objects.count(), Charge.objects.get().state) == ("done", 0, "open")
    assert operator.get(reverse("order:price", args=[made.pk])).status_code == 404


def test_price_cancel_and_decline(hub: Any, as_role: Any) -> None:
    clerk = as_role("clerk")
    first, second = order(hub, ServiceFactory(hub=hub)), order(hub, ServiceFactory(hub=hub))
    assert press(clerk, "price", first, {"price": "31", "reason": "x"}).status_code == 200
    press(clerk, "price", first, {"price": "10.50", "reason": "刚出院"})
    press(clerk, "cancel", first, {"reason": "老人住院"})
    press(clerk, "decline", second, {"reason": "没有师傅"})
    assert list(Order.objects.order_by("pk").values_list("state", "price_fen", "reason")) == [("cancelled", 1050, "老人住院"), ("declined", 3000, "没有师傅")]
    assert press(clerk, "go", first).status_code == 200


def test_nobody_lowers_the_price_of_their_own_order(hub: Any, as_role: Any) -> None:
    clerk = user_with("clerk", hub)
    made = order(hub, ServiceFactory(hub=hub), for_person=ResidentFactory(hub=hub, user=clerk))
    assert press(as_role("clerk"), "price", made, {"price": "0", "reason": "x"}).status_code == 404


BUTTONS = ["assign", "go", "arrive", "extra", "finish", "cancel", "decline", "price", "call", "reschedule"]


@pytest.mark.parametrize("name", [*BUTTONS, "inspect"])
def test_another_hubs_order_is_not_there(hub: Any, second_hub: Any, as_role: Any, name: str) -> None:
    theirs = order(second_hub, ServiceFactory(hub=second_hub))
    assert as_role("director").get(reverse(f"order:{name}", args=[theirs.pk])).status_code == 404


@pytest.mark.parametrize("role", ["editor", "coordinator", "reviewer", "admin"])
def test_others_see_no_orders(hub: Any, as_role: Any, role: str) -> None:
    made, client = order(hub, ServiceFactory(hub=hub)), as_role(role)
    for name in BUTTONS:
        assert press(client, name, made).status_code == 404
    for address in (reverse("order:day_sheet"), reverse("order:take_down")):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [10, 200])
def test_the_list_is_one_number_of_statements_and_masks_names(hub: Any, as_role: Any, count: int, django_assert_num_queries: Any) -> None:
    service = ServiceFactory(hub=hub)
    for n in range(count):
        past_order(hub, service, days_ago=n)
    clerk = as_role("clerk")
    clerk.get(reverse("order:index"))
    with django_assert_num_queries(15):
        page = clerk.get(reverse("order:index")).content.decode()
    assert ("王秀兰" in page, "王**" in page, "138****1234" in page) == (False, True, True)


@pytest.mark.parametrize(("typed", "found"), [("{0} {1}", 1), ("{0}{1}", 1), ("{0}", 0), ("nonsense", 0)])
def test_an_order_is_found_by_its_number(hub: Any, as_role: Any, typed: str, found: int) -> None:
    made = past_order(hub, ServiceFactory(hub=hub))
    past_order(hub, made.service)
    page = as_role("clerk").get(reverse("order:index"), {"q": typed.format(made.reference[:4], made.reference[4:])})
    assert page.content.decode().count(reverse("order:inspect", args=[made.pk])) >= found
    assert len(page.context["object_list"]) == found


@pytest.mark.parametrize("day", ["2026-11-30", "", "nonsense", "9999-12-31", "0001-01-01"])
def test_the_day_sheet(hub: Any, as_role: Any, day: str) -> None:
    order(hub, ServiceFactory(hub=hub))
    page = as_role("operator").get(reverse("order:day_sheet"), {"day": day})
    assert page.status_code == 200
    assert ("3号楼2单元301" in page.content.decode()) is (day == "2026-11-30")


# --- the menu -------------------------------------------------------------------------------------------------------
def service_form(**given: Any) -> dict[str, Any]:
    """What the edit screen posts."""
    columns = {
        "name_zh": "管道疏通", "name_en": "", "line_zh": "下水道不通", "line_en": "", "slug": "drains", "drawing": "tools", "group": "repair",
        "sort_order": "10", "is_published": "on", "place": "home", "station_zh": "", "station_en": "", "included_zh": "",
        "included_en": "", "not_included_zh": "",
        "not_included_en": "", "call_out_zh": "", "call_out_en": "", "extra_zh": "", "extra_en": "", "days": "every_day", "most": "1", "lead_hours": "2",
        "horizon_days": "14", "cancel_hours": "2",
    }  # fmt: skip
    for name in ("windows", "prices", "waivers"):
        columns |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0", f"{name}-MIN_NUM_FORMS": "0", f"{name}-MAX_NUM_FORMS": "1000"}
    windows = {"windows-TOTAL_FORMS": "1", "windows-0-starts_at": "08:00", "windows-0-ends_at": "10:00", "windows-0-ORDER": "1", "windows-0-id": ""}
    prices = {
        "prices-TOTAL_FORMS": "1", "prices-0-valid_from": "2026-01-01", "prices-0-fen": "40.50", "prices-0-unit": "time", "prices-0-call_out_fen": "0",
        "prices-0-ORDER": "1", "prices-0-id": "",
    }  # fmt: skip
    return {**columns, **windows, **prices, **given}


def test_a_service_is_added_with_its_window_and_price(hub: Any, as_role: Any) -> None:
    clerk = as_role("clerk")
    assert clerk.get(reverse("service:add")).status_code == 200
    assert clerk.post(reverse("service:add"), service_form()).status_code == 302
    service = Service.objects.get()
    assert (service.hub, service.prices.get().fen, service.windows.count()) == (hub, 4050, 1)
    assert Line.objects.get(subject_label="orders.service").verb == "create"


@pytest.mark.parametrize(
    "given", [{"slug": "orders"}, {"slug": "sheet"}, {"most": "0"}, {"most": "100"}, {"windows-0-ends_at": "07:00"}, {"prices-0-fen": "-1"}]
)
def test_a_service_that_cannot_be(hub: Any, as_role: Any, given: dict[str, str]) -> None:
    assert as_role("clerk").post(reverse("service:add"), service_form(**given)).status_code == 200
    assert Service.objects.count() == 0


# --- the director's figures -----------------------------------------------------------------------------------------
def test_each_figure_is_the_number_of_rows_its_link_shows(hub: Any, as_role: Any, second_hub: Any) -> None:
    service = ServiceFactory(hub=hub)
    for n, state in enumerate(["taken", "assigned", "done", "rated", "rated", "cancelled"]):
        past_order(hub, service, state=state, days_ago=n + 1, **({"rating": 3} if n == 4 else {}))
    past_order(hub, service, state="done", days_ago=40)
    past_order(hub, service, state="done", days_ago=3, price_fen=1000, waived_for="decision")
    past_order(second_hub, ServiceFactory(hub=second_hub), state="done")
    first, last = clock.today() - timedelta(days=30), clock.today()
    bounds = clock.day_bounds(first)[0], clock.day_bounds(last)[1]
    found = {row.name: row.count(hub, *bounds) for row in figures if row.name.startswith("orders.")}
    assert found == {"orders.taken": 7, "orders.done": 4, "orders.closed": 1, "orders.late": 2, "orders.waived": 2000, "orders.rating": 80}
    director = as_role("director")
    for name in ("orders.taken", "orders.done", "orders.closed", "orders.late"):
        page = director.get(figures[name].url(first, last))
        assert (name, page.context["object_list"].count()) == (name, found[name])
    assert director.get(figures["orders.rating"].url(first, last)).context["object_list"].count() == 2


def test_the_filters_offer_this_hubs_services_alone(hub: Any, second_hub: Any, as_role: Any) -> None:
    ServiceFactory(hub=hub, name_zh="管道疏通")
    ServiceFactory(hub=second_hub, name_zh="别家的保洁")
    page = as_role("clerk").get(reverse("order:index")).content.decode()
    assert ("管道疏通" in page, "别家的保洁" in page) == (True, False)
