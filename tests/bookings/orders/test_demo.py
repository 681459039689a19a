"""The demo: over ten services, orders in every state, and nothing that must never be."""

import random
from typing import Any

import pytest

from bookings.orders import demo
from bookings.orders.models import Order, Service
from bookings.orders.states import IS_OPEN, OrderStates
from hub.core import clock
from hub.core.demo import World
from hub.core.joins import integrity_checks, personal_fields
from tests.cast import user_with
from tests.factories.orders import ServiceFactory, entitled, order
from tests.factories.people import ResidentFactory
from tests.factories.places import CommunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded(hub: Any, second_hub: Any) -> Any:
    """A small street with the menu and its orders."""
    CommunityFactory(hub=hub)
    elder = entitled(hub, "lone_elder").resident
    people = [ResidentFactory(hub=hub) for _each in range(5)]
    notes = {"users": {"clerk": user_with("clerk", hub), "provider": user_with("provider", hub)}, "residents": {"elder": elder, "resident": people[0]}}
    world = World(hub=hub, second_hub=second_hub, now=clock.now(), random=random.Random(1), notes=notes)
    demo.seed(world)
    return world


def test_the_demo_has_everything_and_is_sound(seeded: Any, hub: Any, second_hub: Any) -> None:
    assert (Service.objects.at(hub).count(), Service.objects.at(second_hub).count()) == (14, 1)
    assert set(Order.objects.at(hub).values_list("state", flat=True)) == set(OrderStates.values)
    assert [fault for check in integrity_checks if check.name.startswith(("orders.", "payments.")) for fault in check.find()] == []
    assert not Order.objects.at(hub).filter(state__in=IS_OPEN, door_code="").exists()  # each can be walked to its end
    before = Order.objects.count()
    demo.seed(seeded)
    assert (Order.objects.count(), Service.objects.count()) == (before, 15)


def test_what_is_kept_about_a_person_is_handed_over_and_blanked(hub: Any) -> None:
    person = ResidentFactory(hub=hub)
    made = order(hub, ServiceFactory(hub=hub), for_person=person)
    row = personal_fields["orders.order"]
    (given,) = row.export(person)
    assert (given["name"], given["phone"], given["address"], given["what"]) == ("王秀兰", "13800001234", "3号楼2单元301", "厨房油烟重")
    assert row.erase(person) == 1
    made.refresh_from_db()
    assert [getattr(made, name) for name in row.fields if "." not in name] == [""] * (len(row.fields) - 1)
