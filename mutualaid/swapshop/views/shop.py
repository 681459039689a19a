"""What everybody sees: the shop, a thing, its photos; and telling the house that something is wrong."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from hub.core.errors import RuleBroken, put_on_form
from mutualaid.swapshop import actions, queries
from mutualaid.swapshop.forms import ReportForm, SearchForm
from mutualaid.swapshop.models import Item, ItemPhoto
from mutualaid.swapshop.views.people import EITHER, not_known, signed_in, visitor_of

SIZES = ("small", "large")


@require_safe
def shop(request: HttpRequest) -> HttpResponse:
    """`/swap/`: what is to be had, by kind and word."""
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    form = SearchForm(request.GET or None, hub=hub)
    asked: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = queries.shop(hub, kind=asked.get("kind"), asked=asked.get("q", ""), only_gifts=bool(asked.get("gifts")))
    page = Paginator(rows, queries.A_PAGE).get_page(request.GET.get("page"))
    kept = [(name, value) for name, value in (("kind", asked.get("kind")), ("q", asked.get("q")), ("gifts", asked.get("gifts"))) if value]
    context = {"form": form, "page": page, "rows": queries.cards(page.object_list), "asked": bool(kept), "query": f"&{urlencode(kept)}" if kept else ""}
    return render(request, "swapshop/shop.html", context)


def shown_or_404(request: HttpRequest, reference: str) -> Item:
    """A thing of this hub that everybody may see."""
    found = Item.objects.at(request.hub).shown().with_cards().filter(reference=reference).first()  # type: ignore[attr-defined]  # set by HubMiddleware
    if found is None:
        raise Http404
    return found


@require_safe
def item(request: HttpRequest, reference: str) -> HttpResponse:
    """`/swap/<number>/`: one thing."""
    return render(request, "swapshop/item.html", {"item": shown_or_404(request, reference)})


@require_safe
@cache_control(private=True, max_age=600)
def photo(request: HttpRequest, token: str, size: str) -> FileResponse:
    """A photo of a thing that is shown."""
    rows = ItemPhoto.objects.filter(token=token, item__hub=request.hub).select_related("item")  # type: ignore[attr-defined]  # set by HubMiddleware
    return picture(next((row for row in rows if row.item.is_shown), None), size)


def picture(found: ItemPhoto | None, size: str) -> FileResponse:
    """The file in one of its sizes; 404 when there is none."""
    if found is None or size not in SIZES:
        raise Http404
    file = found.small if size == "small" else found.large
    try:
        return FileResponse(file.open(), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None


@never_cache
@signed_in
@EITHER
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """`/swap/<number>/report/`: a reason, no words."""
    found = shown_or_404(request, reference)
    visitor = visitor_of(request)
    if visitor.me is None:
        return not_known(request)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.report(item=found, person=visitor.me, by=request.user, **form.cleaned_data)
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            return render(request, "swapshop/reported.html", {"item": found})
    return render(request, "swapshop/report.html", {"form": form, "item": found}, status=422 if form.errors else 200)
