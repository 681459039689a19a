"""Staff screens: reports, errors, kinds of errors."""

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
from hub.core.references import grouped
from hub.hubs.viewsets import FoundByNumber, HubFilterSet, HubViewSet
from mutualaid.woodpecker import queries, staff
from mutualaid.woodpecker.models import CanonicalError, Edition, ErrorKind, Report
from mutualaid.woodpecker.permissions import user_can_keep_editions, user_can_review, user_can_see_reports, user_can_see_sender, user_can_take_reports
from mutualaid.woodpecker.states import Statuses


class NumberColumn(TitleColumn):
    """0621 0259."""

    def get_value(self, instance: Report) -> str:
        return grouped(instance.reference)


class StandingColumn(Column):
    """What the slip says."""

    def get_value(self, instance: Any) -> str:
        return str(queries.standing_of_report(instance).label)


class ReportFilterSet(HubFilterSet):
    """Which edition, how, when; what is still to be sorted."""

    edition = django_filters.ModelChoiceFilter(label=pgettext_lazy("newspaper", "Edition"), queryset=Edition.objects.select_related("newspaper"))
    received_at = django_filters.DateFromToRangeFilter(label=_("Received"), widget=DateRangePickerWidget)
    raw = django_filters.BooleanFilter(label=_("Still to be sorted"), method="filter_raw")

    class Meta:
        model = Report
        fields = ["edition", "way", "page"]

    def filter_raw(self, rows: Any, _name: str, value: bool) -> Any:
        is_raw = {"is_grouped": False, "is_judged": False}
        return rows.filter(**is_raw) if value else rows.exclude(**is_raw)


class ReportIndexView(FoundByNumber, generic.IndexView):
    """The latest first; senders masked, and only for those who may have to ring them."""

    def get_base_queryset(self) -> Any:
        return queries.with_standing(super().get_base_queryset().select_related("edition__newspaper", "sender"))

    @cached_property
    def columns(self) -> list[Any]:
        found = [
            NumberColumn("reference", label=_("Number"), get_url=self.get_inspect_url),
            Column("edition", label=pgettext_lazy("newspaper", "Edition")),
            Column("page", label=pgettext_lazy("newspaper", "Page"), sort_key="page"),
            Column("title", label=_("Title of the article")),
            Column("wrong", label=_("What is wrong")),
            DateColumn("received_at", label=_("Received"), sort_key="received_at"),
            StandingColumn("standing", label=_("Where it stands")),
        ]
        return [*found, Column("sender", label=_("From"))] if user_can_see_sender(self.request.user) else found

    @cached_property
    def header_buttons(self) -> list[Any]:
        may = user_can_take_reports(self.request.user)
        return [HeaderButton(gettext("Write a report down"), url=reverse("woodpecker_report:take"), icon_name="plus")] if may else []


class ReportInspectView(generic.InspectView):
    """One report as it was sent, and what became of it."""

    def get_base_queryset(self) -> Any:
        return queries.with_standing(super().get_base_queryset())

    def get_field_label(self, field_name: str, field: Any) -> str:
        labels = {"standing": gettext("Where it stands"), "error": gettext("Under which error")}
        return labels.get(field_name) or str(super().get_field_label(field_name, field))

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        if field_name == "standing":
            return str(queries.standing_of_report(self.found).label)
        if field_name == "error":
            row = self.object.groupings.filter(ended_at=None).select_related("error").first()
            return str(row.error) if row else "—"
        return super().get_field_display_value(field_name, field)

    @cached_property
    def found(self) -> Any:
        return queries.with_standing(Report.objects.filter(pk=self.object.pk)).get()

    @cached_property
    def header_buttons(self) -> list[Any]:
        user, found = self.request.user, self.found
        may = user_can_review(user)
        ways = [
            (may and not found.is_judged, gettext("It is none"), "judge", "cross"),
            (may and found.is_judged, gettext("It was one after all"), "unjudge", "rotate"),
            (may and found.is_grouped, gettext("Take it out of its error"), "ungroup", "rotate"),
            (user_can_see_sender(user), gettext("Who sent it?"), "whose", "view"),
            (bool(found.sender.photo), gettext("The photo"), "photo", "image"),
        ]
        buttons = [HeaderButton(label, url=reverse(f"woodpecker_report:{name}", args=[found.pk]), icon_name=icon) for is_so, label, name, icon in ways if is_so]
        if may and not (found.is_grouped or found.is_judged):
            url = f"{reverse('woodpecker_edition:sort', args=[found.edition_id])}?like={found.pk}"
            buttons.insert(0, HeaderButton(gettext("Sort it"), url=url, icon_name="folder-open-inverse"))
        return buttons


class ReportViewSet(HubViewSet):
    """As it was sent: looked at, never edited."""

    model = Report
    name = "woodpecker_report"
    icon = "comment"
    menu_label = pgettext_lazy("newspaper", "Reports")
    questions = {"view": user_can_see_reports}
    form_fields = ["title"]
    index_view_class = ReportIndexView
    inspect_view_class = ReportInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["reference", "edition", "page", "title", "wrong", "right", "reason", "way", "received_at", "typed_at", "standing", "error"]
    filterset_class = ReportFilterSet
    search_fields = ["reference"]
    list_export = ["reference", "edition", "page", "title", "wrong", "right", "reason", "way", "received_at"]
    list_per_page = 50
    ordering = ["-received_at"]

    def get_urlpatterns(self) -> list[URLPattern]:
        names = ("judge", "unjudge", "ungroup", "whose", "photo")
        return [
            *super().get_urlpatterns(),
            path("take/", staff.take, name="take"),
            *(path(f"{name}/<int:pk>/", getattr(staff, name), name=name) for name in names),
        ]


