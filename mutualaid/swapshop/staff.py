"""The buttons of the staff's screens about things and people: each asks its permission, shows a form, calls one action."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hub.audit.staff_forms import ask, posted
from hub.people.models import Resident
from hub.people.states import Channels
from mutualaid.swapshop import actions, queries, reaching
from mutualaid.swapshop.actions.checking import same_photo_as
from mutualaid.swapshop.models import Item, ItemPhoto, Swapper
from mutualaid.swapshop.permissions import user_can_check_things, user_can_serve_swaps
from mutualaid.swapshop.pictures import photo_of
from mutualaid.swapshop.staff_forms import AnswerForm, CheckForm, ConsentForm, NicknameForm, PhotoForm, RefuseForm, ReportsForm, ShelfForm, TakeBackForm
from mutualaid.swapshop.states import ItemStates, ReportStates
from mutualaid.swapshop.views.shop import picture

ABOUT_THING = "swapshop/staff/about_thing.html"
EITHER = require_http_methods(["GET", "HEAD", "POST"])


def item_or_404(request: HttpRequest, pk: int, may: Any) -> Item:
    """The thing at this hub, when this user may; else it is not there."""
    if not may(request.user):
        raise Http404
    rows = Item.objects.at(request.hub).with_cards().select_related("hub", "kind", "for_person__swapper")  # type: ignore[attr-defined]  # set by HubMiddleware
    found: Item = get_object_or_404(rows, pk=pk)
    return found


def ask_about(request: HttpRequest, item: Item, **words: Any) -> HttpResponse:
    """One thing, one question, one action given as `act(typed)`."""
    form = words.pop("form", None) or forms.Form(posted(request))
    return ask(request, form=form, back=reverse("swap_item:inspect", args=[item.pk]), icon="tag", about=item.title, **words)


@EITHER
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at it: photos, words, whoever else came with the same photo; then into the shop."""
    item = item_or_404(request, pk, user_can_check_things)
    twin = same_photo_as(item)
    return ask_about(
        request, item, form=CheckForm(posted(request), twin=twin), act=lambda typed: actions.approve(item=item, by=request.user, **typed),
        title=_("Look at it, then into the shop"), submit=_("Into the shop"), done=_("It stands in the shop; the owner is told."),
        template="swapshop/staff/check.html", thing=item, twin=twin, is_child=reaching.is_child(item.for_person),
    )  # fmt: skip


@EITHER
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Not into the shop."""
    item = item_or_404(request, pk, user_can_check_things)
    return ask_about(
        request, item, form=RefuseForm(posted(request)), act=lambda typed: actions.refuse(item=item, by=request.user, **typed),
        title=_("Not into the shop"), submit=_("Tell them so"), done=_("The owner is told why, and can put it right."),
        template=ABOUT_THING, thing=item, is_child=reaching.is_child(item.for_person),
    )  # fmt: skip


@EITHER
def reports(request: HttpRequest, pk: int) -> HttpResponse:
    """What the house found about the reports: what they say stands beside the thing as others see it."""
    item = item_or_404(request, pk, user_can_check_things)

    def act(typed: Any) -> object:
        return actions.decide_reports(item=item, is_so=typed["is_so"] == "yes", reason=typed["reason"], words=typed["words"], by=request.user)

    return ask_about(
        request, item, form=ReportsForm(posted(request)), act=act, title=_("Decide about the reports"), submit=_("Decide"), done=_("Decided."),
        template=ABOUT_THING, thing=item, is_child=reaching.is_child(item.for_person), reports=item.reports.filter(state=ReportStates.OPEN),
    )  # fmt: skip


@EITHER
def add_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """A photo taken at the counter."""
    item = item_or_404(request, pk, user_can_serve_swaps)
    form = PhotoForm(posted(request), request.FILES if request.method == "POST" else None)
    return ask_about(
        request, item, form=form, act=lambda typed: actions.add_item_photos(item=item, photos=[photo_of(typed["photo"])], by=request.user),
        title=_("Add a photo"), done=_("The photo stands with it."),
    )  # fmt: skip


@EITHER
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """It lies at the house from now on."""
    item = item_or_404(request, pk, user_can_serve_swaps)
    return ask_about(
        request, item, form=ShelfForm(posted(request), initial={"shelf": item.shelf}),
        act=lambda typed: actions.take_in(item=item, by=request.user, **typed),
        title=_("It lies at the house"), submit=_("Write it down"), done=_("Written down. Please print the tag and put it on."),
    )  # fmt: skip


@EITHER
def hand_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Its owner has fetched it."""
    item = item_or_404(request, pk, user_can_serve_swaps)
    return ask_about(
        request, item, act=lambda _typed: actions.hand_back(item=item, by=request.user), title=_("The owner has fetched it"), submit=_("Write it down"),
        done=_("Written down."),
    )  # fmt: skip


