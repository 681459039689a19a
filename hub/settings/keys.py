"""Random keys for a new install: `.env`, readable by its owner alone."""

import base64
import os
import secrets
from pathlib import Path

ENV_FILE = Path(__file__).resolve().parent.parent.parent / ".env"


def write_env(path: Path = ENV_FILE) -> bool:
    """Write SECRET_KEY, FIELD_KEYS and INDEX_KEY to `path` with mode 0600; an existing file is left alone. True when written."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    lines = [
        "# Keys made by chance for this install. Keep a copy in a safe place: without FIELD_KEYS nobody reads the ID numbers again.",
        f"SECRET_KEY={secrets.token_urlsafe(64)}",
        f"FIELD_KEYS={base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}",
        f"INDEX_KEY={secrets.token_urlsafe(32)}",
    ]
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return True
