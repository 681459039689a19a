"""The board on which those are thanked who want to stand there."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hub.core.errors import RuleBroken, put_on_form
from hub.people.queries import resident_of
from mutualaid.volunteers import actions, queries
from mutualaid.volunteers.forms import ThanksForm


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """`/volunteer/thanks/`."""
    return render(request, "volunteers/thanks.html", {"rows": queries.thanked(request.hub)})  # type: ignore[attr-defined]  # set by HubMiddleware


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Show me there, or no longer."""
    me = resident_of(request.user, request.hub)  # type: ignore[attr-defined]  # set by HubMiddleware
    if request.method != "POST" or me is None:
        return redirect("volunteers:hours")
    form = ThanksForm(request.POST)
    if request.POST.get("step") == "hide":
        actions.hide(resident=me, by=request.user)
        return redirect("volunteers:hours")
    if form.is_valid():
        try:
            actions.show(resident=me, nickname=form.cleaned_data["nickname"], by=request.user)
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            return redirect("volunteers:thanks")
    return render(request, "volunteers/thank_me.html", {"form": form}, status=422)
