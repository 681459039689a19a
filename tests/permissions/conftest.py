"""The walk is SQLite's: who may do what is decided before any database is asked, and SQLite counts changed rows."""

from collections.abc import Callable, Iterator
from copy import copy
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib import auth
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIRequest
from wagtail.models import Site, sites

from hub.core import clock
from hub.hubs.models import Hub
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
    monkeypatch.setattr("wagtail.admin.urls.page_not_found", NotFound())
    monkeypatch.setattr("wagtail.contrib.redirects.middleware.get_redirect", lambda *asked: None)  # there is none in these houses
    monkeypatch.setattr(WSGIRequest, "_hub", property(cache_by(lambda request: request.get_host(), asked_hub)), raising=False)
    monkeypatch.setattr(auth, "get_user", known_user(auth.get_user))
    settings.MEDIA_ROOT, settings.DRAWINGS_STRICT = tmp_path, False
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"
    forget()
    yield
    forget()


def cache_by(key: Callable[[Any], Any], ask: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Ask once for each key."""
    known: dict[Any, Any] = {}

    def answer(request: Any) -> Any:
        if key(request) not in known:
            known[key(request)] = ask(request)
        return known[key(request)]

    return answer


def asked_hub(request: Any) -> Any:
    """Which hub a host name is; it stays while somebody walks."""
    site = Site.find_for_request(request)
    return Hub.objects.filter(site=site).first() if site else None


def known_user(ask: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Each request has a user of its own, who brings along what was asked of the first: neither roles nor rights change while somebody walks, and the walk
    looks at that itself. Asking anew at every address took a quarter of it."""
    first: dict[Any, Any] = {}

    def answer(request: Any) -> Any:
        key = request.session.get(auth.SESSION_KEY)
        if key is None:
            return ask(request)
        if key not in first:
            first[key] = ask(request)
            first[key].get_all_permissions()
        user = copy(first[key])
        user._roles = first[key].__dict__.setdefault("_roles", {})
        return user

    return answer


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
