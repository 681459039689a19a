"""The suite's footing: which database, and the standing cast that tests share."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client

from hub.core import clock

SATURDAY_MORNING = datetime(2026, 11, 28, 10, 0, tzinfo=clock.zone())


def pytest_configure(config: pytest.Config) -> None:
    """Lift the append-only guard for the flush between transactional tests: SQLite empties tables by DELETE."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: Any, sql_list: list[str]) -> None:
        if self.connection.vendor != "sqlite":
            return flush(self, sql_list)
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", ["%append_only%"])
            guards = cursor.fetchall()
            for name, _sql in guards:
                cursor.execute(f'DROP TRIGGER "{name}"')
        try:
            return flush(self, sql_list)
        finally:
            with self.connection.cursor() as cursor:
                for _name, sql in guards:
                    cursor.execute(sql)

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]  only while testing


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """A database with every migration run. On SQLite it is migrated once for each state of the migrations and copied from then on."""
    from tests.databases import make, throw_away

    with django_db_blocker.unblock():
        made = make()
    yield
    with django_db_blocker.unblock():
        throw_away(made)


@pytest.fixture
def frozen() -> Iterator[time_machine.Traveller]:
    """Saturday 28 November 2026, ten in the morning, in the house's zone."""
    with time_machine.travel(SATURDAY_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def hub(db: None) -> Any:
    """The demo's street, at the default site."""
    from tests.cast import open_xidajie

    return open_xidajie()


@pytest.fixture
def second_hub(hub: Any) -> Any:
    """A tiny hub next door, at its own host name."""
    from tests.cast import open_beiyuan

    return open_beiyuan()


@pytest.fixture
def as_role(hub: Any) -> Callable[..., Client]:
    """`as_role("clerk")`: a client signed in as somebody with that role at `hub`; `as_role("clerk", at=second_hub)` elsewhere."""
    from tests.cast import signed_in_as

    return lambda role, at=None: signed_in_as(role, at or hub)


@pytest.fixture
def on_postgres(db: None) -> bool:
    """Which database this run is on."""
    return bool(connections["default"].vendor == "postgresql")

