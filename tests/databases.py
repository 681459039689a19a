"""Test databases, on either engine: migrated and with both hubs opened once for each state of the migrations, copied from then on.

Migrating takes most of a minute and opening a hub a second; copying a file, or a PostgreSQL template, a tenth of one. A transactional
test is cleaned up in the same way: the copy is made anew, which also puts the append-only guards' tables back.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import django
import wagtail
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

ROOT = Path(__file__).parent.parent
_copies = count(1)


def make() -> None:
    """Make this process's database from the template, which the first process makes."""
    with only_one(Path(tempfile.gettempdir()) / f"hub-{connection.vendor}-{fingerprint()}.lock"):
        if not template_exists():
            make_template()
    copy_template()


def copy_template() -> None:
    """This process's database as it was at the start: what cleans up after a transactional test."""
    connections.close_all()
    if connection.vendor == "sqlite":
        # A new file each time: a thread of the live server may still hold the old one, and would take the new one's log away when it lets go.
        throw_away()
        fresh = f"{settings.DATABASES['default']['TEST']['NAME']}.{next(_copies)}"
        shutil.copy(template_file(), fresh)
        connect_to(fresh)
    else:
        with server() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [own_name()])
            cursor.execute(f'DROP DATABASE IF EXISTS "{own_name()}"')
            cursor.execute(f'CREATE DATABASE "{own_name()}" TEMPLATE "{template_name()}"')
        connect_to(own_name())


def throw_away() -> None:
    """Undo `make`; the template stays for the next run."""
    connections.close_all()
    if connection.vendor == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            Path(own_name() + suffix).unlink(missing_ok=True)
        return
    with server() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [own_name()])
        cursor.execute(f'DROP DATABASE IF EXISTS "{own_name()}"')


def make_template() -> None:
    """Run every migration into a fresh database and open the standing hubs in it; it gets its name only when it is whole."""
    from tests.cast import open_beiyuan, open_xidajie

    half = str(template_file()) + ".half" if connection.vendor == "sqlite" else template_name() + "_half"
    if connection.vendor == "sqlite":
        Path(half).unlink(missing_ok=True)
    else:
        with server() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{half}"')
            cursor.execute(f'CREATE DATABASE "{half}"')
    connect_to(half)
    call_command("migrate", verbosity=0, interactive=False)
    open_xidajie()
    open_beiyuan()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections.close_all()
        Path(half).replace(template_file())
    else:
        connections.close_all()
        with server() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [half])
            cursor.execute(f'ALTER DATABASE "{half}" RENAME TO "{template_name()}"')


def template_exists() -> bool:
    """Whether it has been made for this state of the migrations."""
    if connection.vendor == "sqlite":
        return template_file().exists()
    with server() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [template_name()])
        return bool(cursor.fetchone()[0])


def connect_to(name: str) -> None:
    """Point the default connection at another database."""
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


@contextmanager
def server() -> Iterator[Any]:
    """A cursor on the PostgreSQL server itself, outside any test database."""
    import psycopg

    known = {"host", "port", "user", "password"}
    given = {key: value for key, value in connection.get_connection_params().items() if key in known}
    with psycopg.connect(**given, dbname="postgres", autocommit=True) as plain:
        yield plain.cursor()


def own_name() -> str:
    """This process's database."""
    if connection.vendor == "sqlite":
        return str(connection.settings_dict["NAME"])
    return f"test_hub_{os.getpid()}"


def template_file() -> Path:
    return Path(tempfile.gettempdir()) / f"hub-template-{fingerprint()}.sqlite3"


def template_name() -> str:
    return f"hub_template_{fingerprint()}"


@cache
def fingerprint() -> str:
    """Changes with any migration of ours, what opens a hub, and the packages' versions; not within a run, whatever is edited beside it."""
    found = hashlib.sha256(f"{django.__version__} {wagtail.__version__}".encode())
    paths = [
        path for app in apps.get_app_configs() for path in Path(app.path).glob("migrations/*.py") if ROOT in Path(app.path).parents and ".venv" not in app.path
    ]
    paths += [*ROOT.glob("cms/*.py"), *ROOT.glob("cms/models/*.py"), *ROOT.glob("hub/hubs/*.py"), *ROOT.glob("hub/workdays/*.py")]
    paths += [ROOT / "hub/core/constraints.py", ROOT / "hub/people/actions/roles.py", ROOT / "tests/cast.py"]
    for path in sorted(paths):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold a file lock: the workers of one run wait for the first to migrate."""
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
