"""The swap shop in the Wagtail admin: things and barters, which have a life of their own; the rest stands in house_screens.py."""

from typing import Any

import django_filters
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from hub.core.names import masked_name
from hub.core.references import grouped
from hub.hubs.viewsets import FoundByNumber, HubFilterSet, HubViewSet
from mutualaid.swapshop import queries, staff, staff_barters
from mutualaid.swapshop.house_screens import HourViewSet, KindViewSet, ReportViewSet, SwapperViewSet, WishViewSet, WordViewSet
from mutualaid.swapshop.models import Barter, Item, Report
from mutualaid.swapshop.permissions import user_can_check_things, user_can_serve_swaps
from mutualaid.swapshop.states import CAN_BE_REPOSTED, CAN_BE_WITHDRAWN, BarterStates, ItemStates, OfferStates, ReportStates, Sides
from mutualaid.swapshop.word_import import WordImport


class ReferenceColumn(TitleColumn):
    """2621 0259."""

    def get_value(self, instance: Any) -> str:
        return grouped(instance.reference)


class PersonColumn(Column):
    """The nickname, and the name masked."""

    def get_value(self, instance: Any) -> str:
        return f"{instance.nickname} {masked_name(instance.for_person.name)}"


# --- things ---------------------------------------------------------------------------------------------------------
class ItemFilterSet(HubFilterSet):
    """Which kind, which state, when; the director's figures lead here."""

    listed_at = django_filters.DateFromToRangeFilter(label=_("shown since"), widget=DateRangePickerWidget)
    asked_at = django_filters.DateFromToRangeFilter(label=_("handed in"), widget=DateRangePickerWidget)
    here = django_filters.BooleanFilter(label=_("lies at the house"), field_name="lies_here_since", lookup_expr="isnull", exclude=True)
    reported = django_filters.BooleanFilter(label=_("reported"), method="filter_reported")

    class Meta:
        model = Item
        fields = ["state", "kind", "band", "is_give_away", "channel"]

    def filter_reported(self, rows: Any, _name: str, value: bool) -> Any:
        open_ones = Report.objects.filter(state=ReportStates.OPEN).values("item_id")
        return rows.filter(pk__in=open_ones) if value else rows.exclude(pk__in=open_ones)


