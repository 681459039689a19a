"""The demo: a full shelf, parcels in every state, and nothing that must never be."""

import random
from typing import Any

import pytest

from hub.core import clock
from hub.core.demo import World
from mutualaid.clothing import demo
from mutualaid.clothing.models import Garment, Intake, Parcel
from mutualaid.clothing.states import Moves, ParcelStates
from tests.cast import user_with
from tests.factories.clothing import somebody
from tests.factories.people import ResidentFactory
from tests.mutualaid.clothing.test_stock import faults

pytestmark = pytest.mark.django_db


def test_the_demo_has_everything_and_is_sound(hub: Any, second_hub: Any) -> None:
    people = [somebody(hub) for _each in range(9)]
    notes = {"users": {"clerk": user_with("clerk", hub)}, "residents": {"elder": people[0], "neighbour": ResidentFactory(hub=hub)}}
    world = World(hub=hub, second_hub=second_hub, now=clock.now(), random=random.Random(1), notes=notes)
    demo.seed(world)
    before = (Garment.objects.count(), Intake.objects.count(), Parcel.objects.count())
    demo.seed(world)
    assert (Garment.objects.count(), Intake.objects.count(), Parcel.objects.count()) == before
    assert set(Parcel.objects.values_list("state", flat=True)) == set(ParcelStates.values)
    assert set(Garment.objects.values_list("movements__kind", flat=True)) == set(Moves.values)
    assert (faults(), Garment.objects.at(second_hub).count()) == ([], 1)
