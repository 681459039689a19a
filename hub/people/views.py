"""The buttons on a resident's, an entitlement's and a role's screen. Who may is asked first; absent and forbidden answer alike."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hub.audit.staff_forms import ask
from hub.core import clock
from hub.core.errors import RuleBroken, put_on_form
from hub.core.spreadsheets import TYPES
from hub.people import permissions as may
from hub.people.actions import consents, entitlements, erasure, households, phones, relatives, reveal, roles
from hub.people.actions.accounts import leave_account
from hub.people.exporting import export_residents
from hub.people.forms import BuildingForm, ConsentForm, EntitlementForm, ExportForm, FindForm, HouseholdForm, PhoneForm, ReasonForm, RelativeForm
from hub.people.models import Consent, ContactPhone, Entitlement, Relationship, Resident, Role
from hub.people.queries import doors_of, search_residents
from hub.people.states import CONSENT_TEXT_VERSION

asks = require_http_methods(["GET", "HEAD", "POST"])


def _row(request: HttpRequest, model: type[Any], pk: int, question: Any, **more: Any) -> Any:
    """The row at this hub, when the user may; else 404, whichever it was."""
    row = get_object_or_404(model.objects.at(request.hub), pk=pk, **more)  # type: ignore[attr-defined]  # set by HubMiddleware
    if not question(request.user, row):
        raise Http404
    return row


def _posted(request: HttpRequest) -> Any:
    """What a form is bound to; a button that asks nothing posts nothing but its token."""
    return request.POST if request.method == "POST" else None


def _card(resident_id: int) -> str:
    return reverse("residents:inspect", args=[resident_id])


@asks
def find(request: HttpRequest) -> HttpResponse:
    """One box: name, initials, phone, ID. Posted, so that nothing personal stands in an address or a log."""
    if not may.user_can_see_residents(request.user):
        raise Http404
    form = FindForm(_posted(request))
    found: list[Resident] | None = None
    if request.method == "POST" and form.is_valid():
        found = search_residents(request.hub, form.cleaned_data["asked"])  # type: ignore[attr-defined]  # set by HubMiddleware
    context = {"form": form, "found": found, "header_title": _("Find a resident"), "page_title": _("Find a resident"), "header_icon": "search"}
    return TemplateResponse(request, "people/staff/find.html", context)


@asks
def building(request: HttpRequest) -> HttpResponse:
    """Who lives in a building, and whom to ring for each, masked: when somebody stands before a locked door and knows no name."""
    if not may.user_can_see_residents(request.user):
        raise Http404
    form = BuildingForm(request.GET if "building" in request.GET else None, hub=request.hub)  # type: ignore[attr-defined]  # set by HubMiddleware
    people = doors_of(form.cleaned_data["building"]) if form.is_bound and form.is_valid() else None
    title = _("Who lives in a building")
    context = {"form": form, "people": people, "header_title": title, "page_title": title, "header_icon": "home"}
    return TemplateResponse(request, "people/staff/building.html", context)


def _reveal(request: HttpRequest, resident: Resident, title: str, look: Any) -> HttpResponse:
    """Ask for the reason; show once, in the answer to the post."""
    form = ReasonForm(_posted(request))
    context: dict[str, Any] = {"form": form, "resident": resident, "back_url": _card(resident.pk), "back_words": _("Back to the person")}
    if request.method == "POST" and form.is_valid():
        try:
            context["shown"] = look(form.cleaned_data["reason"])
        except RuleBroken as broken:
            put_on_form(form, broken)
        except PermissionDenied:
            raise Http404 from None
    context |= {"header_title": title, "page_title": title, "header_icon": "view", "action_url": request.path, "submit_button_label": _("Show")}
    return TemplateResponse(request, "people/staff/reveal.html", context)


@asks
def reveal_id(request: HttpRequest, pk: int) -> HttpResponse:
    """The full ID number, once, against a reason."""
    resident = _row(request, Resident, pk, may.user_can_reveal_id)
    return _reveal(
        request, resident, _("Show the ID number"),
        lambda reason: [(resident.get_id_kind_display(), reveal.reveal_id(resident=resident, by=request.user, reason=reason))],
    )  # fmt: skip


@asks
def reveal_contacts(request: HttpRequest, pk: int) -> HttpResponse:
    """Names and numbers to ring, once, against a reason."""
    resident = _row(request, Resident, pk, may.user_can_reveal_contacts)
    return _reveal(
        request, resident, _("Show names and numbers"),
        lambda reason: reveal.reveal_contacts(resident=resident, by=request.user, reason=reason),
    )  # fmt: skip


@asks
def add_phone(request: HttpRequest, pk: int) -> HttpResponse:
    """One more number."""
    resident = _row(request, Resident, pk, may.user_can_keep_residents)
    return ask(
        request, form=PhoneForm(_posted(request)), title=_("Add a phone"), done=_("The number is written down."), back=_card(pk), about=resident.masked_name,
        act=lambda typed: phones.add_phone(resident=resident, by=request.user, **typed), icon="mobile-alt",
    )  # fmt: skip


@asks
def remove_phone(request: HttpRequest, pk: int) -> HttpResponse:
    """A number that is wrong."""
    phone = _row(request, ContactPhone, pk, may.user_can_keep_residents)
    return ask(
        request, form=forms.Form(_posted(request)), title=_("Remove this phone"), done=_("The number is gone."), back=_card(phone.resident_id),
        about=phone.masked_number,
        act=lambda _typed: phones.remove_phone(phone=phone, by=request.user), icon="bin",
    )  # fmt: skip


@asks
def add_relative(request: HttpRequest, pk: int) -> HttpResponse:
    """Who stands by the person; a consent to act is recorded with it."""
    person = _row(request, Resident, pk, may.user_can_keep_residents)
    return ask(
        request, form=RelativeForm(_posted(request)), title=_("Add a relative"), done=_("The link is recorded."), back=_card(pk), about=person.masked_name,
        act=lambda typed: relatives.link_by_phone(person=person, by=request.user, text_version=CONSENT_TEXT_VERSION, **typed), icon="group",
    )  # fmt: skip


@asks
def end_link(request: HttpRequest, pk: int) -> HttpResponse:
    """The link holds no more."""
    link = _row(request, Relationship, pk, may.user_can_keep_residents)
    return ask(
        request, form=ReasonForm(_posted(request)), title=_("End this link"), done=_("The link has ended."), back=_card(link.person_id), about=link,
        act=lambda typed: relatives.end_link(link=link, by=request.user, **typed), icon="cross",
    )  # fmt: skip


@asks
def set_household(request: HttpRequest, pk: int) -> HttpResponse:
    """With whom somebody lives."""
    resident = _row(request, Resident, pk, may.user_can_keep_residents)
    form = HouseholdForm(_posted(request), resident=resident, initial={"household": resident.household_id})
    return ask(
        request, form=form, title=_("Choose the household"), done=_("The household is recorded."), back=_card(pk), about=resident.masked_name,
        act=lambda typed: households.set_household(resident=resident, by=request.user, **typed), icon="home",
    )  # fmt: skip


@asks
def add_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """What the person agreed to at the counter."""
    resident = _row(request, Resident, pk, may.user_can_keep_residents)
    return ask(
        request, form=ConsentForm(_posted(request)), title=_("Record a consent"), done=_("The consent is recorded."), back=_card(pk),
        about=resident.masked_name,
        act=lambda typed: consents.record_consent(resident=resident, by=request.user, text_version=CONSENT_TEXT_VERSION, **typed), icon="check",
    )  # fmt: skip


@asks
def withdraw_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on it does not hold."""
    consent = _row(request, Consent, pk, may.user_can_keep_residents)
    return ask(
        request, form=forms.Form(_posted(request)), title=_("Withdraw this consent"), done=_("The consent is withdrawn."),
        back=_card(consent.resident_id), about=consent, act=lambda _typed: consents.withdraw_consent(consent=consent, by=request.user), icon="cross",
    )  # fmt: skip


