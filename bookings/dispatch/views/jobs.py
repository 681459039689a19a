"""The link in a helper's message, and the list of a helper who has signed in."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bookings.dispatch.models import Offer
from bookings.dispatch.permissions import user_can_answer, user_is_helper
from bookings.dispatch.queries import jobs_of
from bookings.dispatch.states import OfferStates
from bookings.orders.actions.writing import PURPOSE
from bookings.orders.states import OrderStates
from bookings.payments.queries import charge_of
from hub.core import clock


def offer_or_404(request: HttpRequest, token: str) -> Offer:
    """The offer of this token at this hub."""
    rows = Offer.objects.at(request.hub).select_related("order__service", "order__hub", "order__community", "order__for_person", "provider__user", "hub__site")  # type: ignore[attr-defined]  # set by HubMiddleware
    found: Offer | None = rows.filter(token=token).first()
    if found is None:
        raise Http404
    return found


def why_over(request: HttpRequest, offer: Offer) -> str:
    """'' while the link holds for whoever opens it; else which sentence they read. Nothing of the resident is shown then."""
    if not user_can_answer(request.user, offer):
        return "another"
    if offer.state == OfferStates.DECLINED:
        return "declined"
    if offer.state == OfferStates.LAPSED or (offer.state == OfferStates.OFFERED and clock.now() >= offer.lapses_at):
        return "lapsed"
    return "" if offer.still_holds(offer.order) else "gone"


def over(request: HttpRequest, offer: Offer, why: str) -> HttpResponse:
    """A plain sentence instead of the job."""
    return render(request, "dispatch/over.html", {"why": why, "is_helper": user_is_helper(request.user)})


@never_cache
@require_safe
def job(request: HttpRequest, token: str) -> HttpResponse:
    """`/jobs/<token>/`: what, when and the community; who and which door only once the helper has said yes; then the next step."""
    offer = offer_or_404(request, token)
    if why := why_over(request, offer):
        return over(request, offer, why)
    order = offer.order
    charge = charge_of(PURPOSE, order.reference)
    context: dict[str, Any] = {
        "offer": offer,
        "order": order,
        "service": order.service,
        "is_asked": offer.state == OfferStates.OFFERED,
        "is_done": order.was_done,
        "is_at_work": order.state == OrderStates.ARRIVED,
        "may_set_out": order.state == OrderStates.ASSIGNED,
        "to_pay_fen": charge.remaining_fen if charge else 0,
    }
    return render(request, "dispatch/job.html", context)


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """`/jobs/`: what waits for an answer, and what is to be done."""
    if not user_is_helper(request.user):
        raise Http404
    now = clock.now()
    found = [row for row in jobs_of(request.user, request.hub) if row.still_holds(row.order)]  # type: ignore[attr-defined]  # set by HubMiddleware
    asked = [row for row in found if row.state == OfferStates.OFFERED and row.lapses_at > now]
    return render(request, "dispatch/mine.html", {"asked": asked, "taken": [row for row in found if row.state == OfferStates.ACCEPTED]})
