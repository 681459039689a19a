"""A Stripe that takes no money, for the demo and the tests: our transport under the real client, so that everything above it is the real thing.

It keeps its pages and refunds in the shared cache, gives the same answer again for the same key, signs its messages as Stripe does, and misbehaves
when it is told to. Tried: localstripe (GPL, knows no Checkout), Stripe's own mock server (a binary, keeps no state).
"""

import json
import secrets
import time
from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl

import stripe
from django.core.cache import caches
from django.utils.crypto import salted_hmac

from bookings.payments.gateways.stripe import StripeGateway, gateway_over

A_WEEK = 7 * 24 * 3600
SITE = "/payments/pretend/"
Answer = tuple[str, int, dict[str, str]]
Mood = Callable[[str, str], str]  # method and path → "", "hang", "broken", "reset"


class PretendStripe(stripe.HTTPClient):
    """The far end of the wire. `mood` says before each call how it will misbehave: `hang` and `broken` do nothing and answer late or with 500,
    `reset` does what was asked and loses the answer."""

    name = "pretend"

    def __init__(self, secret: str, *, tell: Callable[[dict[str, Any]], None] | None = None, mood: Mood | None = None) -> None:
        super().__init__()
        self.secret, self.tell, self.mood = secret, tell, mood
        self.one_at_a_time = Lock()
        self.calls: list[tuple[str, str, str]] = []  # method, path, key

    # --- the wire
    def request(self, method: str, url: str, headers: Any, post_data: Any = None) -> Answer:  # type: ignore[override]  # theirs is untyped
        path, key = url.split("/v1", 1)[1].split("?")[0], str(headers.get("Idempotency-Key", ""))
        self.calls.append((method, path, key))
        mood = self.mood(method, path) if self.mood else ""
        if mood == "hang":
            raise stripe.APIConnectionError("timed out")
        if mood == "broken":
            return self.answer({"error": {"type": "api_error", "message": "try later"}}, 500)
        answer = self.once(key, f"{path}?{post_data}", lambda: self.serve(method, path, params_of(post_data)))
        if mood == "reset":
            raise stripe.APIConnectionError("connection reset")
        return answer

    def close(self) -> None:
        """Nothing to close."""

    def once(self, key: str, words: str, do: Callable[[], Answer]) -> Answer:
        """The first answer again for the same key; other words under it are refused."""
        with self.one_at_a_time:
            return self.first_answer(key, words, do)

    def first_answer(self, key: str, words: str, do: Callable[[], Answer]) -> Answer:
        kept = self.load(f"key:{key}") if key else None
        if kept is not None and kept["words"] != words:
            return self.answer({"error": {"type": "idempotency_error", "message": "other parameters"}}, 400)
        if kept is not None:
            return (kept["body"], kept["status"], {})
        body, status, headers = do()
        if key:
            self.keep(f"key:{key}", {"words": words, "body": body, "status": status})
        return body, status, headers

    def serve(self, method: str, path: str, params: dict[str, str]) -> Answer:
        """The few addresses we use."""
        parts = path.strip("/").split("/")
        if parts[:2] == ["checkout", "sessions"]:
            if method == "post" and len(parts) == 2:
                return self.answer(self.new_session(params))
            session = self.load(f"session:{parts[2]}")
            if session is None:
                return self.no_such("checkout session")
            if method == "post" and session["status"] != "open":
                return self.answer({"error": {"type": "invalid_request_error", "code": "resource_not_open", "message": "not open"}}, 400)
            return self.answer(self.expire(session["id"]) if method == "post" else session)
        if parts[0] == "refunds":
            if method == "post":
                return self.new_refund(params)
            refund = self.load(f"refund:{parts[1]}")
            return self.answer(refund) if refund else self.no_such("refund")
        return self.no_such("address")

    # --- what it keeps
    def new_session(self, params: dict[str, str]) -> dict[str, Any]:
        number = f"cs_pretend_{secrets.token_hex(12)}"
        session = {
            "id": number,
            "object": "checkout.session",
            "status": "open",
            "payment_status": "unpaid",
            "client_reference_id": params["client_reference_id"],
            "amount_total": int(params["line_items[0][price_data][unit_amount]"]),
            "currency": params["line_items[0][price_data][currency]"],
            "expires_at": int(params["expires_at"]),
            "payment_intent": None,
            "payment_method_types": [value for name, value in params.items() if name.startswith("payment_method_types")],
            "success_url": params["success_url"],
            "cancel_url": params["cancel_url"],
            "url": f"{params['success_url'].split('/payments/')[0]}{SITE}{number}/",
        }
        return self.keep(f"session:{number}", session)

    def new_refund(self, params: dict[str, str]) -> Answer:
        payment = self.load(f"intent:{params['payment_intent']}")
        amount = int(params["amount"])
        if payment is None:
            return self.no_such("payment")
        if payment["disputed"]:
            return self.answer({"error": {"type": "invalid_request_error", "code": "charge_disputed", "message": "disputed"}}, 400)
        if payment["refunded"] + amount > payment["amount"]:
            return self.answer({"error": {"type": "invalid_request_error", "code": "charge_already_refunded", "message": "too much"}}, 400)
        self.keep(f"intent:{params['payment_intent']}", {**payment, "refunded": payment["refunded"] + amount})
        number = f"re_pretend_{secrets.token_hex(12)}"
        refund = {
            "id": number,
            "object": "refund",
            "status": "pending",
            "amount": amount,
            "payment_intent": params["payment_intent"],
            "metadata": {"token": params.get("metadata[token]", "")},
        }
        return self.answer(self.keep(f"refund:{number}", refund))

    # --- what people and banks do there
    def pay(self, session_id: str) -> dict[str, Any] | None:
        """Somebody pays; None when the page is not open any more."""
        session = self.load(f"session:{session_id}")
        if session is None or session["status"] != "open":
            return None
        intent = f"pi_pretend_{secrets.token_hex(12)}"
        self.keep(f"intent:{intent}", {"amount": session["amount_total"], "refunded": 0, "disputed": False})
        session = self.keep(f"session:{session_id}", {**session, "status": "complete", "payment_status": "paid", "payment_intent": intent})
        return self.event("checkout.session.completed", session)

    def expire(self, session_id: str) -> dict[str, Any]:
        """The page's time is over."""
        session = self.keep(f"session:{session_id}", {**(self.load(f"session:{session_id}") or {}), "status": "expired"})
        self.event("checkout.session.expired", session)
        return session

    def settle_refund(self, refund_id: str, status: str = "succeeded") -> dict[str, Any]:
        """The bank says how a refund went."""
        refund = self.keep(f"refund:{refund_id}", {**(self.load(f"refund:{refund_id}") or {}), "status": status})
        return self.event("refund.updated", refund)

    def dispute(self, intent: str, status: str = "needs_response") -> dict[str, Any]:
        """The payer's bank asks for the money."""
        payment = self.load(f"intent:{intent}") or {}
        self.keep(f"intent:{intent}", {**payment, "disputed": status not in {"won", "lost"}})
        kind = "charge.dispute.closed" if status in {"won", "lost"} else "charge.dispute.created"
        return self.event(kind, {"id": f"dp_{intent}", "object": "dispute", "payment_intent": intent, "status": status, "amount": payment.get("amount", 0)})

    def session(self, session_id: str) -> dict[str, Any] | None:
        """A page as it stands; its time runs out by itself."""
        session = self.load(f"session:{session_id}")
        if session is not None and session["status"] == "open" and session["expires_at"] < time.time():
            return self.expire(session_id)
        return session

    def event(self, kind: str, thing: dict[str, Any]) -> dict[str, Any]:
        """A message about `thing`; `tell` hears of it."""
        told = {"id": f"evt_{secrets.token_hex(12)}", "object": "event", "type": kind, "livemode": False, "data": {"object": thing}}
        if self.tell:
            self.tell(told)
        return told

    def signed(self, event: dict[str, Any], *, at: int | None = None) -> tuple[bytes, str]:
        """The message as it goes over the wire, and its signature."""
        body = json.dumps(event, indent=2)
        return body.encode(), stripe.WebhookSignature.generate_signature_header(body, self.secret, at)

    @staticmethod
    def answer(thing: dict[str, Any], status: int = 200) -> Answer:
        return json.dumps(thing), status, {}

    def no_such(self, what: str) -> Answer:
        return self.answer({"error": {"type": "invalid_request_error", "code": "resource_missing", "message": f"No such {what}"}}, 404)

    @staticmethod
    def keep(name: str, thing: dict[str, Any]) -> dict[str, Any]:
        caches["default"].set(f"pretend:{name}", thing, A_WEEK)
        return thing

    @staticmethod
    def load(name: str) -> dict[str, Any] | None:
        found: dict[str, Any] | None = caches["default"].get(f"pretend:{name}")
        return found


def params_of(post_data: Any) -> dict[str, str]:
    """The form-encoded body."""
    return dict(parse_qsl(post_data or "", keep_blank_values=True))


@cache
def far_end() -> PretendStripe:
    """The one of this process; its secret is the same in all of them."""
    return PretendStripe(f"whsec_{salted_hmac('bookings.payments.pretend', 'secret').hexdigest()}")


@cache
def make() -> StripeGateway:
    """The real gateway over the pretended wire."""
    return gateway_over(far_end(), "sk_test_pretend", [far_end().secret])
