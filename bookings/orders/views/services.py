"""The menu, its printed sheet, and a dish."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bookings.orders import queries
from bookings.orders.forms import ForMeForm
from bookings.orders.models import Service
from hub.core import clock
from hub.people.states import EntitlementKinds


def service_or_404(request: HttpRequest, slug: str) -> Service:
    """A published service of this hub, with all its rules ask."""
    service = Service.objects.at(request.hub).published().with_rules().filter(slug=slug).first()  # type: ignore[attr-defined]  # set by HubMiddleware
    if service is None:
        raise Http404
    return service


def situation_of(request: HttpRequest) -> str | None:
    """The situation somebody asked about; None when nobody asked, '' for none of them. It is posted, so that it stands in no address and no log."""
    asked = request.POST.get("situation")
    return asked if asked is None or asked in EntitlementKinds.values else ""


@csrf_exempt  # it asks what one would pay and writes nothing; a token would keep the menu out of the page cache
@require_http_methods(["GET", "HEAD", "POST"])
def menu(request: HttpRequest) -> HttpResponse:
    """`/services/`: the menu by groups; with a situation, what one would pay."""
    kind, only_free = situation_of(request), "free" in request.POST
    courses = queries.menu(request.hub, clock.today(), kind, only_free=only_free)  # type: ignore[attr-defined]  # set by HubMiddleware
    count = sum(len(course.dishes) for course in courses)
    form = ForMeForm(initial={"situation": kind or ""})
    return render(request, "orders/menu.html", {"courses": courses, "kind": kind, "only_free": only_free, "form": form, "count": count})


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """`/services/sheet/`: the menu on one sheet of A4."""
    courses = queries.menu(request.hub, clock.today())  # type: ignore[attr-defined]  # set by HubMiddleware
    return render(request, "orders/sheet.html", {"courses": courses, "today": clock.today()})


@csrf_exempt  # as the menu
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """`/services/<slug>/`: everything to know before ordering, the price before any name."""
    found = service_or_404(request, slug)
    kind = situation_of(request)
    context: dict[str, Any] = {
        "service": found,
        "dish": queries.dish_of(found, clock.today(), kind),
        "kind": kind,
        "form": ForMeForm(initial={"situation": kind or ""}),
    }
    return render(request, "orders/service.html", context)
