"""Rooms in the Wagtail admin: rooms and prices are plain data, bookings have a life of their own."""

from typing import Any

import django_filters
from django.db.models import F, Model
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from bookings.rooms import staff
from bookings.rooms.models import Booking, Room
from bookings.rooms.permissions import user_can_decide, user_can_keep_rooms, user_can_see_rooms, user_can_serve_bookings
from bookings.rooms.staff_forms import RoomForm
from bookings.rooms.states import IS_COMING, BookingStates
from hub.core import clock, wording
from hub.core.fields import YuanInput
from hub.core.money import yuan_text
from hub.core.names import masked_name
from hub.core.phones import masked
from hub.core.references import grouped
from hub.hubs.viewsets import HubFilterSet, HubViewSet


class RoomIndexView(generic.IndexView):
    """All rooms of the hub."""

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("name_zh", label=pgettext_lazy("of a thing", "Name"), get_url=self.get_edit_url, sort_key="name_zh"),
            Column("place", label=_("Place"), sort_key="floor"),
            Column("capacity", label=_("Seats"), sort_key="capacity"),
            Column("is_by_approval", label=_("Needs an answer")),
            Column("is_published", label=_("Shown")),
        ]


class RoomEditView(generic.EditView):
    """A room, with the way to close it for a while."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [*super().header_buttons, HeaderButton(gettext("Close for a while"), url=reverse("room:close", args=[self.object.pk]), icon_name="lock")]


class RoomViewSet(HubViewSet):
    """Rooms, hours, prices: kept by the counter and the director."""

    model = Room
    icon = "home"
    menu_label = _("Rooms")
    questions = {"view": user_can_see_rooms, "add": user_can_keep_rooms, "change": user_can_keep_rooms}
    index_view_class = RoomIndexView
    edit_view_class = RoomEditView
    list_filter = ["is_published", "floor"]
    list_export = ["slug", "name_zh", "name_en", "floor", "number", "capacity", "is_published"]
    search_fields = ["name_zh", "name_en", "number"]
    inspect_view_enabled = True
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel(["name_zh", "name_en"]),
                    FieldRowPanel(["about_zh", "about_en"]),
                    FieldRowPanel(["slug", "drawing"]),
                    FieldRowPanel(["is_published", "sort_order"]),
                ],
                heading=pgettext_lazy("of a thing", "Name"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(["floor", "number", "area_m2", "capacity"]),
                    FieldRowPanel(["first_part", "last_part"]),
                    FieldRowPanel(["is_step_free", "way_there_zh", "way_there_en"]),
                ],
                heading=_("Place"),
            ),
            MultiFieldPanel([FieldRowPanel(["equipment_zh", "equipment_en"]), FieldRowPanel(["manners_zh", "manners_en"])], heading=_("What is in it")),
            InlinePanel(
                "opening_rules", heading=_("Opening hours"), label=_("Opening hour"), panels=[FieldRowPanel(["weekday", "opens_at", "closes_at", "use"])]
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(["grid_minutes", "buffer_minutes"]),
                    FieldRowPanel(["shortest_minutes", "longest_minutes"]),
                    FieldRowPanel(["lead_minutes", "horizon_days", "cancel_until_minutes"]),
                    FieldRowPanel(["is_by_approval", "decide_within_minutes"]),
                ],
                heading=_("Rules of booking"),
            ),
            InlinePanel(
                "prices",
                heading=_("Prices"),
                label=_("Price"),
                panels=[FieldRowPanel(["valid_from", FieldPanel("fen_an_hour", widget=YuanInput), FieldPanel("deposit_fen", widget=YuanInput)])],
            ),
            MultiFieldPanel([FieldRowPanel(["is_free_for_organisations", "do_entitlements_count"])], heading=_("Who pays nothing")),
        ],
        base_form_class=RoomForm,
    )

    def after_save(self, request: HttpRequest, row: Model, changed: list[str], is_new: bool) -> None:
        """Every process reads the room's hours and prices anew."""
        super().after_save(request, row, changed, is_new)
        Room.objects.filter(pk=row.pk).update(facts_version=F("facts_version") + 1)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("close/<int:pk>/", staff.close, name="close")]


class BookingFilterSet(HubFilterSet):
    """Which room, which state, when."""

    starts_at = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = Booking
        fields = ["state", "room", "channel"]


class WhenColumn(Column):
    """Day and times."""

    def get_value(self, instance: Booking) -> str:
        return wording.when_words(instance.starts_at, instance.ends_at)


class WhoColumn(Column):
    """Masked; the full name stands on the booking's own page, for those who serve."""

    def get_value(self, instance: Booking) -> str:
        return f"{masked_name(instance.contact_name)} {masked(instance.contact_phone)}"


class ReferenceColumn(TitleColumn):
    """6621 0259."""

    def get_value(self, instance: Booking) -> str:
        return grouped(instance.reference)


