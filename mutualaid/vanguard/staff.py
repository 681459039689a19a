"""The buttons of terms, the roster, visits and cards."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.base import ContentFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from PIL import Image, ImageOps

from hub.audit.staff_forms import ask, posted
from hub.core import clock, wording
from hub.core.errors import RuleBroken, put_on_form
from hub.core.references import new_token
from hub.served.queries import code_about, codes_about
from hub.served.states import Posts
from mutualaid.vanguard import actions, queries
from mutualaid.vanguard.actions.writing import VISIT
from mutualaid.vanguard.models import CounterVisit, DutyDay, Post, Term
from mutualaid.vanguard.permissions import own_posts, user_can_close_visits, user_can_keep_posts
from mutualaid.vanguard.staff_forms import CardsForm, EndForm, SendForm, ShownForm, TermForm, VisitForm, WeekForm, shown_of
from mutualaid.vanguard.states import VisitKinds

EITHER = require_http_methods(["GET", "HEAD", "POST"])
SIDE = 320  # px of a portrait


def portrait(upload: Any) -> Any:
    """A clean upload (PhotoField) as a small square JPEG; nothing when none came."""
    if not upload:
        return ""
    upload.seek(0)
    out = BytesIO()
    ImageOps.fit(Image.open(BytesIO(upload.read())).convert("RGB"), (SIDE, SIDE)).save(out, format="JPEG", quality=82, optimize=True)
    return ContentFile(out.getvalue(), "portrait.jpg")


# --- terms ----------------------------------------------------------------------------------------------------------
@EITHER
def begin_term(request: HttpRequest) -> HttpResponse:
    """Give a post to somebody."""
    if not user_can_keep_posts(request.user):
        raise Http404
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    form = TermForm(posted(request), request.FILES or None, hub=hub)

    def act(typed: Any) -> object:
        return actions.begin_term(by=request.user, **{**typed, "picture": portrait(typed["picture"])})

    return ask(
        request, form=form, act=act, title=_("Give a post to somebody"), submit=_("Give the post"), done=_("Written down."),
        back=reverse("vanguard_term:index"), icon="user",
    )  # fmt: skip


def term_or_404(request: HttpRequest, pk: int) -> Term:
    """This hub's term, for those who keep the posts."""
    if not user_can_keep_posts(request.user):
        raise Http404
    found: Term = get_object_or_404(Term.objects.at(request.hub).select_related("post", "hub"), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware
    return found


@EITHER
def change_term(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what is worn and promised."""
    term = term_or_404(request, pk)
    form = ShownForm(posted(request), request.FILES or None, hub=term.hub, initial=shown_of(term))
    return ask(
        request, form=form, act=lambda typed: actions.change_term(term=term, by=request.user, **{**typed, "picture": portrait(typed["picture"])}),
        title=_("Change what is shown"), submit=_("Change"), done=_("Changed."), back=reverse("vanguard_term:inspect", args=[pk]), icon="edit",
    )  # fmt: skip


@EITHER
def end_term(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day."""
    term = term_or_404(request, pk)
    return ask(
        request, form=EndForm(posted(request)), act=lambda typed: actions.end_term(term=term, by=request.user, **typed), title=_("End the term"),
        submit=_("End it"), done=_("Written down."), back=reverse("vanguard_term:inspect", args=[pk]), icon="cross",
    )  # fmt: skip


@EITHER
def take_term_back(request: HttpRequest, pk: int) -> HttpResponse:
    """It was written by mistake."""
    term = term_or_404(request, pk)
    return ask(
        request, form=forms.Form(posted(request)), act=lambda _typed: actions.take_term_back(term=term, by=request.user), title=_("Take this term back"),
        submit=_("Take back"), done=_("Taken back."), back=reverse("vanguard_term:inspect", args=[pk]), icon="rotate",
    )  # fmt: skip


# --- the roster -----------------------------------------------------------------------------------------------------
@EITHER
def week(request: HttpRequest) -> HttpResponse:
    """Seven days of duty leaders; `?day=` another week."""
    if not user_can_keep_posts(request.user):
        raise Http404
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    days = queries.week_of(day_asked(request.GET.get("day", "")))
    known = {row.day: row for row in DutyDay.objects.at(hub).filter(day__in=days)}
    form = WeekForm(posted(request), hub=hub, days=days, known=known)
    title = _("Duty leaders from %(first)s to %(last)s") % {"first": wording.month_day(days[0]), "last": wording.month_day(days[-1])}
    return ask(
        request, form=form, act=lambda _typed: actions.set_duty(hub=hub, days=form.roster(), by=request.user), title=title, submit=_("Keep this week"),
        done=_("The roster is kept."), back=f"{reverse('dutyday:week')}?day={(days[0] + timedelta(days=7)).isoformat()}", icon="date",
        action_url=request.get_full_path(),
    )  # fmt: skip


def day_asked(typed: str) -> date:
    """The day of an address, else today."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return clock.today()


# --- visits and cards -----------------------------------------------------------------------------------------------
@never_cache
@EITHER
def close_visit(request: HttpRequest) -> HttpResponse:
    """The page of one key: Enter closes the visit and shows its code."""
    if not user_can_close_visits(request.user):
        raise Http404
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    form = VisitForm(posted(request), hub=hub, initial={"station": own_station(request), "token": new_token()})
    if request.method == "POST" and form.is_valid():
        try:
            made, _code = actions.close_visit(hub=hub, by=request.user, **form.cleaned_data)
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            return redirect("countervisit:slip", pk=made.pk)
    return render(request, "vanguard/staff/visit.html", {"form": form}, status=422 if form.errors else 200)


def own_station(request: HttpRequest) -> str:
    """Where the clerk's own post is; else the hall."""
    found = Post.objects.filter(pk__in=own_posts(request.user)).order_by("number").first()
    return found.station if found else Posts.ACCEPTANCE


def visit_or_404(request: HttpRequest, pk: int) -> CounterVisit:
    """This hub's visit, for those who close visits."""
    if not user_can_close_visits(request.user):
        raise Http404
    found: CounterVisit = get_object_or_404(CounterVisit.objects.at(request.hub).select_related("hub__site"), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware
    return found


def address_of(request: HttpRequest, code: str) -> str:
    """Where a phone goes that reads the picture."""
    return f"{request.hub.origin}{reverse('vanguard:rate_code', args=[code])}"  # type: ignore[attr-defined]  # set by HubMiddleware


@never_cache
@require_safe
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The code, large, as a picture, to print or to send."""
    found = visit_or_404(request, pk)
    code = code_about(VISIT, found.token)
    return render(request, "vanguard/staff/slip.html", {"visit": found, "code": code, "address": address_of(request, code) if code else ""})


@EITHER
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """The code as a text message."""
    found = visit_or_404(request, pk)
    code = code_about(VISIT, found.token)
    return ask(
        request, form=SendForm(posted(request), hub=found.hub),
        act=lambda typed: actions.send_code(visit=found, address=address_of(request, code or ""), by=request.user, **typed),
        title=_("Send the code"), submit=_("Send"), done=_("It is on its way."), back=reverse("countervisit:slip", args=[pk]), icon="mail",
    )  # fmt: skip


@never_cache
@EITHER
def cards(request: HttpRequest) -> HttpResponse:
    """Sheets of cards for guests."""
    if not user_can_close_visits(request.user):
        raise Http404
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    form = CardsForm(posted(request), hub=hub, initial={"station": Posts.CULTURE, "token": new_token()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.print_cards(hub=hub, by=request.user, **form.cleaned_data)
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            messages.success(request, _("The cards are ready to print."))
            return redirect("countervisit:sheet", batch=made[0].batch)
    return render(request, "vanguard/staff/cards.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
def sheet(request: HttpRequest, batch: str) -> HttpResponse:
    """The cards of one printing that can still be used, ten on a sheet."""
    if not user_can_close_visits(request.user):
        raise Http404
    rows = list(CounterVisit.objects.at(request.hub).filter(batch=batch, kind=VisitKinds.CARD).order_by("pk"))  # type: ignore[attr-defined]  # set by HubMiddleware
    if not rows:
        raise Http404
    codes = codes_about(VISIT, [card.token for card in rows])
    card_list = [(card, codes[card.token], address_of(request, codes[card.token])) for card in rows if card.token in codes]
    return render(request, "vanguard/staff/sheet.html", {"cards": card_list})
