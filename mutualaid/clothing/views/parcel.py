"""A parcel's private page, reached by its long token. Its address and its title are neutral."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hub.core.errors import RuleBroken
from mutualaid.clothing import actions
from mutualaid.clothing.models import Parcel


def parcel_or_404(request: HttpRequest, token: str) -> Parcel:
    """The parcel of this token at this hub; whoever holds the token is its owner."""
    found = Parcel.objects.at(request.hub).select_related("hub").with_lines().filter(token=token).first()  # type: ignore[attr-defined]  # set by HubMiddleware
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
def parcel(request: HttpRequest, token: str) -> HttpResponse:
    """`/parcels/<token>/`: number, when to collect it, how long it waits."""
    return render(request, "clothing/parcel.html", {"parcel": parcel_or_404(request, token)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, then let it go."""
    found, refused = parcel_or_404(request, token), ""
    if request.method == "POST":
        try:
            actions.cancel(parcel=found, by=request.user)
        except RuleBroken as broken:
            refused = broken.sentence
            found.refresh_from_db()
        else:
            return redirect(found.url)
    return render(request, "clothing/cancel.html", {"parcel": found, "refused": refused}, status=422 if refused else 200)
