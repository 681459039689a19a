"""Chooses the database before the settings are read (`--postgres` starts a server in the controller, whose address its workers inherit); lets garbage lie."""

import gc
import os

import pytest

gc.set_threshold(50_000, 20, 50)  # Django and Wagtail are a million objects that stay: looking through them again and again took a fifth of the suite


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="run on PostgreSQL: TEST_DATABASE_URL, or a server from a wheel started here")


def pytest_collection_finish() -> None:
    """What has been loaded by now is not looked through any more."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    if early_config.known_args_namespace.postgres and not os.environ.get("TEST_DATABASE_URL"):
        from tests.postgres_server import start

        os.environ["TEST_DATABASE_URL"] = start(is_durable=False)
