"""The screens on which staff keep people and organisations."""

from typing import Any, cast

import django_filters
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log

from hub.core.errors import RuleBroken, put_on_form
from hub.hubs.viewsets import HubViewSet
from hub.people import permissions as may
from hub.people import views
from hub.people.actions.residents import add_resident, change_resident
from hub.people.forms import ContactForm, NewResidentForm, ResidentForm
from hub.people.importing.viewset import ImportViewSet
from hub.people.models import Entitlement, Household, Organisation, OrganisationContact, Resident
from hub.people.resident_import import ResidentResource
from hub.people.states import EntitlementKinds
from hub.places.models import Building, Community


class ByAction:
    """Mixed into a create or edit view: the viewset's `write` calls an action; what it refuses stands at its field."""

    def save_instance(self) -> Any:
        view = cast(Any, self)
        is_new = isinstance(self, generic.CreateView)
        row = view.viewset.write(view.request, view.form)
        log(instance=row, action="wagtail.create" if is_new else "wagtail.edit", user=view.request.user)
        return row

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return cast(HttpResponse, super().form_valid(form))  # type: ignore[misc]  # the view it is mixed into
        except RuleBroken as broken:
            put_on_form(form, broken)
            view = cast(Any, self)
            view.produced_error_code, view.produced_error_message = "rule_broken", view.get_error_message()
            return cast(HttpResponse, self.form_invalid(form))  # type: ignore[attr-defined]  # as above


class CreateByAction(ByAction, generic.CreateView):
    """A new row by an action."""


class EditByAction(ByAction, generic.EditView):
    """A change by an action."""


class AuditedByAction(HubViewSet):
    """The action has written the audit line already."""

    def after_save(self, request: HttpRequest, row: Any, changed: list[str], is_new: bool) -> None:
        """Nothing to add."""

    def write(self, request: HttpRequest, form: Any) -> Any:
        """Call the action with what the form holds; a bound form's instance says whether it is a new row."""
        raise NotImplementedError


class ResidentFilterSet(WagtailFilterSet):
    """Where they live, what they are entitled to."""

    community = django_filters.ModelChoiceFilter(
        field_name="building__grid__community", label=_("community"), queryset=lambda request: Community.objects.at(request.hub)
    )
    building = django_filters.ModelChoiceFilter(label=_("building"), queryset=lambda request: Building.objects.at(request.hub))
    entitlement = django_filters.ChoiceFilter(
        field_name="entitlements__kind", label=_("entitlement"), choices=EntitlementKinds.choices, distinct=True
    )

    class Meta:
        model = Resident
        fields: list[str] = []


class PhonesColumn(Column):
    """Masked numbers."""

    def get_value(self, instance: Resident) -> str:
        return "、".join(phone.masked_number for phone in instance.phones.all())


