"""At the place: in by the code, out by one key."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hub.audit.staff_forms import posted
from hub.core.errors import RuleBroken, put_on_form
from hub.people.queries import resident_of
from mutualaid.volunteers import actions, queries
from mutualaid.volunteers.forms import CodeForm
from mutualaid.volunteers.models import SignUp


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest, code: str = "") -> HttpResponse:
    """`/volunteer/here/`, and with the code of the sheet in the address: today's shift stands there, one key is left to press."""
    me = resident_of(request.user, request.hub)  # type: ignore[attr-defined]  # set by HubMiddleware
    rows = queries.to_check_in(me) if me else []
    chosen = next((row for row in rows if row.token == request.POST.get("sign_up")), None)
    form, refused = CodeForm(posted(request) if chosen and chosen.came_at is None else None, initial={"code": code}), ""
    if chosen is not None:
        try:
            if press(request, chosen, form):
                return redirect("volunteers:here" if chosen.came_at is None else "volunteers:hours")
        except RuleBroken as broken:
            put_on_form(form, broken) if form.is_bound else None
            refused = broken.sentence
    context = {"rows": shown(rows, code), "chosen": chosen, "form": form, "refused": refused, "code": code}
    return render(request, "volunteers/here.html", context, status=422 if refused or form.errors else 200)


def press(request: HttpRequest, chosen: SignUp, form: CodeForm) -> bool:
    """In or out; whether it was done."""
    if chosen.came_at is not None:
        actions.check_out(sign_up=chosen, by=request.user)
        return True
    if not form.is_valid():
        return False
    actions.check_in(sign_up=chosen, code=form.cleaned_data["code"], by=request.user)
    return True


def shown(rows: list[SignUp], code: str) -> list[Any]:
    """Those that the sheet belongs to first."""
    return sorted(rows, key=lambda row: row.shift.code != code)
