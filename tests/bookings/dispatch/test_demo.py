"""The demo: a dozen helpers, offers and months in every state, and nothing that must never be."""

import random
from typing import Any

import pytest

from bookings.dispatch import demo
from bookings.dispatch.models import Offer, Provider, Statement
from bookings.dispatch.states import OfferStates, StatementStates
from bookings.orders import demo as orders_demo
from hub.core import clock
from hub.core.demo import World
from hub.core.joins import integrity_checks
from tests.cast import user_with
from tests.factories.orders import entitled
from tests.factories.people import ResidentFactory
from tests.factories.places import CommunityFactory, GridFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(hub: Any, second_hub: Any) -> World:
    """A small street with the menu, its orders and helpers."""
    GridFactory(hub=hub, community=CommunityFactory(hub=hub))
    elder = entitled(hub, "lone_elder").resident
    people = [ResidentFactory(hub=hub) for _each in range(5)]
    users = {role: user_with(role, hub) for role in ("clerk", "provider", "operator", "director")}
    notes = {"users": users, "residents": {"elder": elder, "resident": people[0]}}
    made = World(hub=hub, second_hub=second_hub, now=clock.now(), random=random.Random(1), notes=notes)
    orders_demo.seed(made)
    demo.seed(made)
    return made


def test_the_demo_has_everything_and_is_sound(world: World, hub: Any) -> None:
    assert Provider.objects.at(hub).count() == 12
    assert set(Offer.objects.values_list("state", flat=True)) == set(OfferStates.values)
    assert set(Statement.objects.values_list("state", flat=True)) <= set(StatementStates.values)
    assert Statement.objects.filter(state="approved").exists()
    names = ("orders.", "payments.", "dispatch.")
    assert [fault for check in integrity_checks if check.name.startswith(names) for fault in check.find()] == []
    before = Offer.objects.count()
    demo.seed(world)
    assert (Offer.objects.count(), Provider.objects.count()) == (before, 12)
