"""Paying online: begun, told of from three sides, ended.

The gateway is never called inside a transaction. Its key is written down before it is asked, so that whoever asks again, after a crash or a
silence, asks for the same page.
"""

from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction

from bookings.payments import rules
from bookings.payments.actions.fulfilment import take_in
from bookings.payments.actions.locking import locked_charge, locked_payment, write_about
from bookings.payments.actions.refunds import follow_up
from bookings.payments.gateway import CURRENCY, Found, Gateway, NotNow, Refused, the_gateway
from bookings.payments.models import Charge, Payment
from bookings.payments.states import Methods, OwnReasons, PaymentStates
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.references import new_token

LOOK_AGAIN_WITHIN = timedelta(days=3)  # a gateway tells of nothing later than this


def begin_online(*, charge: Charge, back_url: str, away_url: str, is_wechat: bool = False) -> str:
    """The address of the gateway's page for what is still owed; asked again, the same page while it is open.

    `back_url` is where the payer returns, `away_url` where they go when they change their mind. RuleBroken: nothing owed, no gateway, or the
    gateway does not answer (the charge stays open: try again, or pay at the counter).
    """
    gateway = the_gateway()
    if gateway is None:
        raise RuleBroken.of("online_not_here")
    payment = _attempt(charge, gateway, is_wechat)
    if payment.checkout_url:
        return payment.checkout_url
    try:
        page = gateway.open_checkout(
            token=charge.token,
            amount_fen=payment.amount_fen,
            methods=rules.methods_for(is_wechat=is_wechat),
            until=payment.expires_at or clock.now() + rules.CHECKOUT_LASTS,
            back_url=back_url,
            away_url=away_url,
            key=payment.idempotency_key,
        )
    except NotNow:
        raise RuleBroken.of("gateway_away") from None
    except Refused as refused:
        end_attempt(payment=payment, reason=str(refused))
        raise RuleBroken.of("gateway_away") from None
    if not Payment.objects.filter(pk=payment.pk, session_id="").update(session_id=page.session_id, checkout_url=page.url):
        return str(Payment.objects.values_list("checkout_url", flat=True).get(pk=payment.pk))  # another tab was faster
    return page.url


def _attempt(charge: Charge, gateway: Gateway, is_wechat: bool) -> Payment:
    """The open attempt that fits, or a new one. One whose time is over, or that was made for another kind of browser, is shut first: perhaps it was
    paid, and while the gateway does not say, no second page is opened beside it."""
    before = Payment.objects.under_way().filter(charge=charge).select_related("charge").first()
    if before is not None and not (before.expires_at and before.expires_at > clock.now() and before.in_wechat == is_wechat):
        if before.session_id:
            shut(before.session_id)
            before = look_again(payment=before)
        else:
            before = end_attempt(payment=before, reason=OwnReasons.NEVER_SHOWN)
        if before.state == PaymentStates.STARTED:
            raise RuleBroken.of("gateway_away")
    return _begin(charge, gateway, is_wechat)


@transaction.atomic
def _begin(charge: Charge, gateway: Gateway, is_wechat: bool) -> Payment:
    held = locked_charge(charge)
    if not held.is_open:
        raise RuleBroken.of("charge_closed")
    before: Payment | None = Payment.objects.filter(charge=held, state=PaymentStates.STARTED).first()
    if before is not None and before.is_online:
        return before  # of the same amount: whoever changes what is owed ends the attempt
    if before is not None:
        raise RuleBroken.of("invoice_open")
    now = clock.now()
    payment: Payment = Payment.objects.create(
        hub_id=held.hub_id,
        charge=held,
        method=Methods.ONLINE,
        state=PaymentStates.STARTED,
        amount_fen=held.remaining_fen,
        created_at=now,
        expires_at=now + rules.CHECKOUT_LASTS,
        gateway=gateway.name,
        in_wechat=is_wechat,
        idempotency_key=f"pay-{new_token()}",
    )
    write_about(held, "begin_online", amount_fen=payment.amount_fen)
    return payment


@transaction.atomic
def receive_online(*, payment: Payment, found: Found) -> Payment:
    """The gateway says that it was paid, or that it ended. Told again, late or in another order it comes to the same.

    An amount or a currency that is not ours is never taken for a payment: a person looks at it.
    """
    charge, held = locked_payment(payment)
    if not rules.stands(found.state, held.state, rules.PAYMENT_RANK):
        return held
    if found.state == PaymentStates.RECEIVED and (found.amount_fen, found.currency) != (held.amount_fen, CURRENCY):
        follow_up(charge, f"{found.amount_fen} {found.currency} came instead of {held.amount_fen}")
        return held
    held.state, held.session_id = PaymentStates(found.state), held.session_id or found.session_id
    if held.state == PaymentStates.RECEIVED:
        held.intent_id, held.received_at = found.intent_id, clock.now()
    held.save(update_fields=["state", "session_id", "intent_id", "received_at"])
    write_about(charge, f"online_{held.state}", amount_fen=held.amount_fen)
    if held.state == PaymentStates.RECEIVED:
        take_in(charge, held)
    return held


def look_again(*, payment: Payment) -> Payment:
    """Ask the gateway about an attempt: from the return page, and from the job for those who never came back. Unchanged when it does not answer."""
    gateway = the_gateway()
    if gateway is None or not payment.is_online or payment.state == PaymentStates.RECEIVED:
        return payment
    is_over = bool(payment.expires_at and payment.expires_at < clock.now())
    if not payment.session_id:
        return end_attempt(payment=payment, reason=OwnReasons.NEVER_SHOWN) if is_over else payment
    try:
        found = gateway.look_up(payment.session_id)
        if found.state == PaymentStates.STARTED and is_over:
            gateway.close(payment.session_id)
            found = gateway.look_up(payment.session_id)
    except NotNow:
        return payment
    except Refused as refused:
        return end_attempt(payment=payment, reason=str(refused))
    return receive_online(payment=payment, found=found)


@transaction.atomic
def end_attempt(*, payment: Payment, reason: str) -> Payment:
    """An attempt that brought no money."""
    charge, held = locked_payment(payment)
    if held.state == PaymentStates.STARTED and held.is_online:
        held.state, held.reason = PaymentStates.ENDED, reason[:200]
        held.save(update_fields=["state", "reason"])
        write_about(charge, "online_ended", reason=reason)
    return held


def close_attempts(charge: Charge, reason: str) -> None:
    """The open attempt is over (the charge is locked); after commit its page is shut. Who paid in between gets the money back."""
    for attempt in Payment.objects.select_for_update().under_way().filter(charge=charge):
        attempt.state, attempt.reason = PaymentStates.ENDED, reason
        attempt.save(update_fields=["state", "reason"])
        if attempt.session_id:
            transaction.on_commit(partial(shut, attempt.session_id), robust=True)


def shut(session_id: str) -> None:
    """Shut the gateway's page; when it does not answer, the page's own time ends it."""
    gateway = the_gateway()
    if gateway is not None:
        try:
            gateway.close(session_id)
        except (NotNow, Refused):
            return


def payment_of(*, session_id: str = "", token: str = "", intent_id: str = "") -> Payment | None:
    """Whose payment a gateway speaks of: by its page, by its payment, or by the charge's token when the page's number was never learnt."""
    rows: Any = Payment.objects.select_related("charge").filter(method=Methods.ONLINE)
    known = rows.filter(session_id=session_id).first() if session_id else None
    known = known or (rows.filter(intent_id=intent_id).first() if intent_id else None)
    return known or (rows.filter(charge__token=token, session_id="").order_by("-pk").first() if token else None)
