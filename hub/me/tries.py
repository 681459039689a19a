"""Five tries an hour and reference, five an hour and phone: numbers of eight digits must not be guessed.

Counted in the shared cache; when the cache is down nobody gets through (fail closed), because this door leads to personal data.
"""

import hashlib

from django.core.cache import cache

TRIES, AN_HOUR = 5, 60 * 60


def may_try(kind: str, value: str) -> bool:
    """Count one try for `value` (kept as a hash) and say whether it is within the limit."""
    key = f"find:{kind}:{hashlib.sha256(value.encode()).hexdigest()[:32]}"
    cache.add(key, 0, AN_HOUR)
    try:
        return bool(cache.incr(key) <= TRIES)
    except ValueError:  # it ran out between the two calls
        cache.set(key, 1, AN_HOUR)
        return True


def forget(kind: str, value: str) -> None:
    """A right answer clears the count."""
    cache.delete(f"find:{kind}:{hashlib.sha256(value.encode()).hexdigest()[:32]}")
