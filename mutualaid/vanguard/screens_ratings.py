"""Staff screens: ratings without a trace of who rated, boxes, posts left out."""

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

from hub.hubs.viewsets import HubFilterSet, HubViewSet
from mutualaid.vanguard import months, staff_months
from mutualaid.vanguard.models import BoxCount, Rating, Strike
from mutualaid.vanguard.permissions import own_posts, user_can_count_boxes, user_can_review, user_can_see_boxes
from mutualaid.vanguard.states import NEEDS_CORRECTION, WordsStates


class RatingFilterSet(HubFilterSet):
    """Which month, post, grade, source; what counts, what is set aside, what waits; the director's figures lead here."""

    received_at = django_filters.DateFromToRangeFilter(label=_("received"), widget=DateRangePickerWidget)
    month = django_filters.CharFilter(label=_("Month, like 2026-10"), method="filter_month")
    counted = django_filters.BooleanFilter(label=_("counts"), method="filter_counted")
    aside = django_filters.BooleanFilter(label=_("set aside"), field_name="set_aside_at", lookup_expr="isnull", exclude=True)
    unseen = django_filters.BooleanFilter(label=_("set aside by the rule, nobody has looked"), method="filter_unseen")
    to_correct = django_filters.BooleanFilter(label=_("still to be put right"), method="filter_to_correct")

    class Meta:
        model = Rating
        fields = ["post", "grade", "source", "words_state"]

    def filter_month(self, rows: Any, _name: str, value: str) -> Any:
        found = months.month_from(value.strip())
        return rows.filter(month=found) if found else rows.none()

    def filter_counted(self, rows: Any, _name: str, value: bool) -> Any:
        counts = {"counts": True, "set_aside_at": None}
        return rows.filter(**counts) if value else rows.exclude(**counts)

    def filter_unseen(self, rows: Any, _name: str, value: bool) -> Any:
        unseen = {"set_aside_at__isnull": False, "looked_at": None}
        return rows.filter(**unseen) if value else rows.exclude(**unseen)

    def filter_to_correct(self, rows: Any, _name: str, value: bool) -> Any:
        open_ones = {"grade__in": NEEDS_CORRECTION, "post__isnull": False, "done_at": None}
        return rows.filter(**open_ones) if value else rows.exclude(**open_ones)


class MonthColumn(TitleColumn):
    """2026年10月: the hour would tell who it was."""

    def get_value(self, instance: Any) -> str:
        return months.month_words(instance.month)


