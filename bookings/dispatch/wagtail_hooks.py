"""Helpers and dispatch in the Wagtail admin: helpers are plain data; offers, pairs and statements have a life of their own."""

from typing import Any

import django_filters
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from bookings.dispatch import actions, staff, staff_statements
from bookings.dispatch.models import KeptApart, Offer, Provider, Statement
from bookings.dispatch.permissions import user_can_dispatch, user_can_keep_helpers, user_can_see_helpers, user_can_see_statements
from bookings.dispatch.provider_import import ProviderImport
from bookings.dispatch.staff_forms import ProviderForm
from bookings.dispatch.states import OfferStates
from hub.audit.staff_forms import ask, posted
from hub.core.phones import masked
from hub.core.references import grouped
from hub.hubs.viewsets import HubFilterSet, HubViewSet, row


# --- helpers --------------------------------------------------------------------------------------------------------
class ProviderFilterSet(HubFilterSet):
    """Who takes jobs, of what kind, for which service."""

    class Meta:
        model = Provider
        fields = ["is_active", "kind", "services"]


class MaskedPhoneColumn(Column):
    """138****1234; the full number stands on the helper's own page."""

    def get_value(self, instance: Provider) -> str:
        return masked(instance.phone)


class ProviderIndexView(generic.IndexView):
    """Everybody who can be sent."""

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("name", label=_("Name"), get_url=self.get_inspect_url, sort_key="name"),
            MaskedPhoneColumn("phone", label=_("Phone")),
            Column("get_kind_display", label=_("Kind"), sort_key="kind"),
            BooleanColumn("is_active", label=_("Takes jobs"), sort_key="is_active"),
        ]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = super().header_more_buttons
        if user_can_keep_helpers(self.request.user):
            buttons += [
                HeaderButton(gettext("Helpers from a list"), url=reverse("provider_import:index"), icon_name="upload"),
                HeaderButton(gettext("Helpers as a file"), url=reverse("provider_import:export"), icon_name="download"),
            ]
        return buttons


class ProviderViewSet(HubViewSet):
    """Helpers with their services, places, hours and leave: kept by the counter and the director."""

    model = Provider
    icon = "group"
    menu_label = _("Helpers")
    questions = {"view": user_can_see_helpers, "add": user_can_keep_helpers, "change": user_can_keep_helpers}
    personal_fields = frozenset({"name", "phone", "note", "user", "leaves"})
    index_view_class = ProviderIndexView
    filterset_class = ProviderFilterSet
    search_fields = ["name", "phone"]
    list_per_page = 50
    inspect_view_enabled = True
    inspect_view_fields = ["kind", "name", "phone", "user", "answered_for_by", "services", "communities", "grids", "most_a_day", "is_active", "note"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel([row("name", "phone"), row("kind", "is_active"), row("user", "answered_for_by"), FieldPanel("note")], heading=_("Who")),
            MultiFieldPanel([FieldPanel("services"), FieldPanel("most_a_day")], heading=_("What they do")),
            MultiFieldPanel([FieldPanel("communities"), FieldPanel("grids")], heading=_("Where")),
            InlinePanel(
                "hours", heading=_("Working hours"), label=_("Working hour"), panels=[row("weekday", "starts_at", "ends_at")],
                help_text=_("None written: whenever the house is open."),
            ),
            InlinePanel("leaves", heading=_("Leave"), label=_("Leave"), panels=[row("first_on", "last_on", "reason")]),
        ],
        base_form_class=ProviderForm,
    )  # fmt: skip


# --- pairs kept apart -----------------------------------------------------------------------------------------------
class KeptApartIndexView(generic.IndexView):
    """Who is never sent to whom; names masked."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("provider", "resident", "by")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("provider", label=_("Helper"), get_url=self.get_inspect_url, accessor="masked_provider"),
            Column("resident", label=_("Resident")),
            Column("by", label=_("Written by")),
        ]


class KeptApartInspectView(generic.InspectView):
    """One pair."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [HeaderButton(gettext("Let them meet again"), url=reverse("keptapart:let_together", args=[self.object.pk]), icon_name="bin")]


class KeptApartViewSet(HubViewSet):
    """Written from an order's dispatch page."""

    model = KeptApart
    icon = "cross"
    menu_label = _("Kept apart")
    questions = {"view": user_can_keep_helpers}
    form_fields = ["reason"]
    index_view_class = KeptApartIndexView
    inspect_view_class = KeptApartInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["provider", "resident", "reason", "by", "made_at"]
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("let-together/<int:pk>/", let_together, name="let_together")]


