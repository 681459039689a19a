"""Clothing aid in the Wagtail admin: stock, parcels, intakes, movements, hours. Only hours and where things lie are typed; all else is done by buttons."""

from typing import Any

import django_filters
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from hub.core import clock, wording
from hub.core.references import grouped
from hub.hubs.viewsets import FoundByNumber, HubFilterSet, HubViewSet
from mutualaid.clothing import staff
from mutualaid.clothing.models import CollectionHour, Garment, Intake, Movement, Parcel
from mutualaid.clothing.permissions import user_can_keep_stock, user_can_see_stock, user_can_serve_parcels, user_can_take_in
from mutualaid.clothing.states import IS_OPEN, ParcelStates
from mutualaid.clothing.stock_import import StockImport


# --- stock ----------------------------------------------------------------------------------------------------------
class GarmentFilterSet(HubFilterSet):
    """What, for whom, which size."""

    there = django_filters.BooleanFilter(label=_("Lies on the shelf"), method="filter_there")

    class Meta:
        model = Garment
        fields = ["kind", "fit", "size", "season", "condition"]

    def filter_there(self, rows: Any, _name: str, value: bool) -> Any:
        return rows.filter(piece_count__gt=0) if value else rows.filter(piece_count=0)


class GarmentIndexView(generic.IndexView):
    """The shelf."""

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("name", label=pgettext_lazy("clothes", "What"), get_url=self.get_inspect_url, sort_key="kind"),
            Column("get_fit_display", label=pgettext_lazy("clothes", "For whom"), sort_key="fit"),
            Column("size_words", label=pgettext_lazy("clothes", "Size"), sort_key="size_order"),
            Column("get_condition_display", label=pgettext_lazy("clothes", "Condition"), sort_key="condition"),
            Column("piece_count", label=_("Pieces there"), sort_key="piece_count"),
            Column("shelf", label=_("Where it lies"), sort_key="shelf"),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        may = user_can_take_in(self.request.user)
        return [HeaderButton(gettext("Take in"), url=reverse("garment:take_in"), icon_name="plus")] if may else []

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = super().header_more_buttons
        if user_can_keep_stock(self.request.user):
            buttons += [
                HeaderButton(gettext("Stock from a list"), url=reverse("stock_import:index"), icon_name="upload"),
                HeaderButton(gettext("Stock list as a file"), url=reverse("stock_import:export"), icon_name="download"),
            ]
        return buttons


class GarmentInspectView(generic.InspectView):
    """One row of the shelf, and what can be done with it."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        if not user_can_keep_stock(self.request.user):
            return []
        ways = [(gettext("Count anew"), "count", "edit")]
        if self.object.piece_count:
            ways.append((gettext("Take out of stock"), "discard", "bin"))
        return [HeaderButton(label, url=reverse(f"garment:{name}", args=[self.object.pk]), icon_name=icon) for label, name, icon in ways]


class GarmentViewSet(HubViewSet):
    """Stock: its numbers come from movements alone; where it lies may be typed."""

    model = Garment
    icon = "list-ul"
    menu_label = _("Stock")
    questions = {"view": user_can_see_stock, "change": user_can_take_in}
    form_fields = ["shelf"]
    index_view_class = GarmentIndexView
    inspect_view_class = GarmentInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["kind", "fit", "size", "season", "condition", "piece_count", "shelf"]
    filterset_class = GarmentFilterSet
    list_export = ["kind", "fit", "size_words", "season", "condition", "piece_count", "shelf"]
    export_headings = {"size_words": pgettext_lazy("clothes", "size")}
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("take-in/", staff.take_in, name="take_in"),
            path("discard/<int:pk>/", staff.discard, name="discard"),
            path("count/<int:pk>/", staff.count, name="count"),
        ]


# --- parcels --------------------------------------------------------------------------------------------------------
class ParcelFilterSet(HubFilterSet):
    """Which state, when; the director's figures lead here."""

    starts_at = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)
    handed_at = django_filters.DateFromToRangeFilter(label=_("Handed out"), widget=DateRangePickerWidget)
    open = django_filters.BooleanFilter(label=_("Still open"), method="filter_open")
    late = django_filters.BooleanFilter(label=_("Not collected in time"), method="filter_late")

    class Meta:
        model = Parcel
        fields = ["state", "is_brought"]

    def filter_open(self, rows: Any, _name: str, value: bool) -> Any:
        return rows.filter(state__in=IS_OPEN) if value else rows.exclude(state__in=IS_OPEN)

    def filter_late(self, rows: Any, _name: str, value: bool) -> Any:
        late = {"state__in": IS_OPEN, "collect_by__lt": clock.now()}
        return rows.filter(**late) if value else rows.exclude(**late)