class ResidentIndexView(generic.IndexView):
    """Masked; searched by post on a page of its own, so that nothing personal stands in an address."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().living().select_related("building").prefetch_related("phones")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("masked_name", label=_("name"), get_url=self.get_inspect_url),
            PhonesColumn("phones", label=_("phones")),
            Column("masked_id", label=_("ID number")),
            Column("building", label=_("building")),
            DateColumn("created_at", label=_("entered"), sort_key="created_at"),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [
            HeaderButton(gettext("Find"), url=reverse("residents:find"), icon_name="search"),
            HeaderButton(gettext("By building"), url=reverse("residents:building"), icon_name="home"),
            *super().header_buttons,
        ]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        user, more = self.request.user, list(super().header_more_buttons)
        if may.user_can_import_residents(user):
            more.append(Button(gettext("Import a list"), url=reverse("resident_import:index"), icon_name="upload"))
        if may.user_can_export_residents(user):
            more.append(Button(gettext("Export the masked list"), url=reverse("residents:export"), icon_name="download"))
        return more


class ResidentInspectView(generic.InspectView):
    """Everything the house knows, masked, and what can be done."""

    template_name = "people/staff/resident.html"
    labels = {"masked_id": _("ID number"), "masked_name": _("name")}

    def get_field_label(self, field_name: str, field: Any) -> Any:
        return self.labels.get(field_name) or super().get_field_label(field_name, field)

    def get_birth_on_display_value(self) -> str:
        """The year alone: the day is a second fact."""
        return str(self.object.birth_on.year) if self.object.birth_on else "–"

    def get_user_display_value(self) -> str:
        return gettext("has an account") if self.object.user_id else gettext("no account")

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [] if self.object.is_erased else [*super().header_more_buttons, *(
            Button(label, url=reverse(f"residents:{name}", args=[self.object.pk]), icon_name=icon) for label, name, icon in self.ways()
        )]  # fmt: skip

    def ways(self) -> list[tuple[str, str, str]]:
        """What this user can do with this person now."""
        user, resident = self.request.user, self.object
        keeps, reads = may.user_can_keep_residents(user, resident), may.user_can_reveal_id(user, resident)
        ways = [
            (may.user_can_reveal_contacts(user, resident), gettext("Show names and numbers"), "reveal_contacts", "view"),
            (reads and resident.id_tail, gettext("Show the ID number"), "reveal_id", "view"),
            (keeps, gettext("Add a phone"), "add_phone", "mobile-alt"),
            (keeps, gettext("Add a relative"), "add_relative", "group"),
            (keeps, gettext("Record a consent"), "add_consent", "check"),
            (keeps and resident.building_id, gettext("Choose the household"), "set_household", "home"),
            (may.user_can_keep_entitlements(user, resident), gettext("Add an entitlement"), "add_entitlement", "tick"),
            (reads and resident.user_id, gettext("Detach the account"), "detach_account", "cross"),
            (may.user_can_erase_residents(user, resident), gettext("Erase this person"), "erase", "bin"),
        ]
        return [(label, name, icon) for can, label, name, icon in ways if can]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        resident, user = self.object, self.request.user
        return super().get_context_data(
            resident=resident,
            phones=resident.phones.all(),
            relatives=resident.relatives.filter(ended_at=None).select_related("relative"),
            relative_of=resident.relative_of.filter(ended_at=None).select_related("person"),
            entitlements=resident.entitlements.all(),
            consents=resident.consents.all(),
            may_keep=may.user_can_keep_residents(user, resident),
            may_keep_entitlements=may.user_can_keep_entitlements(user, resident),
            **kwargs,
        )


class ResidentViewSet(AuditedByAction):
    """Residents: plain facts edited through actions, everything else by buttons."""

    model = Resident
    icon = "user"
    menu_name = "residents"
    questions = {"view": may.user_can_see_residents, "add": may.user_can_keep_residents, "change": may.user_can_keep_residents}
    form_fields = ["name"]
    index_view_class = ResidentIndexView
    add_view_class = CreateByAction
    edit_view_class = EditByAction
    inspect_view_class = ResidentInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["masked_name", "masked_id", "id_kind", "birth_on", "building", "door", "household", "way_to_reach", "language", "user"]
    inspect_template_name = ResidentInspectView.template_name
    filterset_class = ResidentFilterSet
    list_per_page = 50
    ordering = ["-id"]

    def get_form_class(self, for_update: bool = False) -> Any:
        return ResidentForm if for_update else NewResidentForm

    def write(self, request: HttpRequest, form: Any) -> Resident:
        facts = dict(form.cleaned_data)
        if form.instance.pk is None:
            return add_resident(hub=request.hub, by=request.user, phones=[facts.pop("phone")], **facts)  # type: ignore[attr-defined]  # set by HubMiddleware
        return change_resident(resident=form.instance, by=request.user, **facts)

    def get_urlpatterns(self) -> list[URLPattern]:
        buttons = ("add_phone", "remove_phone", "add_relative", "end_link", "set_household", "add_consent", "withdraw_consent", "add_entitlement",
                   "reveal_id", "reveal_contacts", "detach_account", "erase")  # fmt: skip
        return [
            *super().get_urlpatterns(),
            path("find/", views.find, name="find"),
            path("building/", views.building, name="building"),
            path("export/", views.export, name="export"),
            *(path(f"{name.replace('_', '-')}/<int:pk>/", getattr(views, name), name=name) for name in buttons),
        ]


class HouseholdIndexView(generic.IndexView):
    """Households with how many live there, in one question."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("building").annotate(member_count=Count("members"))


