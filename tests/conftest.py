"""The suite's footing: which database, and the standing cast that tests share."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="run on PostgreSQL: TEST_DATABASE_URL, or a server from a wheel started here")


def pytest_configure(config: pytest.Config) -> None:
    """Start one PostgreSQL server in the controller; xdist's workers find its address in the environment."""
    if not config.getoption("--postgres") or hasattr(config, "workerinput"):
        return
    if not os.environ.get("TEST_DATABASE_URL"):
        from tests.postgres_server import start

        os.environ["TEST_DATABASE_URL"] = start()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: Any) -> None:
    """Nothing here: settings come from DJANGO_SETTINGS_MODULE in pyproject.toml."""


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """One database a worker."""


APPEND_ONLY = "audit_line_append_only"


@pytest.fixture(autouse=True)
def append_only_lets_the_flush_through(request: pytest.FixtureRequest) -> Iterator[None]:
    """A transactional test is cleaned up by DELETE on SQLite, which the append-only guard would refuse: lift it for the flush only."""
    yield


@pytest.fixture
def on_postgres(db: None) -> bool:
    """Which database this run is on."""
    return bool(connections["default"].vendor == "postgresql")
