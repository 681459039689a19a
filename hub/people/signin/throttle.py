"""How often somebody may try: by number or name, and by address.

Each permitted try is a slot in the shared cache that frees itself; taking one is a single atomic `add`, so that a hundred requests at
once get no more than one after the other. (allauth's own limiter was read: it does not say when to come back.) When the cache does
not answer nobody is let through uncounted.
"""

import ipaddress
import math
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from hub.core import clock
from hub.core.wording import length_words

IPV6_PREFIX = 64  # a household has that many addresses to itself


class TriedTooOften(Exception):
    """No slot is free; the next one is in `wait_seconds`."""

    def __init__(self, wait_seconds: float) -> None:
        super().__init__(wait_seconds)
        self.wait_seconds = max(1, math.ceil(wait_seconds))

    @property
    def wait(self) -> str:
        """40 seconds, 12 minutes, 1 hour."""
        if self.wait_seconds < 90:
            return ngettext("%(n)s second", "%(n)s seconds", self.wait_seconds) % {"n": self.wait_seconds}
        return length_words(math.ceil(self.wait_seconds / 60))


class CannotCount(Exception):
    """The cache does not answer."""


@dataclass(frozen=True)
class Claim:
    """Tries that were counted."""

    slots: tuple[str, ...] = ()

    def give_back(self) -> None:
        """Uncount them: it was no try but a success."""
        try:
            cache.delete_many(self.slots)
        except Exception as problem:  # each cache backend has errors of its own
            raise CannotCount from problem


def claim(*wanted: tuple[str, str]) -> Claim:
    """Count one try for each (limit of settings.SIGNIN_LIMITS, whom); all or none.

    TriedTooOften when one of them has no try left, CannotCount when the cache is down.
    """
    taken = Claim()
    for limit, whom in wanted:
        try:
            taken = Claim((*taken.slots, _take(limit, whom)))
        except TriedTooOften:
            taken.give_back()
            raise
        except Exception as problem:  # each cache backend has errors of its own
            raise CannotCount from problem
    return taken


def _take(limit: str, whom: str) -> str:
    amount, seconds = settings.SIGNIN_LIMITS[limit]
    stem = salted_hmac(f"signin.{limit}", whom.encode("utf-8", "backslashreplace"), algorithm="sha256").hexdigest()
    slots = [f"signin:{stem}:{number}" for number in range(amount)]
    now = clock.now().timestamp()
    frees_at = cache.get_many(slots)
    for slot in slots:
        if slot not in frees_at and cache.add(slot, now + seconds, timeout=seconds):
            return slot
    raise TriedTooOften(min(frees_at.values(), default=now + seconds) - now)


def use_once(what: str, *, seconds: int) -> bool:
    """Whether `what` is used for the first time in so many seconds. CannotCount when the cache is down."""
    key = salted_hmac("signin.once", what, algorithm="sha256").hexdigest()
    try:
        return bool(cache.add(f"signin:{key}", 1, timeout=seconds))
    except Exception as problem:  # each cache backend has errors of its own
        raise CannotCount from problem


def address_of(request: HttpRequest) -> str:
    """Who is at the other end, as far as it can be known: an IPv4 address or an IPv6 network; 'unknown' for everybody else together.

    X-Forwarded-For is read from its right end and only as many steps as there are proxies of our own (TRUSTED_PROXY_COUNT):
    what stands further left was written by the visitor.
    """
    steps = settings.TRUSTED_PROXY_COUNT
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < steps <= len(hops):
        forwarded = _network(hops[-steps])
        if forwarded:
            return forwarded
    return _network(request.META.get("REMOTE_ADDR", "")) or "unknown"


def _network(text: str) -> str:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((int(address), IPV6_PREFIX), strict=False).network_address)
    return str(address)
