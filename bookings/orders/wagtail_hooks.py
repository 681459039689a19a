"""Services in the Wagtail admin: services and prices are plain data, orders have a life of their own."""

from typing import Any

import django_filters
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from bookings.orders import staff
from bookings.orders.actions.writing import PURPOSE
from bookings.orders.models import Order, Service
from bookings.orders.permissions import user_can_decide_price, user_can_keep_services, user_can_see_services, user_can_serve_orders
from bookings.orders.price_import import PriceImport
from bookings.orders.staff_forms import ServiceForm
from bookings.orders.states import CAN_BE_MOVED, IS_OPEN, OrderStates
from hub.core import clock, wording
from hub.core.fields import YuanInput
from hub.core.joins import staff_ways
from hub.core.money import yuan_text
from hub.core.names import masked_name
from hub.core.phones import masked
from hub.core.references import grouped
from hub.hubs.viewsets import FoundByNumber, HubFilterSet, HubViewSet, row


class ServiceIndexView(generic.IndexView):
    """The menu as staff keep it."""

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("name_zh", label=pgettext_lazy("of a thing", "Name"), get_url=self.get_edit_url, sort_key="name_zh"),
            Column("get_group_display", label=_("Group"), sort_key="group"),
            Column("get_place_display", label=_("Where"), sort_key="place"),
            BooleanColumn("is_published", label=_("Shown")),
        ]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = super().header_more_buttons
        if user_can_keep_services(self.request.user):
            buttons += [
                HeaderButton(gettext("Prices from a list"), url=reverse("price_import:index"), icon_name="upload"),
                HeaderButton(gettext("Price list as a file"), url=reverse("price_import:export"), icon_name="download"),
            ]
        return buttons


class ServiceViewSet(HubViewSet):
    """Services with windows, prices and who pays less: kept by the counter and the director."""

    model = Service
    icon = "list-ul"
    menu_label = _("Menu of services")
    questions = {"view": user_can_see_services, "add": user_can_keep_services, "change": user_can_keep_services}
    index_view_class = ServiceIndexView
    list_filter = ["is_published", "group", "place"]
    list_export = ["slug", "name_zh", "name_en", "group", "place", "days", "lead_hours", "horizon_days", "is_published"]
    search_fields = ["name_zh", "name_en"]
    inspect_view_enabled = True
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    row("name_zh", "name_en"), row("line_zh", "line_en"), row("slug", "drawing"), row("group", "sort_order", "is_published"),
                ],
                heading=pgettext_lazy("of a thing", "Name"),
            ),
            MultiFieldPanel([row("place", "station_zh", "station_en"), FieldPanel("areas")], heading=_("Where")),
            MultiFieldPanel(
                [
                    row("included_zh", "included_en"), row("not_included_zh", "not_included_en"), row("call_out_zh", "call_out_en"),
                    row("extra_zh", "extra_en"),
                ],
                heading=_("What is done"),
            ),
            MultiFieldPanel([row("days", "most"), row("lead_hours", "horizon_days", "cancel_hours")], heading=_("Rules of ordering")),
            InlinePanel("windows", heading=_("Windows of the day"), label=_("Window"), panels=[row("starts_at", "ends_at")]),
            InlinePanel(
                "prices", heading=_("Prices"), label=_("Price"),
                panels=[FieldRowPanel(["valid_from", FieldPanel("fen", widget=YuanInput), "unit", FieldPanel("call_out_fen", widget=YuanInput)])],
            ),
            InlinePanel("waivers", heading=_("Who pays less"), label=_("Entitlement"), panels=[row("kind", "percent")]),
        ],
        base_form_class=ServiceForm,
    )  # fmt: skip


