"""The buttons of the staff's screens: each asks its permission, shows a form, calls one action."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hub.audit.staff_forms import ask, posted, show_once
from hub.core.errors import RuleBroken, put_on_form
from hub.core.references import grouped
from mutualaid.clothing import actions, queries
from mutualaid.clothing.actions import Giver
from mutualaid.clothing.models import Garment, Intake, Parcel
from mutualaid.clothing.permissions import user_can_keep_stock, user_can_see_whose, user_can_see_why, user_can_serve_parcels, user_can_take_in
from mutualaid.clothing.staff_forms import CountForm, DiscardForm, HandOutForm, IntakeForm

EITHER = require_http_methods(["GET", "HEAD", "POST"])
CARRIED = ("kind", "fit", "season", "condition")  # what the next of the same bag begins with


def _row(request: HttpRequest, model: Any, pk: int, may: Any) -> Any:
    """The row at this hub, when this user may; else it is not there."""
    if not may(request.user):
        raise Http404
    return get_object_or_404(model.objects.at(request.hub), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware


@EITHER
def take_in(request: HttpRequest) -> HttpResponse:
    """One form for what somebody brings; `?after=` an intake goes on with the same bag."""
    if not user_can_take_in(request.user):
        raise Http404
    hub, bag = request.hub, _bag(request)  # type: ignore[attr-defined]  # set by HubMiddleware
    form = IntakeForm(posted(request), area_code=hub.area_code, initial=_begun(bag))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        giver = Giver(typed["donor_name"].strip(), typed["donor_phone"], typed["wants_thanks"])
        try:
            made = actions.take_in(hub=hub, brought=form.brought, by=request.user, giver=giver, shelf=typed["shelf"], bag=bag, token=typed["token"])
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            messages.success(request, _said(made))
            return redirect(f"{reverse('garment:take_in')}?after={made.pk}")
    title = _("Take in")
    context = {
        "form": form, "media": form.media, "action_url": request.get_full_path(), "page_title": title, "header_title": title, "header_icon": "download",
        "back_url": reverse("garment:index"), "submit_button_label": _("Write it down"), "submit_button_active_label": _("Write it down"), "bag": bag,
    }  # fmt: skip
    return TemplateResponse(request, "clothing/staff/take_in.html", context)


def _bag(request: HttpRequest) -> Intake | None:
    """The intake the form goes on from, at this hub."""
    after = request.GET.get("after", "")
    if not (after.isascii() and after.isdecimal() and len(after) < 19):
        return None
    found: Intake | None = Intake.objects.at(request.hub).select_related("garment", "bag").filter(pk=after).first()  # type: ignore[attr-defined]  # set by HubMiddleware
    return found


def _begun(bag: Intake | None) -> dict[str, Any]:
    """What the next of the same bag is likely to be; who gave it is not asked twice."""
    if bag is None or bag.garment is None:
        return {}
    return {name: getattr(bag.garment, name) for name in CARRIED} | {"shelf": bag.garment.shelf}


def _said(made: Intake) -> str:
    """What was written down just now."""
    what = f"{made.garment.words} +{made.piece_count}" if made.garment else ""
    refused = _("%(n)s cannot be worn") % {"n": made.refused_count} if made.refused_count else ""
    return _("Written down: %(what)s. Go on with the same bag, or leave the page.") % {"what": ", ".join(filter(None, (what, refused)))}


@EITHER
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Pieces that cannot be worn after all."""
    garment = _row(request, Garment, pk, user_can_keep_stock)
    return ask(
        request, form=DiscardForm(posted(request)), act=lambda typed: actions.discard(garment=garment, by=request.user, **typed),
        title=_("Take out of stock"), submit=_("Take out"), done=_("Taken out of stock."), back=reverse("garment:inspect", args=[pk]),
        about=garment, icon="bin",
    )  # fmt: skip


@EITHER
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """What lies there really."""
    garment = _row(request, Garment, pk, user_can_keep_stock)
    return ask(
        request, form=CountForm(posted(request), initial={"piece_count": garment.piece_count}),
        act=lambda typed: actions.count_anew(garment=garment, by=request.user, **typed),
        title=_("Count anew"), submit=_("Write it down"), done=_("Written down."), back=reverse("garment:inspect", args=[pk]), about=garment, icon="edit",
    )  # fmt: skip


@EITHER
def ready(request: HttpRequest, pk: int) -> HttpResponse:
    """It is packed and lies under its number."""
    parcel = _row(request, Parcel, pk, user_can_serve_parcels)
    return ask(
        request, form=forms.Form(posted(request)), act=lambda _typed: actions.make_ready(parcel=parcel, by=request.user),
        title=_("The parcel is ready"), submit=_("It is ready"), done=_("Written down; the resident is told."), back=reverse("parcel:inspect", args=[pk]),
        about=grouped(parcel.reference), icon="check",
    )  # fmt: skip


@EITHER
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """The pieces go back on the shelf."""
    parcel = _row(request, Parcel, pk, user_can_serve_parcels)
    return ask(
        request, form=forms.Form(posted(request)), act=lambda _typed: actions.cancel(parcel=parcel, by=request.user),
        title=_("Cancel this parcel"), submit=_("Cancel the parcel"), done=_("Cancelled; the pieces are on the shelf again, the resident is told."),
        back=reverse("parcel:inspect", args=[pk]), about=grouped(parcel.reference), icon="bin",
    )  # fmt: skip


@EITHER
def hand_out(request: HttpRequest) -> HttpResponse:
    """By number and the last four, as the collector says them."""
    if not user_can_serve_parcels(request.user):
        raise Http404
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    return ask(
        request, form=HandOutForm(posted(request)), act=lambda typed: actions.hand_out(hub=hub, by=request.user, **typed),
        title=_("Hand out a parcel"), submit=_("Hand it out"), done=_("Handed out. It stands in the service ledger."),
        back=reverse("parcel:hand_out"), icon="success",
    )  # fmt: skip


@EITHER
def whose(request: HttpRequest, pk: int) -> HttpResponse:
    """Whose it is, in the answer to a press; the look is kept in the audit. Why they may choose is shown to who has the papers."""
    parcel = _row(request, Parcel, pk, user_can_see_whose)
    try:
        return show_once(
            request, look=lambda _typed: _names(actions.look_whose(parcel=parcel, by=request.user), request.user),
            title=_("Whose parcel is it?"), back=reverse("parcel:inspect", args=[pk]), back_words=_("Back to the parcel"),
        )  # fmt: skip
    except PermissionDenied:
        raise Http404 from None


def _names(parcel: Parcel, user: Any) -> list[tuple[str, str]]:
    """(label, words) to read once."""
    shown = [(_("For whom"), parcel.contact_name), (_("Phone"), parcel.contact_phone), (_("note for staff"), parcel.note)]
    if user_can_see_why(user, parcel):
        why = str(parcel.entitlement) if parcel.entitlement else parcel.decision
        shown.append((_("Why they may choose"), why))
    return shown


@require_safe
def labels(request: HttpRequest) -> HttpResponse:
    """What is to be packed, to print and cut: the number and the pieces, never for whom."""
    if not user_can_serve_parcels(request.user):
        raise Http404
    return render(request, "clothing/staff/labels.html", {"rows": list(queries.to_make_ready(request.hub))})  # type: ignore[attr-defined]  # set by HubMiddleware
