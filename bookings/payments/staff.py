"""The buttons of the staff's money screens: each asks its permission, shows a form, calls one action."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bookings.payments import actions
from bookings.payments.models import Charge, Payment, Refund
from bookings.payments.permissions import user_can_ask_refund, user_can_decide_refund, user_can_reverse, user_can_take_money
from bookings.payments.staff_forms import GiveBackForm, PayOutForm, TakeMoneyForm, WhyForm
from hub.audit.staff_forms import ask, posted
from hub.core.joins import payment_purposes
from hub.core.references import grouped
from hub.core.wording import amount_words

EITHER = require_http_methods(["GET", "HEAD", "POST"])


def _row(request: HttpRequest, rows: Any, pk: int, may: Any) -> Any:
    """The row at this hub; 404 for whoever may not, before and after it is looked up."""
    if not may(request.user):
        raise Http404
    row = get_object_or_404(rows.at(request.hub), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware
    if not may(request.user, row):
        raise Http404
    return row


def _charge_page(charge_id: int) -> str:
    return reverse("charge:inspect", args=[charge_id])


def about_charge(charge: Charge) -> str:
    """Which matter the money is for: number and words, nobody's name."""
    purpose = payment_purposes[charge.purpose]
    return f"{grouped(charge.subject_ref)} {purpose.title(charge.subject_ref)}"


@EITHER
def take_money(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was paid at the counter, at the door or by invoice."""
    charge: Charge = _row(request, Charge.objects, pk, user_can_take_money)
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware

    def act(typed: dict[str, Any]) -> Payment:
        return actions.record_payment(
            charge=charge,
            method=typed["method"],
            amount_fen=typed["amount"],
            receipt_no=typed["receipt_no"],
            by=request.user,
            organisation=typed["organisation"],
        )

    form = TakeMoneyForm(posted(request), hub=hub, initial={"amount": charge.remaining_fen})
    return ask(
        request, form=form, act=act, title=_("Take money"), submit=_("Write it down"), done=_("Written down."), back=_charge_page(pk), icon="plus",
        about=about_charge(charge),
    )  # fmt: skip


@EITHER
def invoice_paid(request: HttpRequest, pk: int) -> HttpResponse:
    """The money of an invoice has come."""
    payment: Payment = _row(request, Payment.objects.select_related("charge"), pk, user_can_take_money)
    return ask(
        request, form=forms.Form(posted(request)), act=lambda _typed: actions.receive_invoice(payment=payment, by=request.user),
        title=_("The invoice's money has come"), submit=_("It has come"), done=_("Written down."), back=_charge_page(payment.charge_id), icon="check",
        about=about_charge(payment.charge),
    )  # fmt: skip


@EITHER
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Part or all of a payment back to the payer."""
    payment: Payment = _row(request, Payment.objects.select_related("charge"), pk, user_can_ask_refund)

    def act(typed: dict[str, Any]) -> Refund:
        return actions.ask_refund(payment=payment, amount_fen=typed["amount"], reason=typed["reason"], by=request.user, token=typed["token"])

    return ask(
        request, form=GiveBackForm(posted(request), initial={"amount": payment.can_go_back_fen}), act=act, title=_("Give money back"),
        submit=_("Give it back"), done=_("Written down. What is more than one person may decide waits for a second one."),
        back=_charge_page(payment.charge_id), icon="resubmit", about=about_charge(payment.charge),
    )  # fmt: skip


@EITHER
def reverse_payment(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written down by mistake does not count any more, and stays to be read."""
    payment: Payment = _row(request, Payment.objects.select_related("charge"), pk, user_can_reverse)
    return ask(
        request, form=WhyForm(posted(request)), act=lambda typed: actions.reverse_payment(payment=payment, reason=typed["reason"], by=request.user),
        title=_("Written down by mistake"), submit=_("Take it back"), done=_("It does not count any more."),
        back=_charge_page(payment.charge_id), icon="cross", about=about_charge(payment.charge),
    )  # fmt: skip


def _ask_about_refund(request: HttpRequest, pk: int, may: Any, **words: Any) -> HttpResponse:
    """One refund, one question, one action given as `act(refund, typed)`."""
    refund = _row(request, Refund.objects.select_related("payment__charge"), pk, may)
    act = words.pop("act")
    return ask(
        request, act=lambda typed: act(refund, typed),
        back=reverse("refund:inspect", args=[pk]), icon="resubmit", about=f"{about_charge(refund.payment.charge)} {amount_words(refund.amount_fen)}", **words,
    )  # fmt: skip


@EITHER
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person agrees."""
    return _ask_about_refund(
        request, pk, user_can_decide_refund, form=forms.Form(posted(request)),
        act=lambda refund, _typed: actions.approve_refund(refund=refund, by=request.user),
        title=_("Agree to this refund"), submit=_("Agree"), done=_("Agreed; the money goes back."),
    )  # fmt: skip


@EITHER
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person says no; the charge stands as before."""
    return _ask_about_refund(
        request, pk, user_can_decide_refund, form=WhyForm(posted(request)),
        act=lambda refund, typed: actions.decline_refund(refund=refund, reason=typed["reason"], by=request.user),
        title=_("Decline this refund"), submit=_("Decline"), done=_("Declined; the charge stands as before."),
    )  # fmt: skip


@EITHER
def pay_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Money that came by hand, or that the gateway could not send, is handed over against a receipt."""
    return _ask_about_refund(
        request, pk, user_can_take_money, form=PayOutForm(posted(request)),
        act=lambda refund, typed: actions.pay_out(refund=refund, receipt_no=typed["receipt_no"], by=request.user),
        title=_("Hand the money over"), submit=_("Handed over"), done=_("Written down as paid back."),
    )  # fmt: skip
