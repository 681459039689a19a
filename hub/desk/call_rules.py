"""What the house says about calls. Pure."""

from datetime import datetime, timedelta
from typing import Any

LONGEST_TYPED = 500  # characters of one field in a draft
MOST_FIELDS = 40
WORDS_ARE_KEPT_FOR = timedelta(days=365)
SAME_RING = timedelta(minutes=2)  # a softphone that posts twice means one call

# In how many minutes a call-back falls due.
DUE_CHOICES = (30, 60, 120, 240, 24 * 60)


def call_back_due(now: datetime, minutes: int) -> datetime:
    """By the clock: who was promised a call within the hour waits by the clock as well."""
    return now + timedelta(minutes=minutes)


def kept_of(typed: dict[str, list[str]], names: list[str]) -> dict[str, Any]:
    """What a draft keeps of a form's fields: text that any database stores, cut to length; single values as text, others as lists."""
    kept: dict[str, Any] = {}
    for name in names[:MOST_FIELDS]:
        values = [plain(value) for value in typed.get(name, [])[:MOST_FIELDS]]
        if any(values):
            kept[name] = values[0] if len(values) == 1 else values
    return kept


def plain(value: str) -> str:
    """Without NUL and half characters, which no database stores."""
    return value.replace("\0", "").encode("utf-8", "ignore").decode()[:LONGEST_TYPED]


def clock_words(seconds: int) -> str:
    """02:14, as the desk shows how long a call has lasted."""
    return f"{max(seconds, 0) // 60:02d}:{max(seconds, 0) % 60:02d}"
