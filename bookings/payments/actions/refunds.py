"""Money on its way back. What is promised back stands on payment and charge at once, so that two who give back at the same moment cannot
give more than came. A job sends what lies ready (jobs.py); nothing is sent inside a transaction.
"""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum

from bookings.payments import rules
from bookings.payments.actions.locking import keep, locked_payment, standing_of, write_about
from bookings.payments.gateway import NotNow, Refused, SentBack, the_gateway
from bookings.payments.models import Charge, Payment, Refund
from bookings.payments.states import KEEPS_MONEY, LIES_WITH_THE_GATEWAY, ChargeStates, Disputes, OwnReasons, PaymentStates, RefundStates
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.money import yuan_text
from hub.core.references import new_token
from hub.promises.actions import promise
from hub.workdays.calendar import calendar_of

FOLLOW_UP = "payments.follow_up"


@transaction.atomic
def ask_refund(*, payment: Payment, amount_fen: int, reason: str, by: Any, token: str = "") -> Refund:
    """Give part or all of a payment back. Up to what one person may decide it goes at once, above that it waits for a second one.

    The same `token` is the same refund. RuleBroken: no reason, nothing or too much, in dispute.
    """
    charge, held = locked_payment(payment)
    before: Refund | None = Refund.objects.filter(token=token).first() if token else None
    if before is not None:
        return before
    if not reason.strip():
        raise RuleBroken.of("reason_missing", "reason")
    if held.dispute == Disputes.OPEN:
        raise RuleBroken.of("payment_disputed")
    if amount_fen <= 0:
        raise RuleBroken.of("amount_missing", "amount")
    if amount_fen > held.can_go_back_fen:
        raise RuleBroken.of("refund_too_much", "amount", amount=yuan_text(held.can_go_back_fen))
    given = Refund.objects.filter(payment__charge=charge, state__in=KEEPS_MONEY, asked_by=by, decided_by=None)
    alone = given.aggregate(total=Sum("amount_fen"))["total"] or 0
    waits = rules.needs_second_person(amount_fen, alone, settings.REFUND_ALONE_FEN)
    return _put_aside(charge, held, amount_fen, reason=reason, by=by, token=token, waits=waits)


def give_back(charge: Charge, amount_fen: int, *, reason: str, by: Any) -> list[Refund]:
    """What is not owed goes back, from the last payment first; a payment in dispute is left to the bank. Charge is locked.

    What no payment can give back is followed up by a person: money is never silent.
    """
    payments = list(Payment.objects.select_for_update().filter(charge=charge, state=PaymentStates.RECEIVED).order_by("received_at", "pk"))
    parts = rules.spread(amount_fen, [payment.can_go_back_fen for payment in payments])
    if sum(parts) < amount_fen:
        follow_up(charge, f"{amount_fen - sum(parts)} fen could not be given back")
    return [_put_aside(charge, payment, part, reason=reason, by=by, token="", waits=False) for payment, part in zip(payments, parts, strict=True) if part]


def _put_aside(charge: Charge, payment: Payment, amount_fen: int, *, reason: str, by: Any, token: str, waits: bool) -> Refund:
    """Write the refund and count it; what it lowers the charge by is remembered, in case it is declined."""
    lowered = rules.lowered_by(standing_of(charge), amount_fen)
    Payment.objects.filter(pk=payment.pk).update(refunded_fen=F("refunded_fen") + amount_fen)  # added up by the database, which also looks at the sum
    payment.refunded_fen += amount_fen
    charge.refunded_fen += amount_fen
    charge.due_fen -= min(lowered, charge.due_fen)
    keep(charge)
    refund: Refund = Refund.objects.create(
        hub_id=charge.hub_id,
        payment=payment,
        state=RefundStates.ASKED if waits else RefundStates.READY,
        amount_fen=amount_fen,
        lowered_fen=lowered,
        reason=reason.strip()[:200],
        token=token or new_token(),
        asked_by=by,
        asked_at=clock.now(),
    )
    write_about(charge, "ask_refund", by, reason=reason, amount_fen=amount_fen, waits=waits)
    return refund


@transaction.atomic
def approve_refund(*, refund: Refund, by: Any) -> Refund:
    """A second person agrees. RuleBroken when they asked for it themselves, or it is decided already."""
    charge, _payment, held = _locked(refund)
    if held.asked_by_id == by.pk:
        raise RuleBroken.of("not_your_own")
    if held.state != RefundStates.ASKED:
        raise RuleBroken.of("already_decided")
    held.state, held.decided_by, held.decided_at = RefundStates.READY, by, clock.now()
    held.save(update_fields=["state", "decided_by", "decided_at"])
    write_about(charge, "approve_refund", by, amount_fen=held.amount_fen)
    return held


@transaction.atomic
def decline_refund(*, refund: Refund, reason: str, by: Any) -> Refund:
    """It is not given back after all; the charge stands as before. RuleBroken without a reason, or when it is decided already."""
    charge, payment, held = _locked(refund)
    if not reason.strip():
        raise RuleBroken.of("reason_missing", "reason")
    if held.state != RefundStates.ASKED:
        raise RuleBroken.of("already_decided")
    held.state, held.decided_by, held.decided_at, held.said = (
        RefundStates.DECLINED,
        None if held.asked_by_id == by.pk else by,
        clock.now(),
        reason.strip()[:200],
    )
    held.save(update_fields=["state", "decided_by", "decided_at", "said"])
    _take_back(charge, payment, held, is_owed_again=charge.state != ChargeStates.CANCELLED)
    write_about(charge, "decline_refund", by, reason=reason, amount_fen=held.amount_fen)
    return held


