"""Making an offer, its page, and the owner's answer."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hub.core.errors import SENTENCES, RuleBroken, put_on_form
from hub.core.references import new_token
from mutualaid.swapshop import actions, queries
from mutualaid.swapshop.actions import Lister
from mutualaid.swapshop.forms import OfferForm
from mutualaid.swapshop.models import Item, Offer
from mutualaid.swapshop.states import OfferStates
from mutualaid.swapshop.views.listing import LONGEST_TOKEN, own_or_404, own_page
from mutualaid.swapshop.views.people import EITHER, not_known, signed_in, visitor_of
from mutualaid.swapshop.views.shop import shown_or_404


@never_cache
@signed_in
@EITHER
def make(request: HttpRequest, reference: str) -> HttpResponse:
    """`/swap/<number>/offer/`: which of my things; for what is given away only who asks."""
    visitor = visitor_of(request)
    if not visitor.people:
        return not_known(request)
    wanted = shown_or_404(request, reference)
    things = Item.objects.shown().filter(for_person__in=[person.pk for person, _label in visitor.people]).order_by("-listed_at", "-id")
    given = request.POST if request.method == "POST" else None
    form = OfferForm(given, people=visitor.people, things=things, is_give_away=wanted.is_give_away)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        by = Lister(form.people[typed["who"]], request.user, visitor.me)
        token = request.POST.get("token", "")[:LONGEST_TOKEN] or new_token()
        try:
            made = actions.make_offer(item=wanted, things=list(typed.get("things", [])), by=by, token=token)
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            return redirect(made.url)
    context = {"form": form, "item": wanted, "has_things": things.exists(), "token": request.POST.get("token", "")[:LONGEST_TOKEN] or new_token()}
    return render(request, "swapshop/make_offer.html", context, status=422 if form.errors else 200)


def offer_or_404(request: HttpRequest, token: str) -> Offer:
    """The offer of this token at this hub; whoever holds it has made it."""
    found: Offer | None = queries.with_things(Offer.objects.at(request.hub)).select_related("item__hub").filter(token=token).first()  # type: ignore[attr-defined]  # set by HubMiddleware
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """`/swap/offers/<token>/`: how my offer stands."""
    found = offer_or_404(request, token)
    if found.state in {OfferStates.ACCEPTED, OfferStates.DONE, OfferStates.RENEGED}:
        return redirect(found.barter.url_for("taker"))
    return render(request, "swapshop/offer.html", {"offer": found, "item": found.item})


@never_cache
@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """I take it back."""
    found = offer_or_404(request, token)
    try:
        actions.withdraw_offer(offer=found, by=request.user)
    except RuleBroken as broken:
        return render(request, "swapshop/offer.html", {"offer": found, "item": found.item, "refused": broken.sentence}, status=422)
    return redirect(found.url)


@never_cache
@require_POST
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The owner's yes or no to one of the offers."""
    found = own_or_404(request, token)
    pk = request.POST.get("offer", "")
    chosen: Any = found.offers.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() and len(pk) < 18 else None
    if chosen is None:
        return own_page(request, found, str(SENTENCES["swap_offer_missing"]))
    try:
        if request.POST.get("answer") == "yes":
            return redirect(actions.accept_offer(offer=chosen, by=request.user).url_for("owner"))
        actions.decline_offer(offer=chosen, by=request.user)
    except RuleBroken as broken:
        return own_page(request, own_or_404(request, token), broken.sentence)
    return redirect(found.own_url)
