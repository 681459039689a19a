"""A volunteer's own hours book."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hub.audit.staff_forms import posted
from hub.core import clock
from hub.core.errors import RuleBroken, put_on_form
from hub.core.references import new_token
from hub.people.queries import resident_of
from mutualaid.volunteers import actions, queries, totals
from mutualaid.volunteers.forms import CertificateForm, CorrectionForm, HoursForm, ThanksForm
from mutualaid.volunteers.models import Certificate, Contribution, HoursEntry, Shown
from mutualaid.volunteers.permissions import user_owns_hours
from mutualaid.volunteers.views.shifts import OUR_TOKEN

A_PAGE = 50
EITHER = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@require_safe
def book(request: HttpRequest) -> HttpResponse:
    """`/volunteer/hours/`: sums, months, every entry with how it stands and why."""
    me = resident_of(request.user, request.hub)  # type: ignore[attr-defined]  # set by HubMiddleware
    if me is None:
        return render(request, "volunteers/hours.html", {"me": None})
    page = Paginator(queries.hours_of(me), A_PAGE).get_page(request.GET.get("page"))
    shown = Shown.objects.filter(resident=me).first()
    context = {
        "me": me,
        "sums": totals.own_totals(me),
        "months": totals.months_of(me),
        "page": page,
        "certificates": list(Certificate.objects.filter(resident=me)[:20]),
        "certificate_form": CertificateForm(initial={"first_on": clock.today().replace(month=1, day=1), "last_on": clock.today()}),
        "contributions": list(Contribution.objects.filter(resident=me)[:20]),
        "shown": shown,
        "thanks_form": ThanksForm(initial={"nickname": shown.nickname if shown else ""}),
    }
    return render(request, "volunteers/hours.html", context)


def ask(request: HttpRequest, form: forms.Form, act: Callable[[Any], object], template: str, **context: Any) -> HttpResponse:
    """One form, one action, back to the book."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            return redirect("volunteers:hours")
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)


@never_cache
@login_required
@EITHER
def file(request: HttpRequest) -> HttpResponse:
    """Own hours outside shifts; today stands there already."""
    me = resident_of(request.user, request.hub)  # type: ignore[attr-defined]  # set by HubMiddleware
    if me is None:
        return redirect("volunteers:hours")
    given = request.POST.get("token", "")
    token = given if OUR_TOKEN.fullmatch(given) else new_token()
    form = HoursForm(posted(request), initial={"day": clock.today()})

    def act(typed: Any) -> object:
        return actions.file_hours(resident=me, starts_at=typed["starts_at"], ends_at=typed["ends_at"], what=typed["what"], by=request.user, token=token)

    return ask(request, form, act, "volunteers/file.html", token=token)


def entry_or_404(request: HttpRequest, token: str) -> HoursEntry:
    """One's own entry; another's is not there."""
    rows = HoursEntry.objects.at(request.hub).select_related("resident", "hub", "reversal")  # type: ignore[attr-defined]  # set by HubMiddleware
    found: HoursEntry | None = rows.filter(token=token).first()
    if found is None or not user_owns_hours(request.user, found):
        raise Http404
    return found


@never_cache
@login_required
@EITHER
def change(request: HttpRequest, token: str) -> HttpResponse:
    """Put right, or take back, what nobody has decided about."""
    entry = entry_or_404(request, token)
    if not entry.can_be_changed:
        return redirect("volunteers:hours")
    start, end = entry.span
    takes_back = request.POST.get("step") == "take_back"
    form = HoursForm(None if takes_back else posted(request), initial={"day": start.date(), "starts": start.time(), "ends": end.time(), "what": entry.what})
    if takes_back:
        try:
            actions.take_back(entry=entry, by=request.user)
        except RuleBroken as broken:
            return render(request, "volunteers/file.html", {"form": form, "entry": entry, "refused": broken.sentence}, status=422)
        return redirect("volunteers:hours")

    def act(typed: Any) -> object:
        return actions.change_hours(entry=entry, starts_at=typed["starts_at"], ends_at=typed["ends_at"], what=typed["what"], by=request.user)

    return ask(request, form, act, "volunteers/file.html", entry=entry)


@never_cache
@login_required
@EITHER
def correct(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a correction of what is confirmed."""
    entry = entry_or_404(request, token)
    if not entry.can_be_corrected:
        return redirect("volunteers:hours")
    form = CorrectionForm(posted(request))
    return ask(request, form, lambda typed: actions.ask_correction(entry=entry, words=typed["words"], by=request.user), "volunteers/correct.html", entry=entry)