class NumberColumn(TitleColumn):
    """2621 0259."""

    def get_value(self, instance: Parcel) -> str:
        return grouped(instance.reference)


class WhenColumn(Column):
    """Day and times."""

    def get_value(self, instance: Parcel) -> str:
        return wording.when_words(instance.starts_at, instance.ends_at)


class WayColumn(Column):
    """Said only of what somebody brings along."""

    def get_value(self, instance: Parcel) -> str:
        return gettext("Somebody brings it along") if instance.is_brought else ""


class ParcelIndexView(FoundByNumber, generic.IndexView):
    """All parcels by number and what is in them; nobody's name."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().with_lines()

    @cached_property
    def columns(self) -> list[Any]:
        return [
            NumberColumn("reference", label=_("Parcel number"), get_url=self.get_inspect_url),
            Column("what", label=_("In the parcel")),
            Column("piece_count", label=_("Pieces")),
            WhenColumn("starts_at", label=_("When"), sort_key="starts_at"),
            WayColumn("is_brought", label=_("Note")),
            Column("get_state_display", label=_("State"), sort_key="state"),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [
            HeaderButton(gettext("Hand out"), url=reverse("parcel:hand_out"), icon_name="success"),
            HeaderButton(gettext("Labels to print"), url=reverse("parcel:labels"), icon_name="doc-full"),
        ]


class ParcelInspectView(generic.InspectView):
    """One parcel without a name, and what can be done with it now."""

    def get_field_label(self, field_name: str, field: Any) -> str:
        return gettext("In the parcel") if field_name == "what" else str(super().get_field_label(field_name, field))

    def get_is_brought_display_value(self) -> str:
        return gettext("yes") if self.object.is_brought else gettext("no")

    @cached_property
    def header_buttons(self) -> list[Any]:
        state, is_open = self.object.state, self.object.is_open
        ways = [
            (state == ParcelStates.CHOSEN, gettext("It is ready"), "ready", "check"),
            (True, gettext("Whose is it?"), "whose", "view"),
            (is_open, gettext("Cancel"), "cancel", "bin"),
        ]
        found = [HeaderButton(label, url=reverse(f"parcel:{name}", args=[self.object.pk]), icon_name=icon) for is_so, label, name, icon in ways if is_so]
        return [HeaderButton(gettext("Hand out"), url=reverse("parcel:hand_out"), icon_name="success"), *found] if is_open else found


class ParcelViewSet(HubViewSet):
    """Looked at, never edited: each change is an action with its own button."""

    model = Parcel
    icon = "tag"
    menu_label = _("Parcels")
    questions = {"view": user_can_serve_parcels}
    form_fields = ["is_brought"]
    index_view_class = ParcelIndexView
    inspect_view_class = ParcelInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["reference", "state", "what", "starts_at", "ends_at", "collect_by", "is_brought", "channel", "created_at", "handed_at", "closed_at"]
    filterset_class = ParcelFilterSet
    search_fields = ["reference"]
    export_headings = {"what": _("In the parcel"), "piece_count": _("Pieces")}
    list_export = ["reference", "state", "what", "piece_count", "starts_at", "ends_at", "is_brought", "channel", "handed_at", "closed_at"]
    list_per_page = 50
    ordering = ["-starts_at"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("hand-out/", staff.hand_out, name="hand_out"),
            path("labels/", staff.labels, name="labels"),
            *(path(f"{name}/<int:pk>/", getattr(staff, name), name=name) for name in ("ready", "cancel", "whose")),
        ]


# --- what came and went ---------------------------------------------------------------------------------------------
class IntakeFilterSet(HubFilterSet):
    """When, and what could not be worn."""

    at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)
    refused = django_filters.BooleanFilter(label=_("With pieces that cannot be worn"), field_name="refused_count", lookup_expr="gt", method="filter_refused")

    class Meta:
        model = Intake
        fields = ["fault", "end"]

    def filter_refused(self, rows: Any, _name: str, value: bool) -> Any:
        return rows.filter(refused_count__gt=0) if value else rows.filter(refused_count=0)


class IntakeIndexView(generic.IndexView):
    """What neighbours brought, the newest first; givers masked."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("garment")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("garment", label=pgettext_lazy("clothes", "What"), get_url=self.get_inspect_url),
            Column("piece_count", label=_("For the shelf")),
            Column("refused_count", label=_("Cannot be worn")),
            Column("get_fault_display", label=_("Why not")),
            Column("from_whom", label=_("From whom")),
            DateColumn("at", label=_("When"), sort_key="at"),
        ]