class OrderFilterSet(HubFilterSet):
    """Which service, which state, when; the director's figures lead here."""

    starts_at = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)
    created_at = django_filters.DateFromToRangeFilter(label=_("Made"), widget=DateRangePickerWidget)
    done_at = django_filters.DateFromToRangeFilter(label=_("Done"), widget=DateRangePickerWidget)
    closed_at = django_filters.DateFromToRangeFilter(label=_("Closed"), widget=DateRangePickerWidget)
    late = django_filters.BooleanFilter(label=_("Open and late"), method="filter_late")
    open = django_filters.BooleanFilter(label=_("Still open"), method="filter_open")
    rated = django_filters.BooleanFilter(label=_("Rated"), field_name="rating", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Order
        fields = ["state", "service", "channel"]

    def filter_open(self, rows: Any, _name: str, value: bool) -> Any:
        return rows.open() if value else rows.exclude(state__in=IS_OPEN)

    def filter_late(self, rows: Any, _name: str, value: bool) -> Any:
        now = clock.now()
        return rows.late(now) if value else rows.exclude(state__in=IS_OPEN, ends_at__lt=now)


class WhenColumn(Column):
    """Day and window."""

    def get_value(self, instance: Order) -> str:
        return wording.when_words(instance.starts_at, instance.ends_at)


class WhoColumn(Column):
    """Masked; the full name stands on the order's own page, for those who serve."""

    def get_value(self, instance: Order) -> str:
        return f"{masked_name(instance.contact_name)} {masked(instance.contact_phone)}"


class DueColumn(Column):
    """What is to be paid in all."""

    def get_value(self, instance: Order) -> str:
        return wording.money_words(instance.due_fen)


class ReferenceColumn(TitleColumn):
    """3621 0259."""

    def get_value(self, instance: Order) -> str:
        return grouped(instance.reference)


class OrderIndexView(FoundByNumber, generic.IndexView):
    """All orders, the latest first."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("service")  # joined, SQLite would sort every order of each service for a page of twenty

    @cached_property
    def columns(self) -> list[Any]:
        return [
            ReferenceColumn("reference", label=_("Number"), get_url=self.get_inspect_url),
            Column("service", label=_("Service")),
            WhenColumn("starts_at", label=_("When"), sort_key="starts_at"),
            WhoColumn("contact_name", label=_("Who")),
            DueColumn("price_fen", label=_("To pay")),
            Column("get_state_display", label=_("State"), sort_key="state"),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = [HeaderButton(gettext("Day sheet"), url=reverse("order:day_sheet"), icon_name="doc-full")]
        if user_can_serve_orders(self.request.user):
            buttons.insert(0, HeaderButton(gettext("Order for somebody"), url=reverse("order:take_down"), icon_name="plus"))
        return buttons


def in_yuan(field: str) -> Any:
    """How the inspect view shows fen."""

    def shown(self: Any) -> str:
        return gettext("%(amount)s yuan") % {"amount": yuan_text(getattr(self.object, field))}

    return shown


class OrderInspectView(generic.InspectView):
    """One order, and what can be done with it now."""

    get_list_fen_display_value = in_yuan("list_fen")
    get_price_fen_display_value = in_yuan("price_fen")
    get_extra_fen_display_value = in_yuan("extra_fen")
    get_extra_asked_fen_display_value = in_yuan("extra_asked_fen")

    @cached_property
    def header_buttons(self) -> list[Any]:
        ours = [HeaderButton(label, url=reverse(f"order:{name}", args=[self.object.pk]), icon_name=icon) for label, name, icon in self.ways()]
        others = (way for row in staff_ways if row.subject == PURPOSE for way in row.ways(self.request.user, self.object))
        return [*(HeaderButton(str(label), url=url, icon_name=icon) for label, url, icon in others), *ours]

    def ways(self) -> list[tuple[str, str, str]]:
        """What this user can do with this order now."""
        order, user = self.object, self.request.user
        may, state = user_can_serve_orders(user, order), order.state
        ways = [
            (may and state in {OrderStates.TAKEN, OrderStates.ASSIGNED, OrderStates.ON_THE_WAY}, gettext("Send a helper"), "assign", "user"),
            (may and state == OrderStates.ASSIGNED, gettext("On the way"), "go", "arrow-right"),
            (may and state in {OrderStates.ASSIGNED, OrderStates.ON_THE_WAY}, gettext("Arrived"), "arrive", "home"),
            (may and state == OrderStates.ARRIVED, gettext("Extra parts"), "extra", "plus"),
            (may and state == OrderStates.ARRIVED, gettext("Done"), "finish", "check"),
            (order.is_open and user_can_decide_price(user, order), gettext("Decide the price"), "price", "edit"),
            (may and state == OrderStates.DONE, gettext("How was it? (return call)"), "rate", "comment"),
            (may and order.is_open, gettext("They asked again"), "call", "comment"),
            (may and state in CAN_BE_MOVED, gettext("Another time"), "reschedule", "date"),
            (may and state in CAN_BE_MOVED, gettext("Cannot be done"), "decline", "cross"),
            (may and order.is_open, gettext("Cancel"), "cancel", "bin"),
        ]
        return [(label, name, icon) for is_so, label, name, icon in ways if is_so]


INSPECTED = [
    "reference", "state", "service", "starts_at", "ends_at", "quantity", "unit", "what", "community", "address", "contact_name", "contact_phone", "for_person",
    "channel", "taken_by", "helper", "helper_name", "helper_phone", "list_fen", "price_fen", "price_reason", "entitlement", "decided_by", "decision",
    "extra_fen", "extra_what", "extra_agreed_by", "extra_agreed_at", "extra_asked_fen", "extra_asked_what",
    "cancel_by", "created_at", "done_at", "closed_at", "reason", "rating", "rating_words",
]  # fmt: skip


class OrderViewSet(HubViewSet):
    """Looked at, never edited: each change is an action with its own button."""

    model = Order
    icon = "list-ul"
    menu_label = _("Orders")
    questions = {"view": user_can_serve_orders}
    form_fields = ["what"]
    index_view_class = OrderIndexView
    inspect_view_class = OrderInspectView
    inspect_view_enabled = True
    inspect_view_fields = INSPECTED
    filterset_class = OrderFilterSet
    search_fields = ["reference"]
    list_export = [
        "reference",
        "service",
        "state",
        "starts_at",
        "ends_at",
        "quantity",
        "list_fen",
        "price_fen",
        "extra_fen",
        "price_reason",
        "channel",
        "rating",
    ]
    ordering = ["-starts_at"]

    def get_urlpatterns(self) -> list[URLPattern]:
        buttons = ["assign", "go", "arrive", "extra", "finish", "cancel", "decline", "price", "call", "reschedule", "rate"]
        return [
            *super().get_urlpatterns(),
            path("take-down/", staff.take_down, name="take_down"),
            path("day-sheet/", staff.day_sheet, name="day_sheet"),
            *(path(f"{name}/<int:pk>/", getattr(staff, name), name=name) for name in buttons),
        ]


class ServiceGroup(ViewSetGroup):
    """Orders and the menu."""

    menu_label = _("Services")
    menu_icon = "list-ul"
    menu_name = "services"
    menu_order = 155
    items = (OrderViewSet, ServiceViewSet)


@hooks.register("register_admin_viewset")
def register_orders() -> list[object]:
    return [ServiceGroup(), PriceImport("price_import")]
