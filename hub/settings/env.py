"""Reading settings from the environment.

`.env` beside manage.py is read first; a variable that is already set wins. A missing or malformed variable stops the
start with its own name, so that whoever installs the hub knows which line to mend. (django-environ and environs were
looked at: the half-dozen lines needed here are fewer than their configuration.)
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
_NO_DEFAULT = object()


def read_env_file(path: Path) -> None:
    """Put the `NAME=value` lines of `path` into the environment, never over a value that is already there."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, sign, value = line.partition("=")
        if sign and not name.lstrip().startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def text(name: str, default: object = _NO_DEFAULT) -> str:
    """The variable's text; ImproperlyConfigured when it is missing, or empty, and has no default."""
    value = os.environ.get(name, default)
    if value is _NO_DEFAULT or (value == "" and default is _NO_DEFAULT):
        raise ImproperlyConfigured(f"The setting {name} is missing: put it into .env (docs/settings.md says what it is).")
    return str(value)


def flag(name: str, default: bool = False) -> bool:
    """1/true/yes/on and 0/false/no/off; anything else is an error naming the variable."""
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise ImproperlyConfigured(f"The setting {name} is '{value}': write 1 or 0.")


def number(name: str, default: int) -> int:
    """A whole number; anything else is an error naming the variable."""
    value = text(name, default)
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"The setting {name} is '{value}': write a whole number.") from None


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list, blanks dropped."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def pairs(name: str) -> dict[str, str]:
    """A comma-separated list of name=value; anything else is an error naming the variable."""
    given = [word.partition("=") for word in words(name, text(name))]
    found = {key: value for key, sign, value in given if sign}
    if not found or len(found) != len(given):
        raise ImproperlyConfigured(f"The setting {name} is '{text(name)}': write name=value,name=value.")
    return found


read_env_file(BASE_DIR / ".env")
