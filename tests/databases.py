"""Test databases. Migrating takes most of a minute, so SQLite keeps a migrated file for each state of the migrations and copies it."""

import fcntl
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import wagtail
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases


def make() -> Any:
    """Make the test database and connect to it; what is returned belongs to `throw_away`."""
    if connection.vendor == "sqlite":
        template = Path(tempfile.gettempdir()) / f"hub-migrated-{fingerprint()}.sqlite3"
        with only_one(template.with_suffix(".lock")):
            if not template.exists():
                migrate_into(template)
        shutil.copy(template, settings.DATABASES["default"]["TEST"]["NAME"])
        connect_to(settings.DATABASES["default"]["TEST"]["NAME"])
        return None
    return setup_databases(verbosity=0, interactive=False)


def throw_away(made: Any) -> None:
    """Undo `make`."""
    connection.close()
    if made is not None:
        teardown_databases(made, verbosity=0)


def connect_to(name: str) -> None:
    """Point the default connection at a file."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(name)


def migrate_into(template: Path) -> None:
    """Run every migration into a fresh file, then put it in its place in one step."""
    made = setup_databases(verbosity=0, interactive=False)
    connection.close()
    half = template.with_suffix(".half")
    shutil.copy(settings.DATABASES["default"]["TEST"]["NAME"], half)
    half.replace(template)
    teardown_databases(made, verbosity=0)


def fingerprint() -> str:
    """Changes with any migration of ours and with the packages' versions."""
    found = hashlib.sha256(f"{django.__version__} {wagtail.__version__}".encode())
    for app in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for path in sorted(Path(app.path).glob("migrations/*.py")):
            found.update(path.read_bytes())
    for path in (Path(__file__).parent.parent / "hub/core/constraints.py",):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold a file lock: the workers of one run wait for the first to migrate."""
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
