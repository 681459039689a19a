"""Ordering: what is written, what is refused, what it costs."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bookings.orders.actions import KeyReused, SameMatter, place_order
from bookings.orders.models import Order, OrderStep
from bookings.orders.questions import what_stands
from bookings.payments.models import Charge
from hub.audit.models import Line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.notifications.models import Message
from hub.people.models import Entitlement
from hub.people.queries import entitlements_on
from tests.factories.orders import MONDAY, ServiceFactory, a_price, asked, asker, entitled, order, past_order, special_day
from tests.factories.people import ResidentFactory
from tests.factories.places import CommunityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
SUNDAY = MONDAY - timedelta(days=1)


def codes(broken: Any) -> list[str]:
    return [refusal.code for refusal in broken.value.refusals]


def test_an_order_is_written_with_its_step_charge_line_and_message(hub: Any) -> None:
    made = order(hub, ServiceFactory(hub=hub), asked(quantity=2))
    assert (made.state, made.list_fen, made.price_fen, made.price_reason, made.reference[0] in "345") == ("taken", 6000, 6000, "list", True)
    assert [(step.kind, step.state) for step in made.steps.all()] == [("state", "taken")]
    charge = Charge.objects.get(purpose="orders.order", subject_ref=made.reference)
    assert (charge.state, charge.list_fen, charge.due_fen, charge.waived_fen) == ("open", 6000, 6000, 0)
    assert Line.objects.get(subject_label="orders.order").verb == "place_order"
    message = Message.objects.get(subject_label="orders.order")
    assert (message.kind, message.phone, message.channel) == ("order_made", "13800001234", "sms")


def test_the_same_token_gives_the_first_order(hub: Any) -> None:
    service = ServiceFactory(hub=hub)
    first = order(hub, service, token="twice-the-same-token")
    assert order(hub, service, token="twice-the-same-token") == first
    assert (Order.objects.count(), Charge.objects.count(), OrderStep.objects.count()) == (1, 1, 1)


def test_the_same_token_with_another_body_is_refused(hub: Any) -> None:
    service = ServiceFactory(hub=hub)
    order(hub, service, token="twice-the-same-token")
    with pytest.raises(KeyReused):
        place_order(hub=hub, service=service, asked=asked(), by=asker(), token="twice-the-same-token", body_digest="other")


# --- price ----------------------------------------------------------------------------------------------------------
def test_call_out_is_added_once(hub: Any) -> None:
    service = ServiceFactory(hub=hub, price=False)
    a_price(service, 2000, call_out_fen=500)
    assert order(hub, service, asked(quantity=3)).price_fen == 6500


def test_the_price_of_the_day_counts(hub: Any) -> None:
    service = ServiceFactory(hub=hub)
    a_price(service, 4000, valid_from=MONDAY)
    assert order(hub, service, asked("10:00", "12:00", day=SUNDAY)).price_fen == 3000
    assert order(hub, service, another=True).price_fen == 4000


def test_a_new_price_list_does_not_move_an_order(hub: Any) -> None:
    service = ServiceFactory(hub=hub)
    made = order(hub, service)
    service.prices.update(fen=9900)
    made.refresh_from_db()
    assert (made.price_fen, Charge.objects.get().due_fen) == (3000, 3000)


def test_an_entitlement_lowers_it_and_is_named(hub: Any) -> None:
    entitlement = entitled(hub)
    made = order(hub, ServiceFactory(hub=hub, waivers={"low_income": 0}), for_person=entitlement.resident)
    assert (made.list_fen, made.price_fen, made.price_reason, made.entitlement, made.waived_for) == (3000, 0, "entitlement", entitlement, "low_income")
    charge = Charge.objects.get()
    assert (charge.state, charge.due_fen, charge.waived_fen, charge.waived_for) == ("waived", 0, 3000, "low_income")


def test_of_two_entitlements_the_better_counts(hub: Any) -> None:
    resident = ResidentFactory(hub=hub)
    entitled(hub, resident=resident)
    better = entitled(hub, "disabled", resident=resident)
    made = order(hub, ServiceFactory(hub=hub, waivers={"low_income": 50, "disabled": 20}), for_person=resident)
    assert (made.price_fen, made.entitlement) == (600, better)


@pytest.mark.parametrize("change", [{"valid_to": SUNDAY}, {"valid_from": MONDAY + timedelta(days=1)}, {"verified_at": None, "verified_by": None}])
def test_an_entitlement_that_does_not_hold_on_the_day_lowers_nothing(hub: Any, change: dict[str, Any]) -> None:
    entitlement = entitled(hub)
    Entitlement.objects.update(**change)
    made = order(hub, ServiceFactory(hub=hub, waivers={"low_income": 0}), for_person=entitlement.resident)
    assert (made.price_fen, made.price_reason, made.entitlement) == (3000, "list", None)


@pytest.mark.parametrize(
    "change",
    [
        {}, {"valid_to": SUNDAY}, {"valid_to": MONDAY}, {"valid_from": MONDAY}, {"verified_at": None, "verified_by": None},
        {"revoked_at": clock.at(SUNDAY, time(9))},
    ],
    ids=["holds", "until sunday", "until monday", "from monday", "not verified", "revoked"],
)  # fmt: skip
def test_the_order_and_the_page_find_the_same_entitlements(hub: Any, change: dict[str, Any]) -> None:
    """One asks in plain SQL, the other through the ORM."""
    person = entitled(hub).resident
    Entitlement.objects.update(**change)
    for day in (SUNDAY, MONDAY, MONDAY + timedelta(days=1)):
        asked = what_stands(token="x", hub_id=hub.pk, service_id=1, phone="", person_id=person.pk, day=day).held
        assert asked == [(row.pk, row.kind) for row in entitlements_on(person.pk, day)]


def test_somebody_elses_entitlement_lowers_nothing(hub: Any) -> None:
    entitled(hub)
    assert order(hub, ServiceFactory(hub=hub, waivers={"low_income": 0}), for_person=ResidentFactory(hub=hub)).price_fen == 3000


def test_what_costs_nothing_is_waived_at_once_for_nobody(hub: Any) -> None:
    made = order(hub, ServiceFactory(hub=hub, price=0))
    charge = Charge.objects.get()
    assert (made.price_reason, made.waived_for, charge.state, charge.waived_fen) == ("free", "", "waived", 0)


def test_another_price_than_the_one_seen_is_refused(hub: Any) -> None:
    service = ServiceFactory(hub=hub)
    with pytest.raises(RuleBroken) as broken:
        order(hub, service, seen=1)
    assert (codes(broken), Order.objects.count(), Charge.objects.count()) == (["order_price_changed"], 0, 0)
    assert order(hub, service, seen=3000).price_fen == 3000


# --- refusals -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (asked(day=date(2026, 11, 28)), "in_the_past"),
        (asked(day=MONDAY + timedelta(days=30)), "order_beyond_horizon"),
        (asked("09:00", "11:00"), "order_window_unknown"),
        (asked("08:00", "12:00"), "order_window_unknown"),
        (asked("10:00", "12:00", day=date(2026, 12, 1)), "closed_day"),
        (asked(quantity=0), "order_quantity"),
        (asked(quantity=-1), "order_quantity"),
        (asked(quantity=6), "order_quantity"),
        (asked(quantity=10**9), "order_quantity"),
        (asked(address="  "), "order_address_missing"),
    ],
)
def test_what_the_rules_refuse(hub: Any, wanted: Any, code: str) -> None:
    special_day(hub, date(2026, 12, 1))
    with pytest.raises(RuleBroken) as broken:
        order(hub, ServiceFactory(hub=hub), wanted)
    assert (codes(broken), Order.objects.count()) == ([code], 0)


def test_the_lead_time(hub: Any) -> None:
    service = ServiceFactory(hub=hub, lead_hours=24)
    with pytest.raises(RuleBroken) as broken:
        order(hub, service, asked("08:00", "10:00", day=SUNDAY))
    assert codes(broken) == ["order_too_soon"]
    assert "66212590" in broken.value.sentence


def test_a_day_of_rest(hub: Any) -> None:
    service = ServiceFactory(hub=hub, days="workdays")
    with pytest.raises(RuleBroken) as broken:
        order(hub, service, asked(day=SUNDAY))
    assert codes(broken) == ["order_rest_day"]
    special_day(hub, SUNDAY, "makeup")
    assert order(hub, service, asked(day=SUNDAY)).state == "taken"


def test_only_the_communities_served(hub: Any) -> None:
    served, other = CommunityFactory(hub=hub), CommunityFactory(hub=hub)
    service = ServiceFactory(hub=hub)
    service.areas.set([served])
    service.save()
    for community in (other.pk, None):
        with pytest.raises(RuleBroken) as broken:
            order(hub, service, asked(community=community))
        assert codes(broken) == ["order_outside_area"]
        assert served.name_zh in broken.value.sentence
    assert order(hub, service, asked(community=served.pk)).community == served


def test_a_service_without_a_price_is_not_free(hub: Any) -> None:
    with pytest.raises(RuleBroken) as broken:
        order(hub, ServiceFactory(hub=hub, price=False))
    assert codes(broken) == ["order_no_price"]


def test_to_a_walk_in_station_one_just_comes(hub: Any) -> None:
    with pytest.raises(RuleBroken) as broken:
        order(hub, ServiceFactory(hub=hub, place="walk_in"))
    assert codes(broken) == ["order_walk_in"]


def test_an_unpublished_service_and_another_hubs(hub: Any, second_hub: Any) -> None:
    for service in (ServiceFactory(hub=hub, is_published=False), ServiceFactory(hub=second_hub)):
        with pytest.raises(RuleBroken) as broken:
            order(hub, service)
        assert codes(broken) == ["order_service_gone"]


def test_a_station_needs_no_address(hub: Any) -> None:
    made = order(hub, ServiceFactory(hub=hub, place="station"), asked(address=""))
    assert (made.address, made.community) == ("", None)


# --- the same matter ------------------------------------------------------------------------------------------------
def test_a_second_open_order_of_the_same_service_offers_the_first(hub: Any) -> None:
    service = ServiceFactory(hub=hub)
    first = order(hub, service)
    with pytest.raises(SameMatter) as same:
        order(hub, service, asked("10:00", "12:00"))
    assert (same.value.order, Order.objects.count()) == (first, 1)
    assert order(hub, service, asked("10:00", "12:00"), another=True) != first
    assert order(hub, ServiceFactory(hub=hub)).state == "taken"
    assert order(hub, service, phone="13800005678").state == "taken"


def test_the_same_person_by_another_phone_is_the_same_matter(hub: Any) -> None:
    service, person = ServiceFactory(hub=hub), ResidentFactory(hub=hub)
    first = order(hub, service, for_person=person)
    with pytest.raises(SameMatter) as same:
        order(hub, service, for_person=person, phone="13800005678")
    assert same.value.order == first


def test_what_is_done_is_no_open_matter(hub: Any) -> None:
    service = ServiceFactory(hub=hub)
    past_order(hub, service, state="done")
    assert order(hub, service).state == "taken"


def test_a_visitors_number_keeps_three_orders(hub: Any) -> None:
    for _each in range(3):
        order(hub, ServiceFactory(hub=hub))
    with pytest.raises(RuleBroken) as broken:
        order(hub, ServiceFactory(hub=hub))
    assert codes(broken) == ["order_too_many_open"]


# --- what the database forbids --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        {"price_fen": 3001},
        {"price_fen": 2000},
        {"price_reason": "entitlement"},
        {"price_reason": "decision"},
        {"quantity": 0},
        {"quantity": 100},
        {"extra_fen": 100},
        {"state": "assigned", "helper_name": ""},
        {"state": "rated", "done_at": "2026-11-28T00:00Z", "helper_name": "李师傅"},
        {"rating": 5},
        {"state": "done", "helper_name": "李师傅"},
        {"state": "cancelled"},
        {"closed_at": "2026-11-28T00:00Z"},
        {"ends_at": "2026-01-01T00:00Z"},
    ],
)
def test_the_database_forbids_what_must_never_be(hub: Any, change: dict[str, Any]) -> None:
    made = order(hub, ServiceFactory(hub=hub))
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=made.pk).update(**change)


def test_a_step_is_never_changed_nor_deleted(hub: Any) -> None:
    made = order(hub, ServiceFactory(hub=hub))
    for change in (lambda: made.steps.update(state="done"), lambda: made.steps.all().delete()):
        with pytest.raises(Exception, match="append"), transaction.atomic():
            change()
