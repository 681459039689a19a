"""The suite's footing: which database, and the standing cast that tests share."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django.test import Client, TransactionTestCase
from django.utils import translation

from hub.core import clock
from hub.hubs.models import Hub
from tests import cast
from tests.databases import copy_template, make, throw_away

SATURDAY_MORNING = datetime(2026, 11, 28, 10, 0, tzinfo=clock.zone())


def pytest_configure(config: pytest.Config) -> None:
    """Clean up after a transactional test by copying the template anew instead of emptying tables, which would lose Wagtail's root page."""
    TransactionTestCase._fixture_teardown = lambda _self: copy_template()  # type: ignore[method-assign]  # only while testing


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """A database with every migration run and both hubs open."""
    with django_db_blocker.unblock():
        make()
    yield
    with django_db_blocker.unblock():
        throw_away()


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """Each test begins in the house's language: a client's request to /en/ leaves its own behind in the thread."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.deactivate()


@pytest.fixture
def frozen() -> Iterator[time_machine.Traveller]:
    """Saturday 28 November 2026, ten in the morning, in the house's zone."""
    with time_machine.travel(SATURDAY_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def hub(db: None) -> Any:
    """The demo's street, at the default site."""
    return Hub.objects.get(slug="xidajie")


@pytest.fixture
def second_hub(hub: Any) -> Any:
    """A tiny hub next door, at its own host name."""
    return Hub.objects.get(slug="beiyuan")


@pytest.fixture
def as_role(hub: Any) -> Callable[..., Client]:
    """`as_role("clerk")`: a client signed in as somebody with that role at `hub`; `as_role("clerk", at=second_hub)` elsewhere."""
    return lambda role, at=None: cast.signed_in_as(role, at or hub)


@pytest.fixture
def on_postgres(db: None) -> bool:
    """Which database this run is on."""
    return bool(connections["default"].vendor == "postgresql")