class BookingIndexView(generic.IndexView):
    """All bookings, the latest first."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("room")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            ReferenceColumn("reference", label=_("Number"), get_url=self.get_inspect_url),
            Column("room", label=_("Room")),
            WhenColumn("starts_at", label=_("When"), sort_key="starts_at"),
            WhoColumn("contact_name", label=_("Who")),
            Column("get_state_display", label=_("State"), sort_key="state"),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = [HeaderButton(gettext("Day sheet"), url=reverse("booking:day_sheet"), icon_name="doc-full")]
        if user_can_serve_bookings(self.request.user):
            buttons.insert(0, HeaderButton(gettext("Book for somebody"), url=reverse("booking:book"), icon_name="plus"))
        return buttons


class ToAnswerIndexView(BookingIndexView):
    """Requests that wait for an answer, the most pressing first."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().filter(state=BookingStates.PENDING).order_by("decide_by")

    def get_inspect_url(self, instance: Booking) -> str:
        return reverse("booking:inspect", args=[instance.pk])


class BookingInspectView(generic.InspectView):
    """One booking, and what can be done with it now."""

    def get_price_fen_display_value(self) -> str:
        return gettext("%(amount)s yuan") % {"amount": yuan_text(self.object.price_fen)}

    def get_list_fen_display_value(self) -> str:
        return gettext("%(amount)s yuan") % {"amount": yuan_text(self.object.list_fen)}

    def get_deposit_fen_display_value(self) -> str:
        return gettext("%(amount)s yuan") % {"amount": yuan_text(self.object.deposit_fen)}

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [HeaderButton(label, url=reverse(f"booking:{name}", args=[self.object.pk]), icon_name=icon) for label, name, icon in self.ways()]

    def ways(self) -> list[tuple[str, str, str]]:
        """What this user can do with this booking now."""
        booking, user, now = self.object, self.request.user, clock.now()
        may_decide = booking.state == BookingStates.PENDING and user_can_decide(user, booking)
        may_serve = user_can_serve_bookings(user, booking)
        is_coming, has_begun = booking.state in IS_COMING, booking.state == BookingStates.CONFIRMED and booking.starts_at <= now
        ways = [
            (may_decide, gettext("Agree"), "approve", "check"),
            (may_decide, gettext("Decline"), "decline", "cross"),
            (may_serve and is_coming and not has_begun, gettext("Move"), "move", "arrow-right"),
            (may_serve and is_coming, gettext("Cancel"), "cancel", "bin"),
            (may_serve and has_begun, gettext("They came"), "used", "check"),
            (may_serve and has_begun, gettext("Nobody came"), "no_show", "cross"),
            (booking.state == BookingStates.CLOSURE and user_can_keep_rooms(user), gettext("Open again"), "reopen", "lock-open"),
        ]
        return [(label, name, icon) for may, label, name, icon in ways if may]


INSPECTED = [
    "reference", "state", "room", "starts_at", "ends_at", "people_count", "purpose", "contact_name", "contact_phone", "organisation", "channel", "taken_by",
    "list_fen", "price_fen", "deposit_fen", "price_reason", "cancel_by", "decide_by", "created_at", "closed_at", "closed_by", "reason_code", "reason",
]  # fmt: skip


class BookingViewSet(HubViewSet):
    """Looked at, never edited: each change is an action with its own button."""

    model = Booking
    icon = "date"
    menu_label = _("Bookings")
    questions = {"view": user_can_serve_bookings}
    form_fields = ["purpose"]
    index_view_class = BookingIndexView
    inspect_view_class = BookingInspectView
    inspect_view_enabled = True
    inspect_view_fields = INSPECTED
    filterset_class = BookingFilterSet
    search_fields = ["reference"]
    list_per_page = 50
    list_export = ["reference", "room", "state", "starts_at", "ends_at", "people_count", "list_fen", "price_fen", "price_reason", "channel"]
    ordering = ["-starts_at"]

    def get_urlpatterns(self) -> list[URLPattern]:
        buttons = ["approve", "decline", "cancel", "move", "used", "no_show", "reopen"]
        return [
            *super().get_urlpatterns(),
            path("book/", staff.book, name="book"),
            path("day-sheet/", staff.day_sheet, name="day_sheet"),
            *(path(f"{name.replace('_', '-')}/<int:pk>/", getattr(staff, name), name=name) for name in buttons),
        ]


class ToAnswerViewSet(BookingViewSet):
    """The approval queue."""

    name = "to_answer"
    icon = "help"
    menu_label = _("To answer")
    index_view_class = ToAnswerIndexView
    questions = {"view": user_can_serve_bookings}
    list_export: list[str] = []

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in {"index", "index_results"}]


class RoomGroup(ViewSetGroup):
    """Rooms, bookings, the queue."""

    menu_label = _("Rooms")
    menu_icon = "home"
    menu_order = 150
    items = (BookingViewSet, ToAnswerViewSet, RoomViewSet)


@hooks.register("register_admin_viewset")
def register_rooms() -> RoomGroup:
    return RoomGroup()
