"""A thing's way into the shop, and its owner's page, reached by a long token."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hub.core.errors import RuleBroken, put_on_form
from hub.core.references import new_token
from mutualaid.swapshop import actions, queries, stash
from mutualaid.swapshop.actions import Described, Lister
from mutualaid.swapshop.actions.leaving import living_barter
from mutualaid.swapshop.forms import CHILD, DROP, GIFT, SWAP, ChangeForm, ListForm, ThingForm, WhyForm
from mutualaid.swapshop.models import Item
from mutualaid.swapshop.pictures import Photo, photo_of
from mutualaid.swapshop.states import CAN_BE_REPOSTED, CAN_BE_WITHDRAWN, ItemStates
from mutualaid.swapshop.views.people import EITHER, Visitor, not_known, signed_in, visitor_of
from mutualaid.swapshop.views.shop import picture

LONGEST_TOKEN = 43


def own_or_404(request: HttpRequest, token: str) -> Item:
    """The thing of this token at this hub; whoever holds the token is its owner, or the owner's guardian."""
    rows = Item.objects.at(request.hub).with_cards().select_related("hub", "kind", "for_person__swapper")  # type: ignore[attr-defined]  # set by HubMiddleware
    found = rows.filter(token=token).first()
    if found is None:
        raise Http404
    return found


def described(typed: dict[str, Any]) -> Described:
    """A valid form's answer."""
    return Described(typed["kind"], typed["title"], typed["condition"], typed["about"], typed["wish"], typed["way"] == GIFT)


def photos_of(request: HttpRequest, form: ThingForm) -> dict[str, Photo]:
    """What was uploaded now and what was put aside when the form came back, by the word under which it lies aside."""
    held = {name: photo for name in request.POST.getlist("held")[:9] if (photo := stash.fetch(name))}
    return held | {stash.keep(photo): photo for upload in form.uploads if (photo := photo_of(upload))}


@never_cache
@signed_in
@EITHER
def new(request: HttpRequest) -> HttpResponse:
    """`/swap/new/`: one page, then the house looks at it."""
    visitor = visitor_of(request)
    if not visitor.people:
        return not_known(request)
    is_post = request.method == "POST"
    form = ListForm(request.POST if is_post else None, request.FILES if is_post else None, hub=visitor.hub, people=visitor.people)
    held: dict[str, Photo] = {}
    if is_post:
        is_valid = form.is_valid()
        held = photos_of(request, form)
        if is_valid and (made := hand_in(request, visitor, form, held)):
            for name in held:
                stash.forget(name)
            return redirect(made.own_url)
    context = {"form": form, "held": list(held), "token": request.POST.get("token", "")[:LONGEST_TOKEN] or new_token()}
    return render(request, "swapshop/new.html", context, status=422 if form.errors else 200)


def hand_in(request: HttpRequest, visitor: Visitor, form: ListForm, held: dict[str, Photo]) -> Item | None:
    """Join if need be, then list; what is refused stands on the form."""
    typed = form.cleaned_data
    person = typed["person"]
    token = request.POST.get("token", "")[:LONGEST_TOKEN]
    try:
        if typed.get("nickname"):
            said = {CHILD: True}.get(typed.get("age", ""), False) if typed.get("age") else None
            actions.join(person=person, nickname=typed["nickname"], said_child=said, by=request.user)
        by = Lister(person, request.user, visitor.me)
        return actions.list_item(hub=visitor.hub, thing=described(typed), by=by, photos=list(held.values()), token=token or new_token())
    except RuleBroken as broken:
        put_on_form(form, broken)
        return None


@never_cache
@require_safe
def own(request: HttpRequest, token: str) -> HttpResponse:
    """`/swap/own/<token>/`: how it stands, the offers for it, what can be done."""
    return own_page(request, own_or_404(request, token))


def own_page(request: HttpRequest, found: Item, refused: str = "") -> HttpResponse:
    """The owner's page, with what was refused just now."""
    living = living_barter(found)
    context = {
        "item": found,
        "refused": refused,
        "offers": list(queries.with_things(found.offers.waiting())),
        "barter_url": living.barter.url_for(living.side) if living else "",
        "can_withdraw": found.state in CAN_BE_WITHDRAWN,
        "can_repost": found.state in CAN_BE_REPOSTED,
    }
    return render(request, "swapshop/own.html", context, status=422 if refused else 200)


@never_cache
@require_safe
def own_photo(request: HttpRequest, token: str, place: int, size: str) -> FileResponse:
    """The owner sees the photos whether anybody else does or not."""
    return picture(next(iter(list(own_or_404(request, token).photos.all())[place : place + 1]), None), size)


@never_cache
@EITHER
def change(request: HttpRequest, token: str) -> HttpResponse:
    """Put it right; the house looks again."""
    found = own_or_404(request, token)
    if not found.can_be_changed:
        return redirect(found.own_url)
    is_post = request.method == "POST"
    known = {name: getattr(found, name) for name in ("title", "kind", "condition", "wish", "about")}
    known["way"] = GIFT if found.is_give_away else SWAP
    form = ChangeForm(request.POST if is_post else None, request.FILES if is_post else None, hub=found.hub, initial=known)
    held: dict[str, Photo] = {}
    if is_post:
        is_valid = form.is_valid()
        held = photos_of(request, form)
        if is_valid:
            try:
                drops = form.cleaned_data["old_photos"] == DROP
                actions.change_item(item=found, thing=described(form.cleaned_data), photos=list(held.values()), drop_photos=drops, by=request.user)
            except RuleBroken as broken:
                put_on_form(form, broken)
            else:
                for name in held:
                    stash.forget(name)
                return redirect(found.own_url)
    return render(request, "swapshop/change.html", {"form": form, "item": found, "held": list(held)}, status=422 if form.errors else 200)


@never_cache
@EITHER
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Take it back; where it is promised, with the reason."""
    found = own_or_404(request, token)
    is_promised = found.state == ItemStates.PROMISED
    form = WhyForm(request.POST if request.method == "POST" else None) if is_promised else None
    refused = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            actions.withdraw_item(item=found, by=request.user, reason=form.cleaned_data["reason"] if form else "")
        except RuleBroken as broken:
            refused = broken.sentence
        else:
            return redirect(found.own_url)
    wrong = bool(refused or (form and form.errors))
    return render(request, "swapshop/withdraw.html", {"form": form, "item": found, "refused": refused}, status=422 if wrong else 200)


@never_cache
@require_POST
def repost(request: HttpRequest, token: str) -> HttpResponse:
    """There again, in one tap."""
    found = own_or_404(request, token)
    try:
        actions.repost_item(item=found, by=request.user)
    except RuleBroken as broken:
        return own_page(request, found, broken.sentence)
    return redirect(found.own_url)