class ItemIndexView(FoundByNumber, generic.IndexView):
    """All things, the latest first."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("kind", "for_person__swapper")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            ReferenceColumn("reference", label=_("Number of the thing"), get_url=self.get_inspect_url),
            Column("title", label=_("what it is")),
            Column("kind", label=_("kind")),
            PersonColumn("for_person", label=_("Who")),
            DateColumn("asked_at", label=_("handed in"), sort_key="asked_at"),
            Column("get_band_display", label=_("value")),
            Column("get_state_display", label=_("State"), sort_key="state"),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [HeaderButton(gettext("To be looked at"), url=f"{reverse('swap_item:index')}?state=checking", icon_name="view")]


class ItemInspectView(generic.InspectView):
    """One thing, and what can be done with it now."""

    def get_for_person_display_value(self) -> str:
        return f"{self.object.nickname} {masked_name(self.object.for_person.name)}"

    def get_fields(self) -> list[str]:
        return [*super().get_fields(), "photos", "offers"]

    def get_field_label(self, field_name: str, field: Any) -> Any:
        return {"photos": gettext("Photos"), "offers": gettext("Offers to swap")}.get(field_name) or super().get_field_label(field_name, field)

    def get_photos_display_value(self) -> Any:
        return format_html_join(
            " ", '<a href="{}">{}</a>', ((reverse("swap_item:photo", args=[row.pk]), place) for place, row in enumerate(self.object.photos.all(), 1))
        )

    def get_offers_display_value(self) -> str:
        offers = queries.with_things(self.object.offers.all()).order_by("made_at", "id")
        return (
            "; ".join(f"{offer.nickname}: {'、'.join(thing.title for thing in offer.things.all()) or '–'} ({offer.get_state_display()})" for offer in offers)
            or "—"
        )

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [HeaderButton(label, url=reverse(f"swap_item:{name}", args=[self.object.pk]), icon_name=icon) for label, name, icon in self.ways()]

    def ways(self) -> list[tuple[str, str, str]]:
        """What this user can do with this thing now."""
        item, user = self.object, self.request.user
        checks, serves, state = user_can_check_things(user, item), user_can_serve_swaps(user, item), item.state
        ways = [
            (checks and state == ItemStates.CHECKING, gettext("Look at it, then into the shop"), "check", "view"),
            (checks and state == ItemStates.CHECKING, gettext("Not into the shop"), "refuse", "cross"),
            (checks and item.reports.filter(state=ReportStates.OPEN).exists(), gettext("Decide about the reports"), "reports", "warning"),
            (serves and item.offers.filter(state=OfferStates.WAITING).exists(), gettext("Answer an offer for the owner"), "answer", "comment"),
            (serves and state == ItemStates.CHECKING, gettext("Add a photo"), "add_photo", "image"),
            (serves and item.is_living, gettext("It lies at the house"), "take_in", "home"),
            (serves and item.lies_here_since is not None, gettext("Print the tag"), "tag", "tag"),
            (serves and item.lies_here_since is not None, gettext("The owner has fetched it"), "hand_back", "arrow-right"),
            (serves and state in CAN_BE_REPOSTED, gettext("Put it into the shop again"), "again", "rotate"),
            (serves and state in CAN_BE_WITHDRAWN, gettext("Out of the shop, as they wish"), "take_back", "bin"),
        ]
        return [(label, name, icon) for is_so, label, name, icon in ways if is_so]


class ItemViewSet(HubViewSet):
    """Looked at, never edited here: each change is an action with its own button."""

    model = Item
    icon = "tag"
    menu_label = _("Things")
    questions = {"view": user_can_serve_swaps}
    form_fields = ["title"]
    index_view_class = ItemIndexView
    inspect_view_class = ItemInspectView
    inspect_view_enabled = True
    inspect_view_fields = [
        "reference", "state", "title", "about", "kind", "condition", "wish", "is_give_away", "band", "for_person", "channel", "taken_by", "guardian_was_there",
        "asked_at", "checked_at", "checked_by", "refuse_reason", "refuse_words", "listed_at", "expires_at", "hidden_at", "lies_here_since", "shelf",
        "closed_at",
    ]  # fmt: skip
    filterset_class = ItemFilterSet
    search_fields = ["reference"]
    list_per_page = 50
    list_export = [
        "reference",
        "state",
        "kind",
        "title",
        "condition",
        "wish",
        "is_give_away",
        "band",
        "channel",
        "asked_at",
        "listed_at",
        "expires_at",
        "closed_at",
    ]
    ordering = ["-asked_at"]

    def get_urlpatterns(self) -> list[URLPattern]:
        buttons = ["check", "refuse", "reports", "answer", "add_photo", "take_in", "tag", "hand_back", "again", "take_back", "photo"]
        return [*super().get_urlpatterns(), *(path(f"{name.replace('_', '-')}/<int:pk>/", getattr(staff, name), name=name) for name in buttons)]


# --- barters --------------------------------------------------------------------------------------------------------
class BarterFilterSet(HubFilterSet):
    """Which state, when; the director's figures lead here."""

    ended_at = django_filters.DateFromToRangeFilter(label=_("ended"), widget=DateRangePickerWidget)
    slot_at = django_filters.DateFromToRangeFilter(label=_("handed over at the house"), widget=DateRangePickerWidget)

    class Meta:
        model = Barter
        fields = ["state", "is_give_away", "with_child", "is_on_the_spot", "reason"]


class ThingsColumn(Column):
    """What for what."""

    def get_value(self, instance: Barter) -> str:
        return " ⇄ ".join("、".join(thing.title for thing in instance.things(side)) or "–" for side in Sides)


