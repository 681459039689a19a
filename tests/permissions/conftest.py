"""The walk is SQLite's: who may do what is decided before any database is asked, and SQLite counts changed rows."""

from collections.abc import Callable, Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from wagtail.models import sites

from hub.core import clock
from tests.permissions.things import things_at
from tests.permissions.walk import NotFound, Person, Walk


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave these tests out on PostgreSQL."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return
    ours = [item for item in items if item.get_closest_marker("sqlite_only") and "tests/permissions" in item.nodeid]
    items[:] = [item for item in items if item not in ours]
    config.hook.pytest_deselected(items=ours)


@pytest.fixture(autouse=True)
def nothing_remembered(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Own files, a fresh cache; a room here has no drawing of its own. Which site a host name is does not change while somebody walks."""
    monkeypatch.setattr(sites, "get_site_for_hostname", cache(sites.get_site_for_hostname))
    monkeypatch.setattr("hub.urls.handler404", NotFound(), raising=False)
    settings.MEDIA_ROOT, settings.DRAWINGS_STRICT = tmp_path, False
    forget()
    yield
    forget()


def forget() -> None:
    """What is remembered outlives a test's transaction and its files."""
    for name in ("default", "pages", "renditions"):
        caches[name].clear()


@pytest.fixture
def houses(hub: Any, second_hub: Any, frozen: Any) -> tuple[SimpleNamespace, SimpleNamespace]:
    """One of everything at this hub, and at the other."""
    return things_at(hub), things_at(second_hub)


@pytest.fixture
def walk_as(houses: tuple[SimpleNamespace, SimpleNamespace]) -> Callable[..., list[str]]:
    """`walk_as("clerk", only="/admin/room/")`: what is not as the table says. The jobs have just run."""
    ours, theirs = houses
    caches["default"].set("job:notifications.send", clock.now().timestamp())
    return lambda name, only="/": Walk(Person.of(name, ours, theirs), ours, theirs).run(only)