class HouseholdInspectView(generic.InspectView):
    """Who lives here."""

    template_name = "people/staff/household.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_see = may.user_can_see_residents(self.request.user)
        return super().get_context_data(members=self.object.members.filter(erased_at=None).order_by("id"), may_see=may_see, **kwargs)


class HouseholdViewSet(HubViewSet):
    """Households."""

    model = Household
    icon = "home"
    questions = {"view": may.user_can_see_residents, "add": may.user_can_keep_residents, "change": may.user_can_keep_residents}
    form_fields = ["building", "door", "note"]
    index_view_class = HouseholdIndexView
    inspect_view_class = HouseholdInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["building", "door", "note"]
    inspect_template_name = HouseholdInspectView.template_name
    list_display = ["__str__", Column("member_count", label=_("people"))]
    list_filter = ["building"]


class EntitlementFilterSet(WagtailFilterSet):
    """Which kind; which still wait."""

    waiting = django_filters.BooleanFilter(field_name="verified_at", lookup_expr="isnull", label=_("not verified yet"))

    class Meta:
        model = Entitlement
        fields = ["kind", "proof"]


class EntitlementIndexView(generic.IndexView):
    """Every entitlement, the person masked; the title leads to the person."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("resident")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("resident", label=_("resident"), get_url=lambda row: reverse("residents:inspect", args=[row.resident_id])),
            Column("get_kind_display", label=_("kind")),
            Column("get_proof_display", label=_("proof")),
            DateColumn("valid_from", label=_("valid from"), sort_key="valid_from"),
            DateColumn("valid_to", label=_("valid to"), sort_key="valid_to"),
            DateColumn("verified_at", label=_("verified")),
            DateColumn("revoked_at", label=_("revoked")),
        ]


class EntitlementViewSet(HubViewSet):
    """Looked at here, entered on the person's page, verified and revoked by buttons."""

    model = Entitlement
    icon = "tick"
    questions = {"view": may.user_can_keep_entitlements}
    form_fields = ["kind"]
    index_view_class = EntitlementIndexView
    filterset_class = EntitlementFilterSet
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("verify/<int:pk>/", views.verify_entitlement, name="verify"),
            path("revoke/<int:pk>/", views.revoke_entitlement, name="revoke"),
        ]


class OrganisationViewSet(HubViewSet):
    """Public bodies, firms and social organisations."""

    model = Organisation
    icon = "globe"
    questions = {
        "view": may.user_can_see_organisations,
        "add": may.user_can_keep_organisations,
        "change": may.user_can_keep_organisations,
    }
    form_fields = ["name_zh", "name_en", "kind", "address_zh", "phone", "is_of_the_area", "is_council_member", "is_active"]
    list_display = [
        "name_zh",
        Column("get_kind_display", label=_("kind")),
        Column("is_of_the_area", label=_("of the area")),
        Column("is_council_member", label=_("member of the council")),
    ]
    list_filter = ["kind", "is_of_the_area", "is_council_member", "is_active"]
    search_fields = ["name_zh", "name_en"]


class ContactIndexView(generic.IndexView):
    """Who speaks for which organisation, masked."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("organisation", "user")


class ContactViewSet(HubViewSet):
    """Who speaks for an organisation."""

    model = OrganisationContact
    icon = "user"
    menu_label = _("Contacts of organisations")
    questions = {
        "view": may.user_can_keep_organisations,
        "add": may.user_can_keep_organisations,
        "change": may.user_can_keep_organisations,
    }
    personal_fields = frozenset({"account", "name", "phone"})
    index_view_class = ContactIndexView
    list_display = [
        "__str__",
        Column("organisation", label=_("organisation")),
        Column("masked_phone", label=_("phone")),
        Column("is_active", label=_("in use")),
    ]
    list_filter = ["organisation", "is_active"]

    def get_form_class(self, for_update: bool = False) -> Any:
        return ContactForm


class ResidentImport(ImportViewSet):
    """Residents from a list."""

    resource = ResidentResource
    question = staticmethod(may.user_can_import_residents)
    back = "residents:index"