@EITHER
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the shop, at the owner's or the guardian's wish."""
    item = item_or_404(request, pk, user_can_serve_swaps)
    form = TakeBackForm(posted(request), is_promised=item.state == ItemStates.PROMISED)
    return ask_about(
        request, item, form=form, act=lambda typed: actions.withdraw_item(item=item, by=request.user, reason=typed.get("reason", "")),
        title=_("Out of the shop, as they wish"), submit=_("Take it out"), done=_("It is out of the shop."),
    )  # fmt: skip


@EITHER
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the shop again, for somebody on the telephone."""
    item = item_or_404(request, pk, user_can_serve_swaps)
    return ask_about(
        request, item, act=lambda _typed: actions.repost_item(item=item, by=request.user), title=_("Put it into the shop again"),
        submit=_("Put it there"), done=_("It is there again."),
    )  # fmt: skip


@EITHER
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What the owner says to an offer, at the counter or on the telephone."""
    item = item_or_404(request, pk, user_can_serve_swaps)
    form = AnswerForm(posted(request), offers=queries.with_things(item.offers.waiting()))

    def act(typed: Any) -> object:
        if typed["answer"] == "yes":
            return actions.accept_offer(offer=typed["offer"], by=request.user, guardian_present=typed["is_there"])
        return actions.decline_offer(offer=typed["offer"], by=request.user)

    return ask_about(
        request, item, form=form, act=act, title=_("Answer an offer for the owner"), submit=_("Write it down"), done=_("Written down; they are told.")
    )


@require_safe
def tag(request: HttpRequest, pk: int) -> HttpResponse:
    """The tag for a thing that lies at the house: number and nickname, no name."""
    return render(request, "swapshop/staff/tag.html", {"item": item_or_404(request, pk, user_can_serve_swaps)})


@require_safe
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """A photo, shown or not, for those who serve."""
    if not user_can_serve_swaps(request.user):
        raise Http404
    return picture(ItemPhoto.objects.filter(pk=pk, item__hub=request.hub).first(), "large")  # type: ignore[attr-defined]  # set by HubMiddleware


# --- people ---------------------------------------------------------------------------------------------------------
def swapper_or_404(request: HttpRequest, pk: int) -> Swapper:
    """Somebody who swaps at this hub, when this user may; else there is nobody."""
    if not user_can_serve_swaps(request.user):
        raise Http404
    rows = Swapper.objects.filter(hub=request.hub, resident__erased_at=None).select_related("resident__hub")  # type: ignore[attr-defined]  # set by HubMiddleware
    found: Swapper = get_object_or_404(rows, pk=pk)
    return found


def ask_swapper(request: HttpRequest, swapper: Swapper, **words: Any) -> HttpResponse:
    """One person, one question."""
    form = words.pop("form", None) or forms.Form(posted(request))
    return ask(request, form=form, back=reverse("swapper:inspect", args=[swapper.pk]), icon="user", about=swapper, **words)


@EITHER
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Another nickname."""
    swapper = swapper_or_404(request, pk)
    form = NicknameForm(posted(request), initial={"nickname": swapper.nickname})
    return ask_swapper(
        request, swapper, form=form, act=lambda typed: actions.join(person=swapper.resident, by=request.user, **typed),
        title=_("Another nickname"), submit=_("Write it down"), done=_("Written down."),
    )  # fmt: skip


@EITHER
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """A guardian agrees, at the counter."""
    swapper = swapper_or_404(request, pk)
    guardians = Resident.objects.filter(pk__in=[each.pk for each in reaching.guardians_of(swapper.resident)])
    return ask_swapper(
        request, swapper, form=ConsentForm(posted(request), guardians=guardians),
        act=lambda typed: actions.agree_for_child(child=swapper.resident, by=request.user, channel=Channels.COUNTER, **typed),
        title=_("A guardian agrees"), submit=_("Write it down"), done=_("The consent is on file."),
    )  # fmt: skip


@EITHER
def disagree(request: HttpRequest, pk: int) -> HttpResponse:
    """A guardian agrees no more; everything of the child's leaves the shop."""
    swapper = swapper_or_404(request, pk)
    guardians = Resident.objects.filter(pk__in=[each.pk for each in reaching.guardians_of(swapper.resident)])
    return ask_swapper(
        request, swapper, form=ConsentForm(posted(request), guardians=guardians),
        act=lambda typed: actions.disagree_for_child(child=swapper.resident, by=request.user, channel=Channels.COUNTER, **typed),
        title=_("A guardian agrees no more"), submit=_("Write it down"), done=_("Written down; the child's things are out of the shop."),
    )  # fmt: skip


def person_known_as(hub: Any, name: str, phone: str) -> Resident | None:
    """The resident of this name and number; of two of one name at one number nobody is guessed at."""
    whose = Q(phones__number=phone) | Q(user__phone=phone) | Q(relatives__relative__phones__number=phone) | Q(relatives__relative__user__phone=phone)
    rows = Resident.objects.at(hub).living().filter(whose, name=name).distinct()[:2]
    return rows[0] if len(rows) == 1 else None