class RatingIndexView(generic.IndexView):
    """By month, in no order of time: who stood at the counter just then is nobody's business."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("post").order_by("-month", "event_mark")

    def order_queryset(self, queryset: Any) -> Any:
        return queryset

    @cached_property
    def columns(self) -> list[Any]:
        return [
            MonthColumn("month", label=_("Month"), get_url=self.get_inspect_url),
            Column("post", label=pgettext_lazy("vanguard", "Post")),
            Column("get_grade_display", label=_("Grade")),
            Column("get_source_display", label=_("Source")),
            Column("words", label=_("In their words")),
            Column("get_words_state_display", label=_("Words")),
            BooleanColumn("counts", label=_("Counts")),
            BooleanColumn("is_aside", label=_("Set aside")),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        last = months.period_of(months.last_month(months.this_month()))
        return [
            HeaderButton(gettext("Last month"), url=reverse("vanguard_rating:month", args=[last]), icon_name="calendar"),
            HeaderButton(gettext("To be put right"), url=reverse("vanguard_rating:corrections"), icon_name="warning"),
        ]


class RatingInspectView(generic.InspectView):
    """One rating, and what this user can decide about it."""

    def get_tags_display_value(self) -> str:
        return "、".join(tag.name for tag in self.object.tags.all()) or "—"

    def get_month_display_value(self) -> str:
        return months.month_words(self.object.month)

    def get_reason_display_value(self) -> str:
        return self.object.reason or self.object.get_suspicion_display()

    @cached_property
    def header_buttons(self) -> list[Any]:
        rating, pk = self.object, self.object.pk
        may = rating.post_id not in own_posts(self.request.user, rating.month)
        has_words = rating.words_state != WordsStates.NONE
        ways = [
            (may and not rating.is_aside, gettext("Set aside"), "set_aside", "cross"),
            (may and rating.is_aside, gettext("Put back"), "put_back", "rotate"),
            (may and rating.is_aside and rating.looked_at is None, gettext("Leave it aside"), "keep", "check"),
            (may and has_words and rating.words_state != WordsStates.SHOWN, gettext("Show the words"), "show_words", "view"),
            (may and has_words and rating.words_state != WordsStates.HIDDEN, gettext("Do not show the words"), "hide_words", "no-view"),
            (rating.needs_correction and rating.post_id, gettext("What was put right"), "done", "check"),
        ]
        return [HeaderButton(label, url=reverse(f"vanguard_rating:{name}", args=[pk]), icon_name=icon) for is_so, label, name, icon in ways if is_so]


class RatingViewSet(HubViewSet):
    """Decided by buttons, never edited; nothing of who rated stands here."""

    model = Rating
    name = "vanguard_rating"
    icon = "pick"
    menu_label = _("Ratings of posts")
    questions = {"view": user_can_review}
    form_fields = ["words"]
    index_view_class = RatingIndexView
    inspect_view_class = RatingInspectView
    inspect_view_enabled = True
    inspect_view_fields = [
        "post", "month", "grade", "source", "tags", "words", "words_state", "reply", "counts", "why_not", "suspicion", "set_aside_at", "set_aside_by", "reason",
        "done_words", "done_at",
    ]  # fmt: skip
    filterset_class = RatingFilterSet
    list_export = ["month", "post", "grade", "source", "words", "words_state", "counts", "is_aside"]
    export_headings = {"is_aside": _("Set aside")}
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("set-aside/<int:pk>/", staff_months.set_aside, name="set_aside"),
            path("put-back/<int:pk>/", staff_months.put_back, name="put_back"),
            path("keep-aside/<int:pk>/", staff_months.keep, name="keep"),
            path("show-words/<int:pk>/", staff_months.show_words, name="show_words"),
            path("hide-words/<int:pk>/", staff_months.hide_words, name="hide_words"),
            path("corrections/", staff_months.corrections, name="corrections"),
            path("put-right/<int:pk>/", staff_months.done, name="done"),
            path("month/<str:period>/", staff_months.month, name="month"),
            path("close/<str:period>/", staff_months.close, name="close"),
            path("reopen/<str:period>/", staff_months.reopen, name="reopen"),
            path("strike/<str:period>/", staff_months.strike, name="strike"),
        ]


class CardsColumn(Column):
    """The numbers, once two have agreed; before that nobody sees them."""

    def get_value(self, instance: BoxCount) -> str:
        return " / ".join(str(count) for count in instance.cards) if instance.settled_at else gettext("not shown yet")


class BoxIndexView(generic.IndexView):
    """The latest month first."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("post", "typed_by")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            MonthColumn("month", label=_("Month"), sort_key="month"),
            Column("post", label=pgettext_lazy("vanguard", "Post")),
            Column("box", label=_("Box")),
            Column("turn", label=_("Turn")),
            Column("typed_by", label=_("Counted by")),
            CardsColumn("cards", label=_("Cards, from very satisfied down")),
            DateColumn("settled_at", label=_("Agreed")),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        if not user_can_count_boxes(self.request.user):
            return []
        return [HeaderButton(gettext("Count a paper box"), url=reverse("boxcount:type"), icon_name="plus")]


class BoxViewSet(HubViewSet):
    """Counted by two."""

    model = BoxCount
    icon = "folder"
    menu_label = _("Paper boxes")
    questions = {"view": user_can_see_boxes}
    form_fields = ["box"]
    index_view_class = BoxIndexView
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("type/", staff_months.type_box, name="type")]


class StrikeIndexView(generic.IndexView):
    """The latest month first."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("post", "by")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            MonthColumn("month", label=_("Month"), sort_key="month"),
            Column("post", label=pgettext_lazy("vanguard", "Post")),
            Column("reason", label=_("Reason")),
            Column("by", label=_("By")),
            DateColumn("taken_back_at", label=_("Taken back")),
        ]


class StrikeViewSet(HubViewSet):
    """Written from a month's page."""

    model = Strike
    name = "vanguard_strike"
    icon = "cross"
    menu_label = _("Left out")
    questions = {"view": user_can_review}
    form_fields = ["reason"]
    index_view_class = StrikeIndexView
    list_export = ["month", "post", "reason", "by", "taken_back_at"]
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("stand-again/<int:pk>/", staff_months.take_strike_back, name="stand_again")]
