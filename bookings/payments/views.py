"""Paying online: what it costs, on to the gateway's page, and back. And where the gateway's messages arrive."""

import logging

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.payments.actions import begin_online, look_again
from bookings.payments.gateway import BadSignature, the_gateway
from bookings.payments.models import Charge, Payment
from bookings.payments.states import Methods
from bookings.payments.webhooks import take_event
from hub.core.errors import RuleBroken
from hub.core.joins import payment_purposes

log = logging.getLogger(__name__)
BIGGEST_MESSAGE = 512 * 1024  # bytes; a gateway's are a few thousand


def charge_or_404(request: HttpRequest, token: str) -> Charge:
    """The charge of this token at this hub; whoever holds the token may pay it."""
    found = Charge.objects.at(request.hub).filter(token=token).first()  # type: ignore[attr-defined]  # set by HubMiddleware
    if found is None:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """`/payments/<token>/`: how much, for what; a post leads to the gateway's page."""
    charge = charge_or_404(request, token)
    purpose = payment_purposes[charge.purpose]
    refused = ""
    if request.method == "POST":
        try:
            return redirect(
                begin_online(
                    charge=charge,
                    back_url=request.build_absolute_uri(reverse("payments:back", args=[token])),
                    away_url=request.build_absolute_uri(charge.pay_url),
                    is_wechat="micromessenger" in request.headers.get("User-Agent", "").lower(),
                )
            )
        except RuleBroken as broken:
            refused = broken.sentence
            charge.refresh_from_db()
    context = {
        "charge": charge,
        "title": purpose.title(charge.subject_ref),
        "its_url": purpose.url(charge.subject_ref),
        "is_online": the_gateway() is not None,
        "refused": refused,
    }
    return render(request, "payments/pay.html", context, status=422 if refused else 200)


@never_cache
@require_safe
def back(request: HttpRequest, token: str) -> HttpResponse:
    """Where the payer returns: ask the gateway when its message has not come yet, and lead on. Looking twice pays once."""
    charge = charge_or_404(request, token)
    last = Payment.objects.filter(charge=charge, method=Methods.ONLINE).select_related("charge").order_by("-pk").first()
    if last is not None and charge.is_open:
        look_again(payment=last)
        charge.refresh_from_db()
    if not charge.is_open:
        return redirect(payment_purposes[charge.purpose].url(charge.subject_ref))
    purpose = payment_purposes[charge.purpose]
    return render(request, "payments/waiting.html", {"charge": charge, "title": purpose.title(charge.subject_ref), "its_url": purpose.url(charge.subject_ref)})


@csrf_exempt  # a gateway has no form of ours; it signs what it sends
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """`/payments/stripe/webhook/`: 400 for what is not signed by the gateway, 200 for everything else, whether it concerns us or not."""
    gateway = the_gateway()
    if gateway is None:
        raise Http404
    if int(request.headers.get("Content-Length") or 0) > BIGGEST_MESSAGE:
        return JsonResponse({"ok": False}, status=400)
    try:
        event = gateway.read_event(request.body, request.headers.get("Stripe-Signature", ""))
    except BadSignature as bad:
        log.warning("a message for the gateway was not signed by it", extra={"why": str(bad)[:80]})
        return JsonResponse({"ok": False}, status=400)
    return JsonResponse({"ok": True, "outcome": take_event(gateway=gateway.name, event=event)})
