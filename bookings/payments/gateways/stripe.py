"""Stripe behind the port: Checkout pages with card, Alipay and WeChat Pay in CNY. The only module that imports its client.

Read: https://docs.stripe.com/api/checkout/sessions, /api/refunds, /api/disputes, /webhooks (signatures).
"""

import json
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

import stripe
from django.conf import settings

from bookings.payments.gateway import CURRENCY, BadSignature, Checkout, Disputed, Event, Found, NotNow, Refused, SentBack

OLDEST_MESSAGE = 300  # seconds
PATIENCE = 10  # seconds for one answer
SESSION_EVENTS = frozenset(
    {
        "checkout.session.completed",
        "checkout.session.expired",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
    }
)
REFUND_EVENTS = frozenset({"refund.created", "refund.updated", "refund.failed", "charge.refund.updated"})
DISPUTE_EVENTS = frozenset({"charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed"})
REFUND_STATES = {"pending": "sent", "requires_action": "sent", "succeeded": "done", "failed": "failed", "canceled": "failed"}
LOST, WON = "lost", "won"
Answer = TypeVar("Answer")


class StripeGateway:
    """Implements `gateway.Gateway`."""

    name = "stripe"

    def __init__(self, client: stripe.StripeClient, secrets: list[str]) -> None:
        self.client, self.secrets = client, secrets

    def open_checkout(self, *, token: str, amount_fen: int, methods: tuple[str, ...], until: datetime, back_url: str, away_url: str, key: str) -> Checkout:
        """A Checkout page for one amount. Its only words are the token: neither a name nor what it is for leaves the house."""
        params: dict[str, Any] = {
            "mode": "payment",
            "client_reference_id": token,
            "payment_method_types": list(methods),
            "line_items": [{"quantity": 1, "price_data": {"currency": CURRENCY, "unit_amount": amount_fen, "product_data": {"name": token}}}],
            "payment_intent_data": {"metadata": {"token": token}},
            "expires_at": int(until.timestamp()),
            "success_url": back_url,
            "cancel_url": away_url,
            "locale": "auto",
        }
        if "wechat_pay" in methods:
            params["payment_method_options"] = {"wechat_pay": {"client": "web"}}
        page = ask(lambda: self.client.v1.checkout.sessions.create(params, {"idempotency_key": key}))  # type: ignore[arg-type]  # a plain dict of their params
        return Checkout(page.id, page.url or "")

    def look_up(self, session_id: str) -> Found:
        """A page's state."""
        return found_in(ask(lambda: self.client.v1.checkout.sessions.retrieve(session_id)).to_dict())

    def close(self, session_id: str) -> None:
        """Expire a page; Stripe refuses when it is complete or expired, which is as good."""
        try:
            ask(lambda: self.client.v1.checkout.sessions.expire(session_id))
        except Refused:
            return

    def give_back(self, *, intent_id: str, amount_fen: int, token: str, key: str) -> SentBack:
        """A refund of part or all of a payment."""
        params: Any = {"payment_intent": intent_id, "amount": amount_fen, "metadata": {"token": token}}
        return refund_in(ask(lambda: self.client.v1.refunds.create(params, {"idempotency_key": key})).to_dict())

    def look_up_refund(self, refund_id: str) -> SentBack:
        """A refund's state."""
        return refund_in(ask(lambda: self.client.v1.refunds.retrieve(refund_id)).to_dict())

    def read_event(self, body: bytes, signature: str) -> Event:
        """A message whose signature fits one of our secrets and is not older than five minutes; BadSignature otherwise."""
        if not any(is_signed(body, signature, secret) for secret in self.secrets):
            raise BadSignature("no secret fits")
        try:
            told = json.loads(body)
            thing = told["data"]["object"]
            return Event(str(told["id"]), str(told["type"]), str(thing.get("id", "")), about(str(told["type"]), thing))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadSignature(f"signed, but no message: {type(error).__name__}") from None


def ask(call: Callable[[], Answer]) -> Answer:
    """Their answer, or NotNow (silence, a server's error, too many at once, a key in use) or Refused (their code, never their words: those may name a card)."""
    try:
        return call()
    except (stripe.APIConnectionError, stripe.RateLimitError, stripe.IdempotencyError) as error:
        raise NotNow(type(error).__name__) from None
    except stripe.StripeError as error:
        if error.http_status is None or error.http_status >= 500 or error.http_status in {409, 429}:
            raise NotNow(type(error).__name__) from None
        raise Refused(str(error.code or type(error).__name__)) from None


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether these very bytes were signed with the secret."""
    try:
        stripe.WebhookSignature.verify_header(body, signature, secret, OLDEST_MESSAGE)
    except (stripe.SignatureVerificationError, UnicodeDecodeError):
        return False
    return True


def about(kind: str, thing: dict[str, Any]) -> Found | SentBack | Disputed | None:
    """What a message says, in the port's words; None when it is none of ours."""
    if kind in SESSION_EVENTS:
        found = found_in(thing)
        return Found(found.session_id, found.token, "ended", found.amount_fen, found.currency) if kind.endswith("async_payment_failed") else found
    if kind in REFUND_EVENTS:
        return refund_in(thing)
    if kind in DISPUTE_EVENTS:
        state = thing.get("status", "")
        return Disputed(str(thing["id"]), str(thing.get("payment_intent") or ""), state if state in {WON, LOST} else "open", int(thing.get("amount") or 0))
    return None


def found_in(session: dict[str, Any]) -> Found:
    """A Checkout Session. Complete but unpaid (a bank still thinks) counts as begun."""
    state = "received" if session.get("payment_status") == "paid" else "ended" if session.get("status") == "expired" else "started"
    intent = session.get("payment_intent") or ""
    return Found(
        session_id=str(session["id"]),
        token=str(session.get("client_reference_id") or ""),
        state=state,
        amount_fen=int(session.get("amount_total") or 0),
        currency=str(session.get("currency") or ""),
        intent_id=str(intent if isinstance(intent, str) else intent.get("id", "")),
    )


def refund_in(refund: dict[str, Any]) -> SentBack:
    """A Refund."""
    state = REFUND_STATES.get(str(refund.get("status")), "sent")
    return SentBack(str(refund["id"]), state, str((refund.get("metadata") or {}).get("token", "")), str(refund.get("failure_reason") or ""))


def gateway_over(transport: stripe.HTTPClient, api_key: str, secrets: list[str]) -> StripeGateway:
    """The gateway over a transport. Nothing is retried below us: our jobs do that, with the same key."""
    return StripeGateway(stripe.StripeClient(api_key, http_client=transport, max_network_retries=0), secrets)


@cache
def make() -> StripeGateway:
    """The real one, in each process once."""
    return gateway_over(stripe.RequestsClient(timeout=PATIENCE), settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRETS)