@transaction.atomic
def pay_out(*, refund: Refund, receipt_no: str, by: Any) -> Refund:
    """Money that came by hand goes back by hand, against a receipt; a second time changes nothing."""
    charge, payment, held = _locked(refund)
    if held.state == RefundStates.DONE:
        return held
    if not receipt_no.strip():
        raise RuleBroken.of("receipt_missing", "receipt_no")
    if held.state not in {RefundStates.READY, RefundStates.FAILED} or (payment.is_online and held.state == RefundStates.READY):
        raise RuleBroken.of("already_decided")
    if held.state == RefundStates.FAILED:  # the gateway could not: it is counted again, and handed over
        payment.refunded_fen += held.amount_fen
        charge.refunded_fen += held.amount_fen
        payment.save(update_fields=["refunded_fen"])
        keep(charge)
    held.state, held.receipt_no, held.done_at = RefundStates.DONE, receipt_no.strip()[:30], clock.now()
    held.save(update_fields=["state", "receipt_no", "done_at"])
    write_about(charge, "pay_out", by, amount_fen=held.amount_fen, receipt_no=held.receipt_no)
    return held


def send_refund(refund_id: int) -> Refund | None:
    """Ask the gateway to send it, outside any transaction; asked again it uses the same key. None when there is nothing to send."""
    gateway = the_gateway()
    refund: Refund | None = Refund.objects.select_related("payment").filter(pk=refund_id, state__in=LIES_WITH_THE_GATEWAY).first()
    if refund is None or gateway is None or not refund.payment.is_online:
        return None
    try:
        if refund.gateway_id:
            answer = gateway.look_up_refund(refund.gateway_id)
        else:
            answer = gateway.give_back(intent_id=refund.payment.intent_id, amount_fen=refund.amount_fen, token=refund.token, key=f"refund-{refund.token}")
    except NotNow:
        tries = refund.tries + 1
        Refund.objects.filter(pk=refund_id).update(tries=tries, try_again_at=rules.try_again_at(clock.now(), tries))
        return refund
    except Refused as refused:
        answer = SentBack(refund.gateway_id, RefundStates.FAILED, refund.token, str(refused)[:200])
    return note_refund(refund_id=refund_id, answer=answer)


@transaction.atomic
def note_refund(*, refund_id: int, answer: SentBack) -> Refund:
    """What the gateway says about a refund; an older word changes nothing. One that failed is followed up by a person."""
    charge, payment, held = _locked(Refund.objects.select_related("payment__charge").get(pk=refund_id))
    if not rules.stands(answer.state, held.state, rules.REFUND_RANK):
        if answer.refund_id and not held.gateway_id:
            held.gateway_id = answer.refund_id
            held.save(update_fields=["gateway_id"])
        return held
    now = clock.now()
    held.state, held.gateway_id, held.said = RefundStates(answer.state), answer.refund_id or held.gateway_id, answer.said[:200]
    held.done_at = now if held.state == RefundStates.DONE else None
    held.try_again_at = rules.try_again_at(now, held.tries)
    held.save(update_fields=["state", "gateway_id", "said", "done_at", "try_again_at"])
    write_about(charge, f"refund_{held.state}", amount_fen=held.amount_fen)
    if held.state == RefundStates.FAILED:
        _take_back(charge, payment, held, is_owed_again=False)
        follow_up(charge, f"a refund of {held.amount_fen} fen failed")
    return held


def lose(charge: Charge, payment: Payment, amount_fen: int) -> None:
    """The bank decided for the payer and took the money: it is gone as if it had been given back, and owed again unless the charge fell away.

    Charge and payment are locked.
    """
    gone_fen = min(amount_fen, payment.amount_fen - payment.refunded_fen)
    if gone_fen <= 0:
        return
    payment.refunded_fen += gone_fen
    payment.save(update_fields=["refunded_fen"])
    charge.refunded_fen += gone_fen
    keep(charge)
    now = clock.now()
    Refund.objects.create(
        hub_id=charge.hub_id, payment=payment, state=RefundStates.DONE, amount_fen=gone_fen, reason=OwnReasons.DISPUTE_LOST,
        token=new_token(), asked_at=now, done_at=now
    )


def follow_up(charge: Charge, note: str) -> None:
    """A person has to look at this money by the end of the next working day."""
    due = calendar_of(charge.hub).add_working_days(clock.now(), 1)
    promise(hub_id=charge.hub_id, kind=FOLLOW_UP, subject="payments.charge", ref=charge.subject_ref, due_at=due, team="director", note=note)


def _take_back(charge: Charge, payment: Payment, refund: Refund, *, is_owed_again: bool) -> None:
    """The refund does not count any more."""
    payment.refunded_fen -= refund.amount_fen
    payment.save(update_fields=["refunded_fen"])
    charge.refunded_fen -= refund.amount_fen
    if is_owed_again:
        charge.due_fen += refund.lowered_fen
    keep(charge)


def _locked(refund: Refund) -> tuple[Charge, Payment, Refund]:
    charge, payment = locked_payment(refund.payment)
    held: Refund = Refund.objects.select_for_update().get(pk=refund.pk)
    return charge, payment, held
