"""Uploaded lists between looking and confirming: encrypted, outside the media, gone after an hour."""

import os
import re
import secrets
import time
from pathlib import Path

from django.conf import settings

from hub.people.identity import CannotBeRead, open_bytes, seal_bytes

AN_HOUR = 3600
_NAME = re.compile(r"[0-9a-f]{32}")


class IsGone(Exception):
    """The file was confirmed, cancelled, or waited for too long."""


def folder() -> Path:
    """Readable by the hub's own account alone; settings.IMPORTS_DIR moves it."""
    place = Path(getattr(settings, "IMPORTS_DIR", settings.VAR_DIR / "imports"))
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def keep(raw: bytes) -> str:
    """Store a file encrypted; its name is random and says nothing."""
    name = secrets.token_hex(16)
    handle = os.open(folder() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(seal_bytes(raw))
    os.utime(folder() / name, (time.time(),) * 2)  # by the clock that will ask how old it is, not the disk's
    return name


def open_kept(name: str) -> bytes:
    """The file again; IsGone when it is not there any more."""
    try:
        path = _path(name)
        if time.time() - path.stat().st_mtime > AN_HOUR:
            raise IsGone
        return open_bytes(path.read_bytes())
    except (FileNotFoundError, CannotBeRead):
        raise IsGone from None


def drop(name: str) -> None:
    """Forget a file; no complaint when it is gone already."""
    _path(name).unlink(missing_ok=True)


def forget_old() -> int:
    """Remove what waited for more than an hour; how many."""
    count = 0
    for path in folder().iterdir():
        if _NAME.fullmatch(path.name) and path.exists() and time.time() - path.stat().st_mtime > AN_HOUR:
            path.unlink(missing_ok=True)
            count += 1
    return count


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise IsGone
    return folder() / name
