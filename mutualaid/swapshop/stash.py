"""Photos of a form that came back with a complaint: kept for an hour, so that nobody has to choose them again."""

import re
import secrets
import time
from pathlib import Path

from django.conf import settings

from mutualaid.swapshop.pictures import Photo

KEPT_FOR = 3600  # seconds
NAME = re.compile(r"[0-9a-f]{32}-[0-9a-f]{64}")


def folder() -> Path:
    """Outside the media; nobody is shown anything from here."""
    place = Path(settings.VAR_DIR) / "swap" / "held"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def keep(photo: Photo) -> str:
    """Put it aside; what is given back stands in the form as a hidden word."""
    name = f"{secrets.token_hex(16)}-{photo.content_hash}"
    for size, content in (("large", photo.large), ("small", photo.small)):
        (folder() / f"{name}.{size}").write_bytes(content)
    return name


def fetch(name: str) -> Photo | None:
    """What was put aside under that word; None when it is none of ours or its hour is over."""
    if not NAME.fullmatch(name):
        return None
    try:
        return Photo((folder() / f"{name}.large").read_bytes(), (folder() / f"{name}.small").read_bytes(), name.partition("-")[2])
    except FileNotFoundError:
        return None


def forget(name: str) -> None:
    """It stands with a thing by now."""
    if NAME.fullmatch(name):
        for size in ("large", "small"):
            (folder() / f"{name}.{size}").unlink(missing_ok=True)


def forget_old() -> int:
    """Files whose hour is over go; how many."""
    old = [file for file in folder().iterdir() if file.stat().st_mtime < time.time() - KEPT_FOR]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
