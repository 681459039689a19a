"""What staff see of the ledger: read only, names masked."""

from typing import Any

import django_filters
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic

from hub.hubs.viewsets import HubViewSet
from hub.served.models import ServiceEvent
from hub.served.permissions import user_can_see_services


class ServiceEventFilterSet(WagtailFilterSet):
    """Which post, which organisation, when."""

    happened_at = django_filters.DateFromToRangeFilter(label=_("when"), widget=DateRangePickerWidget)

    class Meta:
        model = ServiceEvent
        fields = ["post"]


class ServiceEventIndexView(generic.IndexView):
    """What was done, the newest first."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("for_person", "organisation", "by")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("what", label=_("What was done"), get_url=self.get_inspect_url),
            Column("get_post_display", label=_("Post"), sort_key="post"),
            DateColumn("happened_at", label=_("When"), sort_key="happened_at"),
            Column("masked_person", label=_("For whom")),
            Column("organisation", label=_("For which organisation")),
        ]


class ServiceEventInspectView(generic.InspectView):
    """One service."""

    def get_for_person_display_value(self) -> str:
        return self.object.masked_person


class ServiceEventViewSet(HubViewSet):
    """Read only: domains write the ledger, nobody edits it."""

    model = ServiceEvent
    icon = "tasks"
    menu_label = _("Services done")
    menu_name = "served"
    menu_order = 400
    add_to_admin_menu = True
    questions = {"view": user_can_see_services}
    form_fields = ["what"]
    index_view_class = ServiceEventIndexView
    inspect_view_class = ServiceEventInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["what", "post", "happened_at", "for_person", "organisation", "by", "subject_label", "subject_ref", "recorded_at"]
    list_export = ["happened_at", "post", "what", "masked_person", "organisation_name", "subject_ref"]
    export_headings = {
        "happened_at": _("When"),
        "post": _("Post"),
        "what": _("What was done"),
        "masked_person": _("For whom"),
        "organisation_name": _("For which organisation"),
        "subject_ref": _("Which"),
    }
    filterset_class = ServiceEventFilterSet
    list_per_page = 50


@hooks.register("register_admin_viewset")
def register_services() -> ServiceEventViewSet:
    return ServiceEventViewSet("served")