@staff.EITHER
def let_together(request: HttpRequest, pk: int) -> HttpResponse:
    """They may meet again."""
    if not user_can_keep_helpers(request.user):
        raise Http404
    pair = get_object_or_404(KeptApart.objects.at(request.hub), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware
    return ask(
        request, form=staff.forms.Form(posted(request)), act=lambda _typed: actions.let_together(pair=pair, by=request.user),
        title=_("Let them meet again"), done=_("Written down."), back=reverse("keptapart:index"), icon="cross",
    )  # fmt: skip


# --- offers ---------------------------------------------------------------------------------------------------------
class OfferFilterSet(HubFilterSet):
    """Which state, which helper, when; the director's figures lead here."""

    offered_at = django_filters.DateFromToRangeFilter(label=_("Asked on"), widget=DateRangePickerWidget)
    answered_at = django_filters.DateFromToRangeFilter(label=_("Answered"), widget=DateRangePickerWidget)

    class Meta:
        model = Offer
        fields = ["state", "provider"]


class OfferNumberColumn(TitleColumn):
    """3621 0259."""

    def get_value(self, instance: Offer) -> str:
        return grouped(instance.order.reference)


class OfferIndexView(generic.IndexView):
    """Who was asked, the latest first."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("order__service", "provider")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            OfferNumberColumn("order", label=_("Order number"), get_url=self.get_inspect_url),
            Column("service", label=_("Service"), accessor="order.service"),
            Column("provider", label=_("Helper")),
            DateColumn("offered_at", label=_("Asked on"), sort_key="offered_at"),
            Column("get_state_display", label=_("State"), sort_key="state"),
        ]


class OfferInspectView(generic.InspectView):
    """One offer, and what its helper may have said on the telephone."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        offer = self.object
        is_asked = offer.state == OfferStates.OFFERED
        ways = [
            (True, gettext("Who goes?"), reverse("dispatching:order", args=[offer.order_id]), "user"),
            (is_asked, gettext("They say yes"), reverse("offer:accept", args=[offer.pk]), "check"),
            (is_asked, gettext("They say no"), reverse("offer:decline", args=[offer.pk]), "cross"),
            (offer.lives, gettext("Take it back"), reverse("offer:withdraw", args=[offer.pk]), "rotate"),
        ]
        return [HeaderButton(label, url=url, icon_name=icon) for is_so, label, url, icon in ways if is_so]


class OfferViewSet(HubViewSet):
    """Looked at, never edited."""

    model = Offer
    icon = "mail"
    menu_label = _("Offers")
    questions = {"view": user_can_dispatch}
    form_fields = ["why"]
    index_view_class = OfferIndexView
    inspect_view_class = OfferInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["order", "provider", "state", "offered_at", "by", "lapses_at", "answered_at", "reason", "why", "wrong_codes_count"]
    filterset_class = OfferFilterSet
    list_per_page = 50
    ordering = ["-offered_at"]

    def get_urlpatterns(self) -> list[URLPattern]:
        buttons = ["accept", "decline", "withdraw"]
        return [*super().get_urlpatterns(), *(path(f"{name}/<int:pk>/", getattr(staff, name), name=name) for name in buttons)]


class DispatchViewSet(ViewSet):
    """The page of one order: who goes."""

    add_to_admin_menu = False
    url_prefix = "dispatch"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("order/<int:pk>/", staff.order, name="order"),
            path("send/<int:pk>/", staff.send, name="send"),
            path("next/<int:pk>/", staff.send_next, name="next"),
            path("satisfied/<int:pk>/", staff.satisfied, name="satisfied"),
            path("keep-apart/<int:pk>/", staff.keep_apart, name="keep_apart"),
            path("proof/<int:pk>/", staff.proof, name="proof"),
        ]


# --- statements -----------------------------------------------------------------------------------------------------
class StatementFilterSet(HubFilterSet):
    """Which helper, which state."""

    class Meta:
        model = Statement
        fields = ["state", "provider"]


class StatementIndexView(generic.IndexView):
    """Months, the latest first."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("provider", "drawn_by", "approved_by")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("provider", label=_("Helper"), get_url=self.get_inspect_url),
            Column("month_words", label=_("Month"), sort_key="month"),
            Column("get_state_display", label=_("State"), sort_key="state"),
            Column("drawn_by", label=_("Drawn up by")),
            Column("approved_by", label=_("Approved by")),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [HeaderButton(gettext("Draw up a month"), url=reverse("statement:draw_up"), icon_name="plus")]


class StatementInspectView(generic.InspectView):
    """One month, and what can be done with it."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        pk = self.object.pk
        ways = [(gettext("On paper"), "paper", "doc-full"), (gettext("As a spreadsheet"), "xlsx", "download")]
        if not self.object.is_locked and self.object.drawn_by_id != self.request.user.pk:
            ways.insert(0, (gettext("Approve"), "approve", "check"))
        return [HeaderButton(label, url=reverse(f"statement:{name}", args=[pk]), icon_name=icon) for label, name, icon in ways]


class StatementViewSet(HubViewSet):
    """Drawn up and approved by buttons, never edited."""

    model = Statement
    icon = "doc-full"
    menu_label = _("Helpers' months")
    questions = {"view": user_can_see_statements}
    form_fields = ["month"]
    index_view_class = StatementIndexView
    inspect_view_class = StatementInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["provider", "month", "state", "drawn_by", "drawn_at", "approved_by", "approved_at"]
    filterset_class = StatementFilterSet
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("draw-up/", staff_statements.draw_up, name="draw_up"),
            path("approve/<int:pk>/", staff_statements.approve, name="approve"),
            path("paper/<int:pk>/", staff_statements.on_paper, name="paper"),
            path("xlsx/<int:pk>/", staff_statements.xlsx, name="xlsx"),
            path("pdf/<int:pk>/", staff_statements.pdf, name="pdf"),
        ]


class DispatchGroup(ViewSetGroup):
    """Who goes, and what it came to."""

    menu_label = _("Helpers")
    menu_icon = "group"
    menu_name = "dispatch"
    menu_order = 156
    items = (ProviderViewSet, OfferViewSet, KeptApartViewSet, StatementViewSet)


@hooks.register("register_admin_viewset")
def register_dispatch() -> list[object]:
    return [DispatchGroup(), DispatchViewSet("dispatching"), ProviderImport("provider_import")]
