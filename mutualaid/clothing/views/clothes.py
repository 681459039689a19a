"""What there is, how to give, how to get."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mutualaid.clothing import queries, rules
from mutualaid.clothing.models import CollectionHour
from mutualaid.clothing.states import FIGURES


@require_safe
def clothes(request: HttpRequest) -> HttpResponse:
    """`/clothing/`: kinds and sizes there are, for everybody to look at; `?for=` one figure."""
    hub, figure = request.hub, request.GET.get("for", "")  # type: ignore[attr-defined]  # set by HubMiddleware
    figure = figure if figure in FIGURES else ""
    context = {
        "racks": queries.racks(hub, figure),
        "figure": figure,
        "figures": [(each.value, each.label) for each in FIGURES],
        "hours": list(CollectionHour.objects.at(hub)),
        "kept_days": rules.KEPT_WORKDAYS,
        "most": rules.MOST_PIECES,
    }
    return render(request, "clothing/clothes.html", context)
