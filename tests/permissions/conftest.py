"""The walk is SQLite's: who may do what is decided before any database is asked, and SQLite counts changed rows."""

from collections.abc import Callable, Iterator
from copy import copy
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib import auth
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.test import override_settings
from django.utils import translation
from wagtail.models import Site, sites

from hub.core import clock
from hub.hubs.models import Hub
from tests.conftest import SATURDAY_MORNING
from tests.permissions.things import things_at
from tests.permissions.walk import NotFound, Person, Walk


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave these tests out on PostgreSQL."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return
    ours = [item for item in items if item.get_closest_marker("sqlite_only") and "tests/permissions" in item.nodeid]
    items[:] = [item for item in items if item not in ours]
    config.hook.pytest_deselected(items=ours)


@pytest.fixture(scope="package")
def built(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """Both houses, built once in a transaction that each test's own lies in; and where their files are."""
    files = tmp_path_factory.mktemp("houses")
    whole = transaction.atomic()
    with django_db_blocker.unblock():
        whole.__enter__()
        with time_machine.travel(SATURDAY_MORNING, tick=False), override_settings(MEDIA_ROOT=files, DRAWINGS_STRICT=False), translation.override("zh-hans"):
            hubs = [Hub.objects.get(slug=slug) for slug in ("xidajie", "beiyuan")]
            made = SimpleNamespace(houses=tuple(things_at(hub) for hub in hubs), files=files)
        forget()
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def nothing_remembered(settings: Any, built: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Their files, a fresh cache; a room here has no drawing of its own. Which site a host name is does not change while somebody walks."""
    monkeypatch.setattr(sites, "get_site_for_hostname", cache(sites.get_site_for_hostname))
    monkeypatch.setattr("hub.urls.handler404", NotFound(), raising=False)
    monkeypatch.setattr("wagtail.admin.urls.page_not_found", NotFound())
    monkeypatch.setattr("hub.core.paper.pdf", lambda page: b"%PDF-")  # the page it is made of is drawn; making it has tests of its own
    monkeypatch.setattr("wagtail.contrib.redirects.middleware.get_redirect", lambda *asked: None)  # there is none in these houses
    monkeypatch.setattr(WSGIRequest, "_hub", property(cache_by(lambda request: request.get_host(), asked_hub)), raising=False)
    monkeypatch.setattr(auth, "get_user", known_user(auth.get_user))
    settings.MEDIA_ROOT, settings.DRAWINGS_STRICT = built.files, False
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
            hasattr(first[key], "wagtail_userprofile")  # looked up, and kept in the copies
        user = copy(first[key])
        user._roles = first[key].__dict__.setdefault("_roles", {})
        return user

    return answer


def forget() -> None:
    """What is remembered outlives a test's transaction and its files."""
    for name in ("default", "pages", "renditions"):
        caches[name].clear()


@pytest.fixture
def houses(built: SimpleNamespace, db: None, frozen: Any) -> tuple[SimpleNamespace, SimpleNamespace]:
    """One of everything at this hub, and at the other. What a test does to them is undone, in the database."""
    ours, theirs = built.houses
    return ours, theirs


@pytest.fixture
def walk_as(houses: tuple[SimpleNamespace, SimpleNamespace]) -> Callable[..., list[str]]:
    """`walk_as("clerk", only="/admin/room/")`: what is not as the table says. The jobs have just run."""
    ours, theirs = houses
    caches["default"].set("job:notifications.send", clock.now().timestamp())
    return lambda name, only="/": Walk(Person.of(name, ours, theirs), ours, theirs).run(only)