# --- errors ---------------------------------------------------------------------------------------------------------
class ErrorFilterSet(HubFilterSet):
    """Which edition, where it stands, when it was decided."""

    edition = django_filters.ModelChoiceFilter(label=pgettext_lazy("newspaper", "Edition"), queryset=Edition.objects.select_related("newspaper"))
    decided_at = django_filters.DateFromToRangeFilter(label=_("Decided"), widget=DateRangePickerWidget)

    class Meta:
        model = CanonicalError
        fields = ["edition", "status", "verdict", "kind"]


class ErrorIndexView(generic.IndexView):
    """By page."""

    def get_base_queryset(self) -> Any:
        return queries.with_counts(super().get_base_queryset().standing().select_related("edition__newspaper", "kind"))

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("title", label=_("Title of the article"), get_url=self.get_inspect_url),
            Column("edition", label=pgettext_lazy("newspaper", "Edition")),
            Column("page", label=pgettext_lazy("newspaper", "Page"), sort_key="page"),
            Column("what", label=_("What is wrong")),
            Column("reports_count", label=pgettext_lazy("newspaper", "Reports")),
            Column("get_verdict_display", label=_("Verdict"), sort_key="verdict"),
            Column("get_status_display", label=_("State"), sort_key="status"),
        ]


class ErrorInspectView(generic.InspectView):
    """One error with the reports under it, and what can be done with it."""

    def get_field_label(self, field_name: str, field: Any) -> str:
        labels = {"reports": gettext("Reports under it"), "log": gettext("How it was sorted")}
        return labels.get(field_name) or str(super().get_field_label(field_name, field))

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        if field_name not in {"reports", "log"}:
            return super().get_field_display_value(field_name, field)
        rows = self.object.groupings.select_related("report", "by", "ended_by").order_by("pk")
        rows = rows.filter(ended_at=None).order_by("report__received_at", "report_id") if field_name == "reports" else rows
        return "; ".join(self.words_of(row, field_name) for row in rows) or "—"

    def words_of(self, row: Any, field_name: str) -> str:
        """A report with when it came; or who put it there and took it out."""
        if field_name == "reports":
            return f"{grouped(row.report.reference)} ({wording.moment_words(row.report.received_at)})"
        put = gettext("%(who)s put %(reference)s there on %(when)s")
        said = put % {"who": row.by or "—", "reference": grouped(row.report.reference), "when": wording.moment_words(row.at)}
        if row.ended_at is None:
            return said
        taken = gettext("%(who)s took it out on %(when)s") % {"who": row.ended_by or "—", "when": wording.moment_words(row.ended_at)}
        return f"{said}, {taken}"

    @cached_property
    def header_buttons(self) -> list[Any]:
        error = self.object
        if not user_can_review(self.request.user) or error.dissolved_at is not None:
            return []
        ways = [(gettext("Decide"), "decide", "check")]
        if error.status == Statuses.SETTLED:
            ways.append((gettext("Into work again"), "open_again", "rotate"))
        return [HeaderButton(label, url=reverse(f"woodpecker_error:{name}", args=[error.pk]), icon_name=icon) for label, name, icon in ways]


class ErrorViewSet(HubViewSet):
    """Made by sorting reports, decided by buttons."""

    model = CanonicalError
    name = "woodpecker_error"
    icon = "warning"
    menu_label = pgettext_lazy("newspaper", "Errors")
    questions = {"view": user_can_see_reports}
    form_fields = ["title"]
    index_view_class = ErrorIndexView
    inspect_view_class = ErrorInspectView
    inspect_view_enabled = True
    inspect_view_fields = [
        "edition", "page", "title", "what", "right", "kind", "verdict", "reason_code", "reply", "status", "decided_by", "decided_at", "reports", "log",
    ]  # fmt: skip
    filterset_class = ErrorFilterSet
    list_export = ["edition", "page", "title", "what", "right", "kind", "verdict", "reason_code", "status", "reports_count"]
    export_headings = {"reports_count": pgettext_lazy("newspaper", "Reports")}
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("decide/<int:pk>/", staff.decide, name="decide"),
            path("open-again/<int:pk>/", staff.open_again, name="open_again"),
        ]


class KindIndexView(generic.IndexView):
    """The heaviest first."""

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("name", label=_("Kind of error"), get_url=self.get_edit_url),
            Column("weight", label=_("Weight"), sort_key="weight"),
            BooleanColumn("is_light", label=_("Light")),
            BooleanColumn("is_active", label=_("In use")),
        ]


class KindViewSet(HubViewSet):
    """Taken out of use, never deleted: errors stand there."""

    model = ErrorKind
    name = "woodpecker_kind"
    icon = "tag"
    menu_label = _("Kinds of errors")
    questions = {"view": user_can_see_reports, "add": user_can_keep_editions, "change": user_can_keep_editions}
    form_fields = ["name_zh", "name_en", "weight", "is_light", "is_active"]
    index_view_class = KindIndexView
    inspect_view_enabled = True
