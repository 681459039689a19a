"""An order's private page, reached by its long token: see how it goes, pay, cancel, take another time, rate."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.orders import rules
from bookings.orders.actions import answer_extra
from bookings.orders.actions import cancel as cancel_order
from bookings.orders.actions import rate as rate_order
from bookings.orders.actions import reschedule as reschedule_order
from bookings.orders.actions.steps import PUT_RIGHT
from bookings.orders.actions.writing import PURPOSE
from bookings.orders.facts import day_of, facts_of
from bookings.orders.forms import ExtraAnswerForm, RateForm, TimeForm
from bookings.orders.models import Order
from bookings.orders.rules import Asked
from bookings.orders.states import OrderStates
from bookings.payments.gateway import the_gateway
from bookings.payments.queries import charge_of
from hub.core import clock
from hub.core.errors import SENTENCES, RuleBroken, put_on_form
from hub.promises.models import Promise
from hub.served.queries import code_about


def order_or_404(request: HttpRequest, token: str) -> Order:
    """The order of this token at this hub; whoever holds the token is its owner."""
    rows = Order.objects.at(request.hub).select_related("service", "hub", "helper", "community", "entitlement")  # type: ignore[attr-defined]  # set by HubMiddleware
    found = rows.filter(token=token).first()
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
def order(request: HttpRequest, token: str) -> HttpResponse:
    """`/services/orders/<token>/`: the slip, its steps and their times, and what can still be done."""
    return slip(request, order_or_404(request, token))


def slip(request: HttpRequest, found: Order, refused: str = "") -> HttpResponse:
    """The order's page, with what was refused just now."""
    charge = charge_of(PURPOSE, found.reference)
    context = {
        "refused": refused,
        "order": found,
        "service": found.service,
        "steps": list(found.steps.all()),
        "charge": charge,
        "can_pay": charge is not None and charge.is_open and the_gateway() is not None,
        "can_be_changed": found.can_be_changed(clock.now()),
        "can_be_rated": found.state == OrderStates.DONE,
        "put_right": put_right_of(found) if found.state == OrderStates.RATED else None,
        "rating_code": code_about(PURPOSE, found.reference) if found.state == OrderStates.DONE else None,
    }
    return render(request, "orders/order.html", context, status=422 if refused else 200)


def put_right_of(found: Order) -> Promise | None:
    """What the house still owes somebody who was not satisfied."""
    return Promise.objects.at(found.hub).open().filter(kind=PUT_RIGHT, subject_label=PURPOSE, subject_ref=found.reference).first()


@never_cache
@require_POST
def extra(request: HttpRequest, token: str) -> HttpResponse:
    """Yes or no to the extra parts the helper asked for, as they were shown."""
    found = order_or_404(request, token)
    form = ExtraAnswerForm(request.POST)
    if not form.is_valid():
        return slip(request, found, str(SENTENCES["order_extra_answer_missing"]))
    try:
        answer_extra(order=found, asked_fen=form.cleaned_data["asked"], is_yes=form.cleaned_data["answer"] == "yes", by=request.user)
    except RuleBroken as broken:
        found.refresh_from_db()
        return slip(request, found, broken.sentence)
    return redirect(found.url)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Say what cancelling means, to the fen; then do it."""
    found = order_or_404(request, token)
    refused = ""
    if request.method == "POST":
        try:
            cancel_order(order=found, by=request.user)
        except RuleBroken as broken:
            refused = broken.sentence
        else:
            return redirect(found.url)
    charge = charge_of(PURPOSE, found.reference)
    context = {
        "order": found,
        "service": found.service,
        "paid_fen": charge.kept_fen if charge else 0,
        "can_be_cancelled": found.can_be_changed(clock.now()),
        "refused": refused,
    }
    return render(request, "orders/cancel.html", context, status=422 if refused else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reschedule(request: HttpRequest, token: str) -> HttpResponse:
    """Another time under the same number and price."""
    found = order_or_404(request, token)
    facts = facts_of(found.service)
    start, end = clock.local(found.starts_at), clock.local(found.ends_at)
    form = TimeForm(
        request.POST if request.method == "POST" else None,
        facts=facts,
        days=rules.open_days(facts, clock.local(clock.now()), day_of(found.hub)),
        initial={"day": start.date(), "window": f"{start:%H:%M}-{end:%H:%M}"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            reschedule_order(order=found, asked=asked_for(form, found), by=request.user)
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            return redirect(found.url)
    context: dict[str, Any] = {"order": found, "service": found.service, "form": form, "can_be_moved": found.can_be_changed(clock.now())}
    return render(request, "orders/reschedule.html", context, status=422 if form.is_bound and form.errors else 200)


def asked_for(form: TimeForm, found: Order) -> Asked:
    """A valid form's day and window as what is asked; number and place stay."""
    day, (start, end) = form.cleaned_data["day"], form.span
    return Asked(clock.at(day, start), clock.at(day, end), found.quantity)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """How it was, once."""
    found = order_or_404(request, token)
    form = RateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            rate_order(order=found, by=request.user, **form.cleaned_data)
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            return redirect(found.url)
    context = {"order": found, "service": found.service, "form": form, "can_be_rated": found.state == OrderStates.DONE}
    return render(request, "orders/rate.html", context, status=422 if form.is_bound and form.errors else 200)