class BarterIndexView(FoundByNumber, generic.IndexView):
    """All barters, the latest first."""

    def get_base_queryset(self) -> Any:
        return queries.with_rows(super().get_base_queryset())

    @cached_property
    def columns(self) -> list[Any]:
        return [
            ReferenceColumn("reference", label=_("Number of the swap"), get_url=self.get_inspect_url),
            ThingsColumn("things", label=_("What for what")),
            DateColumn("slot_at", label=_("handed over at the house"), sort_key="slot_at"),
            Column("get_state_display", label=_("State"), sort_key="state"),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [
            HeaderButton(gettext("Two people swap here and now"), url=reverse("swap_barter:on_the_spot"), icon_name="plus"),
            HeaderButton(gettext("Hand-overs of the day"), url=reverse("swap_barter:sheet"), icon_name="doc-full"),
        ]


class BarterInspectView(generic.InspectView):
    """One barter, and what can be done with it now."""

    def get_owner_display_value(self) -> str:
        return masked_name(self.object.owner.name)

    def get_taker_display_value(self) -> str:
        return masked_name(self.object.taker.name)

    @cached_property
    def header_buttons(self) -> list[Any]:
        if self.object.state != BarterStates.PROMISED or not user_can_serve_swaps(self.request.user, self.object):
            return []
        ways = [
            (gettext("They stand here and say it is done"), "stands_here", "check"), (gettext("Time at the house"), "slot", "date"),
            (gettext("One side takes the promise back"), "break_promise", "rotate"), (gettext("The house calls it off"), "call_off", "cross"),
        ]  # fmt: skip
        return [HeaderButton(label, url=reverse(f"swap_barter:{name}", args=[self.object.pk]), icon_name=icon) for label, name, icon in ways]


class BarterViewSet(HubViewSet):
    """Promised, handed over, broken; never edited."""

    model = Barter
    icon = "tag"
    menu_label = _("Swaps")
    questions = {"view": user_can_serve_swaps}
    form_fields = ["words"]
    index_view_class = BarterIndexView
    inspect_view_class = BarterInspectView
    inspect_view_enabled = True
    inspect_view_fields = [
        "reference", "state", "owner", "taker", "is_give_away", "is_on_the_spot", "with_child", "slot_at", "owner_confirmed_at", "owner_recorded_by",
        "taker_confirmed_at", "taker_recorded_by", "broken_by", "reason", "words", "made_at", "ended_at",
    ]  # fmt: skip
    filterset_class = BarterFilterSet
    search_fields = ["reference"]
    list_per_page = 50
    list_export = ["reference", "state", "is_give_away", "is_on_the_spot", "with_child", "slot_at", "broken_by", "reason", "made_at", "ended_at"]
    ordering = ["-made_at"]

    def get_urlpatterns(self) -> list[URLPattern]:
        buttons = ["stands_here", "slot", "break_promise", "call_off"]
        return [
            *super().get_urlpatterns(),
            path("on-the-spot/", staff_barters.on_the_spot, name="on_the_spot"),
            path("sheet/", staff_barters.sheet, name="sheet"),
            *(path(f"{name.replace('_', '-')}/<int:pk>/", getattr(staff_barters, name), name=name) for name in buttons),
        ]


class SwapGroup(ViewSetGroup):
    """The swap shop under one entry of the menu."""

    menu_label = _("Swap shop")
    menu_icon = "tag"
    menu_name = "swapshop"
    menu_order = 165
    items = (
        ItemViewSet("swap_item"), BarterViewSet("swap_barter"), ReportViewSet("swap_report"), SwapperViewSet("swapper"), WishViewSet("swap_wish"),
        KindViewSet("swap_kind"), WordViewSet("swap_word"), HourViewSet("swap_hour"),
    )  # fmt: skip


@hooks.register("register_admin_viewset")
def register_shop() -> list[object]:
    return [SwapGroup(), WordImport("swap_word_import")]