class IntakeInspectView(generic.InspectView):
    """One intake, its giver masked."""

    def get_field_label(self, field_name: str, field: Any) -> str:
        return gettext("From whom") if field_name == "from_whom" else str(super().get_field_label(field_name, field))

    def get_wants_thanks_display_value(self) -> str:
        return gettext("yes") if self.object.wants_thanks else gettext("no")


class IntakeViewSet(HubViewSet):
    """Read only: what is wrong is put right by counting anew."""

    model = Intake
    icon = "download"
    menu_label = _("Taken in")
    questions = {"view": user_can_see_stock}
    form_fields = ["end"]
    index_view_class = IntakeIndexView
    inspect_view_class = IntakeInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["at", "garment", "piece_count", "refused_count", "fault", "end", "from_whom", "wants_thanks", "taken_by"]
    filterset_class = IntakeFilterSet
    list_export = ["at", "garment", "piece_count", "refused_count", "fault", "end"]
    list_per_page = 50
    ordering = ["-at"]


class MovementFilterSet(HubFilterSet):
    """What happened, when."""

    at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)

    class Meta:
        model = Movement
        fields = ["kind", "fault"]


class MovementIndexView(generic.IndexView):
    """Every change of a number, the newest first."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("garment", "by", "parcel")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("garment", label=pgettext_lazy("clothes", "What"), get_url=self.get_inspect_url),
            Column("get_kind_display", label=_("What happened"), sort_key="kind"),
            Column("change", label=_("Pieces")),
            Column("reason", label=_("Reason")),
            Column("by", label=_("By")),
            DateColumn("at", label=_("When"), sort_key="at"),
        ]


class MovementViewSet(HubViewSet):
    """Read only: the book behind the numbers."""

    model = Movement
    icon = "history"
    menu_label = _("Movements")
    questions = {"view": user_can_see_stock}
    form_fields = ["reason"]
    index_view_class = MovementIndexView
    inspect_view_enabled = True
    inspect_view_fields = ["garment", "kind", "change", "at", "by", "fault", "reason", "parcel"]
    filterset_class = MovementFilterSet
    list_export = ["at", "garment", "kind", "change", "fault", "reason"]
    list_per_page = 50
    ordering = ["-at"]


class CollectionHourViewSet(HubViewSet):
    """When parcels are handed out: kept by the counter and the director."""

    model = CollectionHour
    icon = "time"
    menu_label = _("Times to collect")
    questions = {"view": user_can_see_stock, "add": user_can_keep_stock, "change": user_can_keep_stock, "delete": user_can_keep_stock}
    form_fields = ["weekday", "starts_at", "ends_at"]
    list_display = ["weekday", "starts_at", "ends_at"]
    inspect_view_enabled = True


class ClothingGroup(ViewSetGroup):
    """Clothing aid."""

    menu_label = _("Clothing aid")
    menu_icon = "tag"
    menu_name = "clothing"
    menu_order = 170
    items = (ParcelViewSet, GarmentViewSet, IntakeViewSet, MovementViewSet, CollectionHourViewSet)


@hooks.register("register_admin_viewset")
def register_clothing() -> list[object]:
    return [ClothingGroup(), StockImport("stock_import")]
