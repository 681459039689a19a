"""The dispatch page of one order, and the buttons of offers: each asks its permission and calls one action."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.dispatch import actions
from bookings.dispatch.actions.offers import living_offer
from bookings.dispatch.facts import Proposed, proposals
from bookings.dispatch.models import KeptApart, Offer, Proof
from bookings.dispatch.permissions import user_can_dispatch, user_can_keep_helpers
from bookings.dispatch.queries import offers_of, with_all
from bookings.dispatch.staff_forms import ApartForm, NoForm, SendForm, WhyForm
from bookings.dispatch.texts import reasons_of, who_sent
from bookings.orders import actions as orders
from bookings.orders.models import Order
from bookings.orders.states import OrderStates, Ratings
from hub.audit.staff_forms import ask, posted
from hub.core.errors import RuleBroken
from hub.core.references import grouped
from hub.core.wording import when_words

EITHER = require_http_methods(["GET", "HEAD", "POST"])
MOST_KEYS = 9  # of a keyboard


def order_or_404(request: HttpRequest, pk: int, may: Any = user_can_dispatch) -> Order:
    """The order at this hub, for somebody who may; absent and forbidden answer alike."""
    if not may(request.user):
        raise Http404
    found: Order = get_object_or_404(with_all(Order.objects.at(request.hub)), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware
    return found


@require_safe
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Who can go, ranked, with reasons in words and a key each; who was asked already stands first."""
    found = order_or_404(request, pk)
    living = living_offer(found)
    holds = living is not None and living.still_holds(found)
    is_open_question = found.state == OrderStates.TAKEN and not holds
    listed = [shown(place, proposed) for place, proposed in enumerate(proposals(found), 1)]
    context = {
        "header_title": _("Who goes? %(reference)s") % {"reference": grouped(found.reference)},
        "page_title": _("Who goes?"),
        "header_icon": "user",
        "order": found,
        "when": when_words(found.starts_at, found.ends_at),
        "living": living if holds else None,
        "who_sent": who_sent(living) if living and holds else "",
        "may_send": is_open_question,
        "listed": [row for row in listed if row["can_be_sent"]],
        "not_sent": [row for row in listed if not row["can_be_sent"]],
        "earlier": [row for row in offers_of(found) if not holds or row != living],
        "proofs": list(found.proofs.all()),
        "may_keep_apart": found.for_person_id is not None and user_can_keep_helpers(request.user),
    }
    return TemplateResponse(request, "dispatch/staff/order.html", context)


def shown(place: int, proposed: Proposed) -> dict[str, Any]:
    """One helper as the page shows them; the first nine have a key."""
    return {
        "provider": proposed.provider,
        "reasons": reasons_of(proposed.ranked, proposed.facts),
        "score": proposed.ranked.score,
        "can_be_sent": proposed.ranked.can_be_sent,
        "key": place if place <= MOST_KEYS else "",
    }


def back(request: HttpRequest, pk: int) -> HttpResponse:
    """To the page the key was pressed on (the board), else to the order's."""
    came_from = request.headers.get("Referer", "")
    if came_from and url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return redirect(came_from)
    return redirect(reverse("dispatching:order", args=[pk]))


def do(request: HttpRequest, pk: int, act: Any, done: str) -> HttpResponse:
    """Press a key: do it, say so, or say why not; then back."""
    try:
        act()
    except RuleBroken as broken:
        messages.error(request, broken.sentence)
    else:
        messages.success(request, done)
    return back(request, pk)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the helper whose key was pressed."""
    found = order_or_404(request, pk)
    form = SendForm(request.POST, hub=found.hub)

    def act() -> Offer:
        if not form.is_valid():
            raise RuleBroken.of("offer_helper_unknown", "provider")
        return actions.offer(order=found, provider=form.cleaned_data["provider"], by=request.user)

    return do(request, pk, act, _("Asked. The answer stands on the board."))


@require_POST
def send_next(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the helper proposed first."""
    found = order_or_404(request, pk)
    return do(request, pk, lambda: actions.offer_next(order=found, by=request.user), _("Asked. The answer stands on the board."))


@require_POST
def satisfied(request: HttpRequest, pk: int) -> HttpResponse:
    """They were rung and are satisfied."""
    found = order_or_404(request, pk)
    return do(request, pk, lambda: orders.rate(order=found, rating=Ratings.GOOD, by=request.user), _("Written down."))


@EITHER
def keep_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """Never send that helper to this resident again."""
    found = order_or_404(request, pk, user_can_keep_helpers)

    def act(typed: Any) -> KeptApart:
        if found.for_person is None:
            raise RuleBroken.of("apart_nobody")
        return actions.keep_apart(provider=typed["provider"], resident=found.for_person, reason=typed["reason"], by=request.user)

    return ask(
        request, form=ApartForm(posted(request), hub=found.hub), act=act, title=_("Keep a helper away from this resident"),
        submit=_("Keep apart"), done=_("Written down: this helper is not sent there any more."), back=reverse("dispatching:order", args=[pk]), icon="user",
    )  # fmt: skip


@require_safe
def proof(request: HttpRequest, pk: int) -> FileResponse:
    """A photo or signature from the door, for those who serve residents; it lies outside the media."""
    if not user_can_dispatch(request.user):
        raise Http404
    found = get_object_or_404(Proof.objects.filter(order__hub=request.hub).exclude(file=""), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware
    try:
        return FileResponse(found.file.open(), as_attachment=True)
    except FileNotFoundError:
        raise Http404 from None


# --- an offer's buttons: the helper answers by telephone ------------------------------------------------------------
def ask_about(request: HttpRequest, pk: int, **words: Any) -> HttpResponse:
    """One offer of this hub, one question, one action given as `act(offer, typed)`."""
    if not user_can_dispatch(request.user):
        raise Http404
    rows = Offer.objects.at(request.hub).select_related("order", "provider")  # type: ignore[attr-defined]  # set by HubMiddleware
    offer = get_object_or_404(rows, pk=pk)
    act = words.pop("act")
    form = words.pop("form", None) or forms.Form(posted(request))
    return ask(request, form=form, act=lambda typed: act(offer, typed), back=reverse("dispatching:order", args=[offer.order_id]), icon="user", **words)


@EITHER
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """They said yes on the telephone."""
    return ask_about(
        request, pk, act=lambda offer, _typed: actions.accept(offer=offer, by=request.user),
        title=_("The helper says yes"), submit=_("Write it down"), done=_("Written down; the resident is told who comes."),
    )  # fmt: skip


@EITHER
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """They said no on the telephone."""
    return ask_about(
        request, pk, form=NoForm(posted(request)), act=lambda offer, typed: actions.decline(offer=offer, by=request.user, **typed),
        title=_("The helper says no"), submit=_("Write it down"), done=_("Written down; the order waits for somebody else."),
    )  # fmt: skip


@EITHER
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back."""
    return ask_about(
        request, pk, form=WhyForm(posted(request)), act=lambda offer, typed: actions.withdraw(offer=offer, by=request.user, **typed),
        title=_("Take the job back"), submit=_("Take it back"), done=_("Taken back; the helper is told, and the order waits for somebody else."),
    )  # fmt: skip
