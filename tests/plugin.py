"""Chooses the database before the settings are read: `--postgres` starts a server in the controller, xdist's workers inherit its address."""

import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="run on PostgreSQL: TEST_DATABASE_URL, or a server from a wheel started here")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    if early_config.known_args_namespace.postgres and not os.environ.get("TEST_DATABASE_URL"):
        from tests.postgres_server import start

        os.environ["TEST_DATABASE_URL"] = start(is_durable=False)
