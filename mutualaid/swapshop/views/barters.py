"""A barter as one side sees it, by that side's own link: the time at the house, the word that it is done, or why not."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hub.core import clock
from hub.core.errors import RuleBroken, put_on_form
from mutualaid.swapshop import actions, queries
from mutualaid.swapshop.actions.barters import OTHER
from mutualaid.swapshop.forms import SlotForm, WhyForm
from mutualaid.swapshop.models import Barter
from mutualaid.swapshop.rules import SLOT
from mutualaid.swapshop.states import Sides
from mutualaid.swapshop.views.people import EITHER


def barter_or_404(request: HttpRequest, token: str) -> tuple[Barter, str]:
    """The barter of this link at this hub, and whose side it is."""
    rows = queries.with_rows(Barter.objects.at(request.hub))  # type: ignore[attr-defined]  # set by HubMiddleware
    found: Barter | None = rows.filter(Q(owner_token=token) | Q(taker_token=token)).first()
    if found is None:
        raise Http404
    return found, found.side_of(token)


def page(request: HttpRequest, found: Barter, side: str, template: str, **more: Any) -> HttpResponse:
    """One page of a barter, from one side."""
    other = OTHER[Sides(side)]
    context = {
        "barter": found,
        "side": side,
        "mine": found.things(side),
        "theirs": found.things(other),
        "other": found.person(other).swapper.nickname if hasattr(found.person(other), "swapper") else "",
        "i_confirmed": found.confirmed_at(side) is not None,
        "they_confirmed": found.confirmed_at(other) is not None,
        "url": found.url_for(side),
        "barter_token": found.owner_token if side == Sides.OWNER else found.taker_token,
        "slot_until": found.slot_at + SLOT if found.slot_at else None,
        "is_late": found.is_late(clock.now()),
        "they_broke_it": found.broken_by == other,
        **more,
    }
    form = more.get("form")
    return render(request, template, context, status=422 if more.get("refused") or (form is not None and form.errors) else 200)


@never_cache
@require_safe
def barter(request: HttpRequest, token: str) -> HttpResponse:
    """`/swap/barters/<token>/`: how it stands."""
    found, side = barter_or_404(request, token)
    return page(request, found, side, "swapshop/barter.html")


@never_cache
@EITHER
def slot(request: HttpRequest, token: str) -> HttpResponse:
    """Which time at the house."""
    found, side = barter_or_404(request, token)
    slots = queries.free_slots(found.hub, with_child=found.with_child)
    initial = {"slot": clock.local(found.slot_at).isoformat() if found.slot_at else ""}
    form = SlotForm(request.POST if request.method == "POST" else None, slots=slots, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_slot(barter=found, slot_at=form.slot_at, by=request.user)
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            return redirect(found.url_for(side))
    return page(request, found, side, "swapshop/slot.html", form=form)


@never_cache
@require_POST
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """My word that the things have changed hands."""
    found, side = barter_or_404(request, token)
    try:
        actions.confirm(barter=found, sides=[side], by=request.user)
    except RuleBroken as broken:
        return page(request, found, side, "swapshop/barter.html", refused=broken.sentence)
    return redirect(found.url_for(side))


@never_cache
@EITHER
def break_promise(request: HttpRequest, token: str) -> HttpResponse:
    """Not after all, and why."""
    found, side = barter_or_404(request, token)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.renege(barter=found, side=side, by=request.user, **form.cleaned_data)
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            return redirect(found.url_for(side))
    return page(request, found, side, "swapshop/break.html", form=form)
