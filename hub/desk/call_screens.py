"""What the admin shows of calls: the list behind the figures, and the wrap-up codes the director keeps."""

from typing import Any

import django_filters
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup

from hub.desk.models import Call, WrapUpCode
from hub.desk.permissions import user_can_keep_codes, user_can_see_calls, user_can_see_codes
from hub.desk.states import Directions
from hub.hubs.viewsets import HubViewSet

TAKEN = "taken"


class CallFilterSet(WagtailFilterSet):
    """When, which way, with which code."""

    started_at = django_filters.DateFromToRangeFilter(label=_("began"), widget=DateRangePickerWidget)
    direction = django_filters.ChoiceFilter(label=_("direction"), method="as_asked", choices=[(TAKEN, _("taken or made")), *Directions.choices])

    class Meta:
        model = Call
        fields = ["channel", "wrap_up"]

    def as_asked(self, calls: Any, _name: str, asked: str) -> Any:
        """One direction, or all but the missed ones."""
        return calls.answered() if asked == TAKEN else calls.filter(direction=asked)


class CallIndexView(generic.IndexView):
    """All calls of the hub, the newest first; names and numbers masked."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("person", "operator", "wrap_up")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            Column("masked_caller", label=_("Caller")),
            Column("get_direction_display", label=_("direction")),
            Column("get_channel_display", label=_("channel")),
            DateColumn("started_at", label=_("began"), sort_key="started_at"),
            Column("operator", label=_("taken by")),
            Column("wrap_up", label=_("wrap-up code")),
        ]


class CallViewSet(HubViewSet):
    """Calls are lived on the desk; here they are counted."""

    model = Call
    icon = "mobile-alt"
    menu_label = _("Calls")
    menu_name = "calls"
    questions = {"view": user_can_see_calls}
    form_fields = ["note"]
    index_view_class = CallIndexView
    filterset_class = CallFilterSet
    list_per_page = 50


class WrapUpCodeViewSet(HubViewSet):
    """What calls are closed with."""

    model = WrapUpCode
    icon = "tag"
    menu_label = _("Wrap-up codes")
    menu_name = "wrap-up-codes"
    questions = {"view": user_can_see_codes, "add": user_can_keep_codes, "change": user_can_keep_codes}
    form_fields = ["code", "label_zh", "label_en", "was_reached", "is_active", "sort_order"]
    list_display = ["label", Column("code", label=_("code")), "was_reached", "is_active"]
    ordering = ["sort_order", "id"]


class CallsGroup(ViewSetGroup):
    """The desk's screens under one entry of the menu."""

    menu_label = _("The desk")
    menu_icon = "mobile-alt"
    menu_name = "desk"
    menu_order = 190
    items = (CallViewSet("call"), WrapUpCodeViewSet("wrap_up_code"))
