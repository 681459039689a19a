"""The payment service's page as the demo shows it: no money moves. It answers only where PAYMENT_GATEWAY is `pretend`."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bookings.payments.gateways.pretend import far_end, make
from bookings.payments.webhooks import take_event


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, session_id: str) -> HttpResponse:
    """Pay, or change one's mind. What is paid is told by a signed message, as the real service does."""
    if settings.PAYMENT_GATEWAY != "pretend":
        raise Http404
    there = far_end()
    session = there.session(session_id)
    if session is None:
        raise Http404
    if request.method == "POST":
        event = there.pay(session_id)
        if event is not None:
            take_event(gateway="stripe", event=make().read_event(*there.signed(event)))
        return redirect(session["success_url"])
    return render(request, "payments/pretend.html", {"session": session, "is_open": session["status"] == "open"})
