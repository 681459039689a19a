"""The demo's promises."""

import random
from types import SimpleNamespace
from typing import Any

import pytest

from hub.promises.demo import ROWS, seed
from hub.promises.joins import unknown_kinds
from hub.promises.models import Promise


@pytest.mark.django_db
def test_the_demo_has_a_promise_in_every_state_and_stays_as_it_is(hub: Any) -> None:
    for _each in range(2):
        seed(SimpleNamespace(hub=hub, random=random.Random(1)))
    assert Promise.objects.count() == len(ROWS) == 6
    assert list(Promise.objects.order_by("outcome").values_list("outcome", flat=True).distinct()) == ["", "dropped", "kept"]
    assert list(unknown_kinds()) == []
