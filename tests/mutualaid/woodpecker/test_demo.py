"""The demo: an edition closed, one being judged in every state, one running; and nothing that must never be."""

import random
from typing import Any

import pytest

from hub.closings.models import Closing
from hub.core import clock
from hub.core.demo import World
from mutualaid.woodpecker import demo, queries
from mutualaid.woodpecker.models import Award, CanonicalError, Edition, Judgement, Report
from mutualaid.woodpecker.panel import unscored
from tests.cast import user_with
from tests.factories.people import ResidentFactory
from tests.mutualaid.woodpecker.test_closing import faults

pytestmark = pytest.mark.django_db


def test_the_demo_has_everything_and_is_sound(hub: Any, second_hub: Any) -> None:
    users = {name: user_with("reviewer", hub, name) for name in ("reviewer", "reviewer2", "reviewer3")} | {
        name: user_with(name, hub) for name in ("clerk", "director")
    }
    people = {name: ResidentFactory(hub=hub) for name in ("neighbour", "resident", "elder")}
    world = World(hub=hub, second_hub=second_hub, now=clock.now(), random=random.Random(1), notes={"users": users, "residents": people})
    demo.seed(world)
    before = (Report.objects.count(), CanonicalError.objects.count(), Award.objects.count())
    demo.seed(world)
    assert (Report.objects.count(), CanonicalError.objects.count(), Award.objects.count()) == before
    editions = list(Edition.objects.at(hub).order_by("issued_on"))
    assert [queries.stages_of([row])[row.pk] for row in editions] == ["closed", "judging", "running"]
    winners = [row["prize_zh"] for row in Closing.objects.get().result["winners"]]
    assert winners == ["最佳啄木鸟", *["优秀啄木鸟"] * 10]
    judging = CanonicalError.objects.filter(edition=editions[1])
    assert set(judging.values_list("verdict", "status")) == {("valid", "settled"), ("valid", "open"), ("undecided", "open")}
    assert (queries.raw_reports(editions[1]).count() > 2, unscored(editions[1]).missing > 3, Judgement.objects.count()) == (True, True, 1)
    assert (Award.objects.unclaimed().count(), faults()) == (5, [])
