"""Staff screens: the hours book, certificates, the contribution book."""

from typing import Any

import django_filters
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from hub.core import wording
from hub.hubs.viewsets import HubFilterSet, HubViewSet
from mutualaid.volunteers import staff_hours
from mutualaid.volunteers.models import Certificate, Contribution, HoursEntry
from mutualaid.volunteers.permissions import user_can_decide_hours, user_can_see_hours
from mutualaid.volunteers.states import HoursStates, TakesTime


class HoursFilterSet(HubFilterSet):
    """Whose (by number), which state, when; what volunteers say is wrong."""

    starts_at = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)
    resident = django_filters.NumberFilter(field_name="resident_id", label=_("Number of the volunteer"))
    asked = django_filters.BooleanFilter(label=_("Correction asked for"), field_name="correction", method="filter_asked")

    class Meta:
        model = HoursEntry
        fields = ["state", "source", "team", "is_end_assumed"]

    def filter_asked(self, rows: Any, _name: str, value: bool) -> Any:
        asked = {"takes_time": TakesTime.YES, "correction__gt": ""}
        return rows.filter(**asked) if value else rows.exclude(**asked)


class SpanColumn(Column):
    """Day and times."""

    def get_value(self, instance: HoursEntry) -> str:
        return wording.when_words(instance.starts_at, instance.ends_at)


class MinutesColumn(Column):
    """2小时."""

    def get_value(self, instance: Any) -> str:
        return wording.hours_words(instance.minutes)


class HoursIndexView(generic.IndexView):
    """The latest first; names masked."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("resident", "team")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("resident", label=_("Volunteer"), get_url=self.get_inspect_url),
            SpanColumn("starts_at", label=_("When"), sort_key="starts_at"),
            MinutesColumn("minutes", label=_("Hours"), sort_key="minutes"),
            Column("what", label=_("What")),
            Column("get_source_display", label=_("Source")),
            BooleanColumn("is_end_assumed", label=_("End assumed")),
            Column("get_state_display", label=_("State"), sort_key="state"),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        ways = [
            (gettext("Confirm what is waiting"), "hoursentry:decide", "check"),
            (gettext("Hours of all volunteers"), "hoursentry:totals", "list-ul"),
            (gettext("File hours for somebody"), "hoursentry:file_for", "plus"),
            (gettext("Past hours from a list"), "hours_import:index", "upload"),
        ]
        return [HeaderButton(label, url=reverse(name), icon_name=icon) for label, name, icon in ways]


class HoursInspectView(generic.InspectView):
    """One entry, and what this user can decide about it."""

    def get_minutes_display_value(self) -> str:
        return wording.hours_words(self.object.minutes)

    @cached_property
    def header_buttons(self) -> list[Any]:
        entry, pk = self.object, self.object.pk
        may = user_can_decide_hours(self.request.user, entry)
        stands = entry.state == HoursStates.CONFIRMED and entry.takes_time == TakesTime.YES
        ways = [
            (may and entry.is_filed, gettext("Confirm"), "confirm", "check"),
            (may and entry.is_filed, gettext("Do not recognise"), "refuse", "cross"),
            (may and stands, gettext("Reverse these hours"), "reverse", "rotate"),
            (may and stands and entry.correction, gettext("Leave these hours as they are"), "keep", "check"),
        ]
        return [HeaderButton(label, url=reverse(f"hoursentry:{name}", args=[pk]), icon_name=icon) for is_so, label, name, icon in ways if is_so]


class HoursViewSet(HubViewSet):
    """Decided by buttons, put right by reversing, never edited."""

    model = HoursEntry
    icon = "time"
    menu_label = _("Hours book")
    questions = {"view": user_can_see_hours}
    form_fields = ["what"]
    index_view_class = HoursIndexView
    inspect_view_class = HoursInspectView
    inspect_view_enabled = True
    inspect_view_fields = [
        "resident", "team", "starts_at", "ends_at", "minutes", "what", "source", "is_end_assumed", "state", "filed_by", "filed_at", "decided_by", "decided_at",
        "reason", "correction", "reverses",
    ]  # fmt: skip
    filterset_class = HoursFilterSet
    list_export = ["resident", "team", "starts_at", "ends_at", "minutes", "what", "source", "state", "filed_at", "decided_at", "is_end_assumed"]
    list_per_page = 50
    ordering = ["-starts_at"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("decide/", staff_hours.decide, name="decide"),
            path("file-for/", staff_hours.file_for, name="file_for"),
            path("totals/", staff_hours.sums, name="totals"),
            path("close-month/<str:month>/", staff_hours.close_month, name="close_month"),
            path("confirm/<int:pk>/", staff_hours.confirm, name="confirm"),
            path("refuse/<int:pk>/", staff_hours.refuse, name="refuse"),
            path("reverse/<int:pk>/", staff_hours.reverse_hours, name="reverse"),
            path("keep/<int:pk>/", staff_hours.keep, name="keep"),
        ]


class CertificateIndexView(generic.IndexView):
    """The latest first; names masked."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("resident")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("grouped_number", label=pgettext_lazy("of hours", "Number"), get_url=self.get_inspect_url),
            Column("resident", label=_("Volunteer")),
            DateColumn("first_on", label=_("From")),
            DateColumn("last_on", label=_("Until")),
            MinutesColumn("minutes", label=_("Hours")),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [HeaderButton(gettext("Draw up a certificate"), url=reverse("certificate:draw_for"), icon_name="plus")]


class CertificateInspectView(generic.InspectView):
    """One certificate."""

    def get_minutes_display_value(self) -> str:
        return wording.hours_words(self.object.minutes)

    @cached_property
    def header_buttons(self) -> list[Any]:
        number = self.object.grouped_number
        return [
            HeaderButton(gettext("To print it"), url=reverse("volunteers:paper", args=[number]), icon_name="doc-full"),
            HeaderButton(gettext("As anybody sees it"), url=self.object.url, icon_name="view"),
        ]


class CertificateViewSet(HubViewSet):
    """Drawn up, never edited."""

    model = Certificate
    icon = "doc-full"
    menu_label = _("Certificates")
    questions = {"view": user_can_see_hours}
    form_fields = ["number"]
    index_view_class = CertificateIndexView
    inspect_view_class = CertificateInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["grouped_number", "resident", "first_on", "last_on", "minutes", "drawn_at", "drawn_by"]
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("draw-for/", staff_hours.draw_for, name="draw_for")]


class ContributionIndexView(generic.IndexView):
    """The latest first; names masked."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("resident")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("what", label=_("What it was"), get_url=self.get_inspect_url),
            Column("resident", label=_("Resident")),
            Column("scheme_words", label=_("Scheme")),
            DateColumn("given_at", label=_("When"), sort_key="given_at"),
        ]


class ContributionViewSet(HubViewSet):
    """Written by schemes, read here."""

    model = Contribution
    icon = "pick"
    menu_label = _("Contributions")
    questions = {"view": user_can_see_hours}
    form_fields = ["what"]
    index_view_class = ContributionIndexView
    inspect_view_enabled = True
    inspect_view_fields = ["resident", "scheme_words", "what", "given_at", "subject_label", "subject_ref"]
    list_export = ["resident", "scheme_words", "what", "given_at"]
    export_headings = {"scheme_words": _("Scheme")}
    list_per_page = 50