@asks
def add_entitlement(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what the paper says; somebody verifies it after."""
    resident = _row(request, Resident, pk, may.user_can_keep_entitlements, erased_at=None)
    return ask(
        request, form=EntitlementForm(_posted(request), initial={"valid_from": clock.today()}), title=_("Add an entitlement"),
        done=_("The entitlement is written down. It counts once verified."), back=_card(pk), about=resident.masked_name,
        act=lambda typed: entitlements.add_entitlement(resident=resident, by=request.user, **typed), icon="tick",
    )  # fmt: skip


@asks
def verify_entitlement(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper was seen."""
    entitlement = _row(request, Entitlement, pk, may.user_can_keep_entitlements)
    return ask(
        request, form=forms.Form(_posted(request)), title=_("I have seen the paper"), done=_("Verified. From now on it counts."),
        back=_card(entitlement.resident_id), about=entitlement,
        act=lambda _typed: entitlements.verify_entitlement(entitlement=entitlement, by=request.user), icon="tick",
    )  # fmt: skip


@asks
def revoke_entitlement(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on it does not count."""
    entitlement = _row(request, Entitlement, pk, may.user_can_keep_entitlements)
    return ask(
        request, form=ReasonForm(_posted(request)), title=_("Revoke this entitlement"), done=_("Revoked."), back=_card(entitlement.resident_id),
        about=entitlement,
        act=lambda typed: entitlements.revoke_entitlement(entitlement=entitlement, by=request.user, **typed), icon="cross",
    )  # fmt: skip


@asks
def detach_account(request: HttpRequest, pk: int) -> HttpResponse:
    """A wrongly joined account."""
    resident = _row(request, Resident, pk, may.user_can_reveal_id, user__isnull=False)
    return ask(
        request, form=ReasonForm(_posted(request)), title=_("Detach the account"), done=_("The account is detached."), back=_card(pk),
        about=resident.masked_name,
        act=lambda typed: leave_account(resident=resident, by=request.user, **typed), icon="cross",
    )  # fmt: skip


@asks
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """At the person's wish: a tombstone stays."""
    resident = _row(request, Resident, pk, may.user_can_erase_residents)
    return ask(
        request, form=ReasonForm(_posted(request)), title=_("Erase this person"), done=_("The data is erased."),
        back=reverse("residents:index"), act=lambda typed: erasure.erase_resident(resident=resident, by=request.user, **typed), icon="bin",
        template="people/staff/erase.html", resident=resident,
    )  # fmt: skip


@asks
def export(request: HttpRequest) -> HttpResponse:
    """The masked list as a file; asked for by post, because it writes a line."""
    if not may.user_can_export_residents(request.user):
        raise Http404
    form = ExportForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        raw = export_residents(hub=request.hub, by=request.user, **form.cleaned_data)  # type: ignore[attr-defined]  # set by HubMiddleware
        name = f"residents-{clock.today():%Y%m%d}.{kind}"
        return HttpResponse(raw, content_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'})
    context = {
        "form": form, "header_title": _("Export the masked list"), "page_title": _("Export the masked list"), "header_icon": "download",
        "action_url": request.path, "submit_button_label": _("Export"), "submit_button_active_label": _("Export"),
    }  # fmt: skip
    return TemplateResponse(request, "wagtailadmin/generic/form.html", context)


@asks
def revoke_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role away; nobody's own."""
    role = _row(request, Role, pk, may.user_can_grant_roles)
    return ask(
        request, form=ReasonForm(_posted(request)), title=_("Revoke this role"), done=_("The role is revoked; open sessions end with the next click."),
        about=role, back=reverse("staff:index"), act=lambda typed: roles.revoke_role(role=role, by=request.user, **typed), icon="cross",
    )  # fmt: skip
