"""Databases for the bench: migrated once on each engine, copied from then on."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from hub.hubs.actions import open_hub

TEMPLATE = "bench_template"
HALF = "bench_template_half"  # it gets its name only when it is whole


def fresh(name: str) -> None:
    """Make the database `name` anew, migrated and with one hub, and connect to it."""
    if connection.vendor == "sqlite":
        folder = Path(settings.DATABASES["default"]["NAME"]).parent
        if not (folder / TEMPLATE).exists():
            point_at(str(folder / HALF))
            fill_template()
            (folder / HALF).rename(folder / TEMPLATE)
        for suffix in ("", "-wal", "-shm"):
            (folder / f"{name}{suffix}").unlink(missing_ok=True)
        shutil.copy(folder / TEMPLATE, folder / name)
        point_at(str(folder / name))
        return
    with server() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [TEMPLATE])
        known = bool(cursor.fetchone()[0])
    if not known:
        with server() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{HALF}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{HALF}"')
        point_at(HALF)
        fill_template()
        with server() as cursor:
            cursor.execute(f'ALTER DATABASE "{HALF}" RENAME TO "{TEMPLATE}"')
    with server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}"')
    point_at(name)


def fill_template() -> None:
    """Migrate, and open a hub."""
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    call_command("createcachetable", verbosity=0)
    open_hub(
        slug="bench", name_zh="西大街社区之家", name_en="Xidajie Community House", address_zh="南顺城街66号", hotline="66212590",
        area_code="0371", hostname="127.0.0.1", is_default=True,
    )  # fmt: skip
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    let_go()


def point_at(name: str) -> None:
    """Let the default connection open another database from now on."""
    let_go()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def let_go() -> None:
    """Close every connection of this process: before it forks, and before a database is copied."""
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()


def tidy() -> None:
    """Statistics as they are after a night; nothing left to be cleaned up in the middle of a block."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")
        else:
            cursor.execute("ANALYZE")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def server_words() -> str:
    """The PostgreSQL server in libpq's words, without a database."""
    given = urlsplit(os.environ["BENCH_DATABASE_URL"])
    host = parse_qs(given.query).get("host", [unquote(given.hostname or "")])[0]
    words = {"host": host, "port": given.port, "user": given.username, "password": given.password}
    return " ".join(f"{key}={value}" for key, value in words.items() if value)


@contextmanager
def server() -> Iterator[Any]:
    """A cursor on the server itself, outside any database of ours."""
    import psycopg

    let_go()
    with psycopg.connect(server_words() + " dbname=postgres", autocommit=True) as plain:
        yield plain.cursor()
