"""What the director and the administrator read: every line, never changed, never deleted."""

import json
from typing import Any

import django_filters
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic

from hub.audit.models import Line
from hub.audit.permissions import user_can_read_lines
from hub.audit.verbs import VERBS, verb_words
from hub.core.subjects import subject_words
from hub.hubs.columns import SubjectColumn
from hub.hubs.viewsets import HubViewSet


def verb_choices() -> list[tuple[str, str]]:
    """Every verb by its words; asked when the page is, in its language."""
    return sorted(((code, verb_words(code)) for code in VERBS), key=lambda row: row[1])


class LineFilterSet(WagtailFilterSet):
    """Who, what, which and when."""

    who = django_filters.CharFilter(label=_("by (username or name)"), method="by_whom")
    verb = django_filters.ChoiceFilter(label=_("what was done"), choices=verb_choices)
    subject_label = django_filters.CharFilter(label=_("to what"), lookup_expr="icontains")
    subject_ref = django_filters.CharFilter(label=_("which"))
    at = django_filters.DateFromToRangeFilter(label=_("when"), widget=DateRangePickerWidget)

    class Meta:
        model = Line
        fields: list[str] = []

    def by_whom(self, lines: Any, _name: str, typed: str) -> Any:
        """Lines by the account with that username, or with that in its name."""
        return lines.filter(actor__username=typed) | lines.filter(actor__name__icontains=typed)


class LineIndexView(generic.IndexView):
    """All lines of the hub, the newest first."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("actor")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("verb", label=_("What was done"), accessor=lambda line: verb_words(line.verb), get_url=self.get_inspect_url),
            DateColumn("at", label=_("When"), sort_key="at"),
            Column("actor", label=_("By")),
            SubjectColumn("subject_label", label=_("To what")),
            Column("subject_ref", label=_("Which")),
            Column("reason", label=_("Reason")),
        ]


class LineInspectView(generic.InspectView):
    """One line."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """A line can only be read."""
        return []

    def get_verb_display_value(self) -> str:
        return verb_words(self.object.verb)

    def get_subject_label_display_value(self) -> str:
        return subject_words(self.object.subject_label)

    def get_changes_display_value(self) -> str:
        return json.dumps(self.object.changes, ensure_ascii=False, indent=1) if self.object.changes else ""


class LineViewSet(HubViewSet):
    """Read only: no question is asked for adding, changing or deleting, so nobody may."""

    model = Line
    icon = "history"
    menu_label = _("Who did what")
    menu_name = "audit"
    menu_order = 900
    add_to_admin_menu = True
    questions = {"view": user_can_read_lines}
    form_fields = ["reason"]
    index_view_class = LineIndexView
    inspect_view_class = LineInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["at", "actor", "for_person", "channel", "verb", "subject_label", "subject_ref", "changes", "reason", "request_id"]
    filterset_class = LineFilterSet
    list_per_page = 50
    ordering = ["-id"]


@hooks.register("register_admin_viewset")
def register_lines() -> LineViewSet:
    return LineViewSet("audit")
