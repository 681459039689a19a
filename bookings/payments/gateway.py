"""The port to payment gateways: what every one of them can do, in our words. One file per gateway implements it; `the_gateway()` is the one in use.

A gateway gets an amount, a currency and an opaque token. It never learns who pays, or what for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

CURRENCY = "cny"


class NotNow(Exception):
    """It did not answer, or not sensibly: ask again later with the same key."""


class Refused(Exception):
    """It will not do this, whenever it is asked; the text is its code, without personal data."""


class BadSignature(Exception):
    """A message that does not come from the gateway, or is too old."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """A page of the gateway's on which somebody can pay."""

    session_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the gateway says about a payment: state is started, ended or received."""

    session_id: str
    token: str
    state: str
    amount_fen: int
    currency: str
    intent_id: str = ""


@dataclass(frozen=True, slots=True)
class SentBack:
    """What the gateway says about a refund: state is sent, done or failed; `token` is our refund's."""

    refund_id: str
    state: str
    token: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Disputed:
    """The payer's bank asks for the money of `intent_id` back: state is open, won or lost."""

    dispute_id: str
    intent_id: str
    state: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Event:
    """One message. `about` is None when it is of no concern to us."""

    event_id: str
    kind: str
    object_id: str
    about: Found | SentBack | Disputed | None


class Gateway(Protocol):
    """NotNow and Refused come out of every call but the last, which raises BadSignature."""

    name: str

    def open_checkout(self, *, token: str, amount_fen: int, methods: tuple[str, ...], until: datetime, back_url: str, away_url: str, key: str) -> Checkout:
        """Asked again with the same key and the same words, it gives the same page again."""
        ...

    def look_up(self, session_id: str) -> Found: ...

    def close(self, session_id: str) -> None:
        """Nobody can pay there any more; a page that is paid or closed already is left as it is."""
        ...

    def give_back(self, *, intent_id: str, amount_fen: int, token: str, key: str) -> SentBack: ...

    def look_up_refund(self, refund_id: str) -> SentBack: ...

    def read_event(self, body: bytes, signature: str) -> Event: ...


def the_gateway() -> Gateway | None:
    """The gateway that the setting PAYMENT_GATEWAY names; None while the hub takes money by hand alone."""
    name = settings.PAYMENT_GATEWAY
    if not name:
        return None
    try:
        make: Callable[[], Gateway] = import_module(f"bookings.payments.gateways.{name}").make
    except ModuleNotFoundError:
        raise ImproperlyConfigured(f"PAYMENT_GATEWAY is '{name}': write stripe, pretend, or nothing.") from None
    return make()
