"""What a helper presses: yes, no, on the way, arrived, parts, done. Each calls one action; a link that does not hold leads to its sentence."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bookings.dispatch import actions
from bookings.dispatch.actions.work import Paid
from bookings.dispatch.forms import CodeForm, DeclineForm, DoneForm, PartsForm
from bookings.dispatch.models import Offer
from bookings.dispatch.states import OfferStates
from bookings.dispatch.views.jobs import offer_or_404, over, why_over
from bookings.orders.actions.writing import PURPOSE
from bookings.orders.states import OrderStates
from bookings.payments.queries import charge_of
from hub.audit.staff_forms import posted
from hub.core.errors import RuleBroken, put_on_form

EITHER = require_http_methods(["GET", "HEAD", "POST"])


BEFORE_THE_DOOR = (OrderStates.ASSIGNED, OrderStates.ON_THE_WAY)


def ask(
    request: HttpRequest,
    token: str,
    template: str,
    form_of: Callable[[Offer], forms.Form],
    act: Callable[[Offer, Any], object],
    *,
    opens: Callable[[Offer], bool],
) -> HttpResponse:
    """One page of one job: show the form, do what was pressed, go back to the job. It `opens` only while the step is the next one: before the yes and after
    the end nobody reads here for whom the job is and at which door."""
    offer = offer_or_404(request, token)
    if why := why_over(request, offer):
        return over(request, offer, why)
    form, is_open = form_of(offer), opens(offer)
    if request.method == "POST" and form.is_valid():
        try:
            act(offer, form.cleaned_data)
        except RuleBroken as broken:
            if not is_open:
                return render(request, "dispatch/over.html", {"sentence": broken.sentence})
            put_on_form(form, broken)
        else:
            return redirect(offer.url)
    if not is_open:
        return redirect(offer.url)
    context = {"offer": offer, "order": offer.order, "service": offer.order.service, "form": form}
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)


def said_yes(offer: Offer) -> bool:
    return offer.state == OfferStates.ACCEPTED


def expected(offer: Offer) -> bool:
    """Somebody waits at the door for this helper."""
    return said_yes(offer) and offer.order.state in BEFORE_THE_DOOR


def may_say_no(offer: Offer) -> bool:
    """Asked, or not at the door yet."""
    return not said_yes(offer) or expected(offer)


def at_work(offer: Offer) -> bool:
    return said_yes(offer) and offer.order.state == OrderStates.ARRIVED


def press(request: HttpRequest, token: str, act: Callable[[Offer], object]) -> HttpResponse:
    """A key without a form; whatever is refused, the job's page says why."""
    offer = offer_or_404(request, token)
    if why := why_over(request, offer):
        return over(request, offer, why)
    try:
        act(offer)
    except RuleBroken as broken:
        return render(request, "dispatch/over.html", {"sentence": broken.sentence})
    return redirect(offer.url)


@never_cache
@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Yes."""
    return press(request, token, lambda offer: actions.accept(offer=offer, by=request.user))


@never_cache
@require_POST
def on_the_way(request: HttpRequest, token: str) -> HttpResponse:
    """The helper has set out."""
    return press(request, token, lambda offer: actions.mark_on_the_way(offer=offer, by=request.user))


@never_cache
@EITHER
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """No, and why."""

    def act(offer: Offer, typed: Any) -> object:
        return actions.decline(offer=offer, reason=typed["reason"], by=request.user)

    return ask(request, token, "dispatch/decline.html", lambda _offer: DeclineForm(posted(request)), act, opens=may_say_no)


@never_cache
@EITHER
def arrived(request: HttpRequest, token: str) -> HttpResponse:
    """At the door: the resident reads the code out."""

    def act(offer: Offer, typed: Any) -> None:
        actions.mark_arrived(offer=offer, code=typed["code"], by=request.user)

    return ask(request, token, "dispatch/arrived.html", lambda _offer: CodeForm(posted(request)), act, opens=expected)


@never_cache
@EITHER
def parts(request: HttpRequest, token: str) -> HttpResponse:
    """Extra parts are needed: the resident is asked."""

    def act(offer: Offer, typed: Any) -> object:
        return actions.ask_for_parts(offer=offer, extra_fen=typed["extra"], what=typed["what"], by=request.user)

    return ask(request, token, "dispatch/parts.html", lambda _offer: PartsForm(posted(request)), act, opens=at_work)


@never_cache
@EITHER
def done(request: HttpRequest, token: str) -> HttpResponse:
    """Done: the code, or photo and signature; and what was paid at the door."""

    def form_of(offer: Offer) -> DoneForm:
        charge = charge_of(PURPOSE, offer.order.reference)
        files = request.FILES if request.method == "POST" else None
        return DoneForm(posted(request), files, to_pay_fen=charge.remaining_fen if charge else 0)

    def act(offer: Offer, typed: Any) -> None:
        paid = Paid(typed.get("method", ""), typed.get("amount") or 0, typed.get("receipt_no", ""))
        proof = {"code": typed["code"], "photo": typed["photo"], "signature": typed["signature"]}
        actions.finish_job(offer=offer, paid=paid, by=request.user, **proof)

    return ask(request, token, "dispatch/done.html", form_of, act, opens=at_work)
