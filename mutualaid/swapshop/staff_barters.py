"""The buttons of the staff's barter screens, swapping on the spot, and the sheet of a day's hand-overs."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hub.audit.staff_forms import ask, posted
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.references import clean_reference, grouped
from mutualaid.swapshop import actions, queries
from mutualaid.swapshop.actions import Described, Side
from mutualaid.swapshop.forms import SlotForm
from mutualaid.swapshop.models import Barter, Item
from mutualaid.swapshop.permissions import user_can_serve_swaps
from mutualaid.swapshop.staff import person_known_as
from mutualaid.swapshop.staff_forms import BreakForm, CallOffForm, SpotForm, StandsHereForm
from mutualaid.swapshop.states import Sides

EITHER = require_http_methods(["GET", "HEAD", "POST"])
FARTHEST = timedelta(days=36_600)  # a sheet further away than a century is a slip of the pen


def ask_about(request: HttpRequest, pk: int, **words: Any) -> HttpResponse:
    """One barter of this hub, one question, one action given as `act(barter, typed)`; the form as `form(barter)`."""
    if not user_can_serve_swaps(request.user):
        raise Http404
    barter = get_object_or_404(Barter.objects.at(request.hub).select_related("hub"), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware
    act, form_of = words.pop("act"), words.pop("form", None)
    form = form_of(barter) if form_of else forms.Form(posted(request))
    return ask(
        request, form=form, act=lambda typed: act(barter, typed),
        back=reverse("swap_barter:inspect", args=[pk]), icon="tag", about=grouped(barter.reference), **words,
    )  # fmt: skip


@EITHER
def stands_here(request: HttpRequest, pk: int) -> HttpResponse:
    """Who stands at the counter says that it is done."""

    def act(barter: Barter, typed: Any) -> object:
        return actions.confirm(barter=barter, sides=typed["sides"], guardian_present=typed["is_there"], by=request.user, as_staff=True)

    return ask_about(
        request, pk, form=lambda _barter: StandsHereForm(posted(request)), act=act,
        title=_("They stand here and say it is done"), submit=_("Write it down"), done=_("Written down. When both have said so, it is done."),
    )  # fmt: skip


@EITHER
def slot(request: HttpRequest, pk: int) -> HttpResponse:
    """A time at the house, for somebody on the telephone."""

    def form(barter: Barter) -> SlotForm:
        return SlotForm(posted(request), slots=queries.free_slots(barter.hub, with_child=barter.with_child))

    def act(barter: Barter, typed: Any) -> object:
        slot_at = datetime.fromisoformat(typed["slot"])
        return actions.choose_slot(barter=barter, slot_at=slot_at, by=request.user)

    return ask_about(request, pk, form=form, act=act, title=_("Time at the house"), submit=_("Take this time"), done=_("Written down; both are told."))


@EITHER
def break_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """One side takes the promise back."""
    return ask_about(
        request, pk, form=lambda _barter: BreakForm(posted(request)), act=lambda barter, typed: actions.renege(barter=barter, by=request.user, **typed),
        title=_("One side takes the promise back"), submit=_("Write it down"), done=_("Written down; who waits next is asked."),
    )  # fmt: skip


@EITHER
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """The house ends it."""
    return ask_about(
        request, pk, form=lambda _barter: CallOffForm(posted(request)), act=lambda barter, typed: actions.call_off(barter=barter, by=request.user, **typed),
        title=_("The house calls it off"), submit=_("Call it off"), done=_("Called off; both are told why."),
    )  # fmt: skip


@EITHER
def on_the_spot(request: HttpRequest) -> HttpResponse:
    """Two people swap at the counter in one step."""
    if not user_can_serve_swaps(request.user):
        raise Http404
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware

    def act(typed: Any) -> object:
        owner, taker = (side_of(hub, typed, side) for side in Sides)
        return actions.swap_on_the_spot(hub=hub, owner=owner, taker=taker, by=request.user)

    return ask(
        request, form=SpotForm(posted(request), hub=hub), act=act, title=_("Two people swap here and now"), submit=_("Both say yes: swapped"),
        done=_("Done; it stands in the service ledger."), back=reverse("swap_barter:index"), icon="tag",
    )  # fmt: skip


def side_of(hub: Any, typed: Any, side: str) -> Side:
    """One half of the form; RuleBroken where nobody or nothing of that description is known."""
    person = person_known_as(hub, typed[f"{side}_name"], typed[f"{side}_phone"])
    if person is None:
        raise RuleBroken.of("swap_person_not_found", f"{side}_name")
    there = typed[f"{side}_there"]
    if typed[f"{side}_number"]:
        item = Item.objects.at(hub).filter(reference=clean_reference(typed[f"{side}_number"]) or "-").first()
        if item is None:
            raise RuleBroken.of("swap_item_unknown", f"{side}_number")
        return Side(person, [item], guardian_present=there)
    if not typed[f"{side}_title"] or not typed[f"{side}_kind"]:
        raise RuleBroken.of("swap_side_empty", f"{side}_number")
    if not typed[f"{side}_band"]:
        raise RuleBroken.of("swap_band_missing", f"{side}_band")
    thing = Described(typed[f"{side}_kind"], typed[f"{side}_title"], typed[f"{side}_condition"] or "used", wish="当面换")
    return Side(person, (), thing, typed[f"{side}_band"], there)


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The day's hand-overs on paper: numbers, nicknames, shelves; no names."""
    if not user_can_serve_swaps(request.user):
        raise Http404
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = clock.today()
    day = day if abs(day - clock.today()) < FARTHEST else clock.today()
    rows = list(queries.sheet_of(request.hub, day))  # type: ignore[attr-defined]  # set by HubMiddleware
    return render(request, "swapshop/staff/sheet.html", {"day": day, "rows": rows})
