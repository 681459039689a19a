"""Staff screens: teams, members, trainings, rounds of visits."""

from typing import Any

import django_filters
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic

from hub.hubs.policies import Question
from hub.hubs.viewsets import HubFilterSet, HubViewSet, row
from mutualaid.volunteers.models import Member, Team, Training, VisitRound
from mutualaid.volunteers.permissions import user_can_keep_volunteers
from mutualaid.volunteers.staff_forms import MemberForm, OfMembersForm

KEPT: dict[str, Question] = {"view": user_can_keep_volunteers, "add": user_can_keep_volunteers, "change": user_can_keep_volunteers}


class TeamIndexView(generic.IndexView):
    """Every team."""

    @cached_property
    def columns(self) -> list[Any]:
        name = TitleColumn("name_zh", label=pgettext_lazy("of a thing", "Name"), get_url=self.get_edit_url, sort_key="name_zh")
        return [name, BooleanColumn("is_active", label=_("at work"))]


class TeamViewSet(HubViewSet):
    """Teams with their honours."""

    model = Team
    icon = "group"
    menu_label = _("Teams")
    questions = KEPT
    index_view_class = TeamIndexView
    list_export = ["name_zh", "name_en", "about_zh", "is_active"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            MultiFieldPanel([row("name_zh", "name_en"), row("about_zh", "about_en"), FieldPanel("is_active")], heading=pgettext_lazy("volunteers", "Team")),
            InlinePanel("honours", heading=_("Honours"), label=_("Honour"), panels=[row("given_on", "title_zh", "title_en")]),
        ]
    )


class MemberFilterSet(HubFilterSet):
    """Which team; party members; who leads."""

    class Meta:
        model = Member
        fields = ["team", "is_party_member", "is_leader"]


class MemberIndexView(generic.IndexView):
    """Everybody in a team, names masked."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().to_choose()

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("masked_name", label=_("Name"), get_url=self.get_edit_url),
            Column("masked_phone", label=_("Phone")),
            Column("team", label=pgettext_lazy("volunteers", "Team"), sort_key="team"),
            BooleanColumn("is_leader", label=_("leads the team")),
            BooleanColumn("is_party_member", label=_("Party")),
            DateColumn("joined_on", label=_("Joined"), sort_key="joined_on"),
            DateColumn("left_on", label=_("Last day"), sort_key="left_on"),
        ]


class MemberViewSet(HubViewSet):
    """Who is in which team, and paired with which communities."""

    model = Member
    icon = "user"
    menu_label = _("Members")
    questions = KEPT
    personal_fields = frozenset({"name", "phone"})
    index_view_class = MemberIndexView
    filterset_class = MemberFilterSet
    list_export = ["masked_name", "team", "is_leader", "is_party_member", "joined_on", "left_on"]
    export_headings = {"masked_name": _("Name")}
    list_per_page = 50
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldRowPanel([FieldPanel("name"), FieldPanel("phone")])], heading=_("Who")),
            MultiFieldPanel(
                [FieldPanel("team"), row("is_leader", "is_party_member"), row("joined_on", "left_on")], heading=pgettext_lazy("volunteers", "Team")
            ),
            MultiFieldPanel([FieldPanel("communities")], heading=_("Paired with")),
        ],
        base_form_class=MemberForm,
    )


class TrainingFilterSet(HubFilterSet):
    """Which team; when."""

    held_on = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = Training
        fields = ["team"]


class TrainingIndexView(generic.IndexView):
    """The latest first."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("team", "presenter__resident", "presenter__team")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("topic", label=_("Topic"), get_url=self.get_edit_url),
            Column("team", label=pgettext_lazy("volunteers", "Team")),
            DateColumn("held_on", label=_("Day"), sort_key="held_on"),
            Column("presenter.masked_name", label=_("Presented by")),
            Column("listeners_count", label=_("Listeners")),
        ]


class TrainingViewSet(HubViewSet):
    """Prepared together, presented by one."""

    model = Training
    icon = "openquote"
    menu_label = _("Trainings")
    questions = KEPT
    index_view_class = TrainingIndexView
    filterset_class = TrainingFilterSet
    list_export = ["held_on", "topic", "team", "presenter", "listeners_count"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            MultiFieldPanel([row("team", "held_on"), FieldPanel("topic"), row("presenter", "listeners_count"), FieldPanel("attendees")], heading=_("Training")),
        ],
        base_form_class=OfMembersForm,
    )


class VisitRoundFilterSet(HubFilterSet):
    """When; whose."""

    made_on = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = VisitRound
        fields = ["community"]


class VisitRoundIndexView(generic.IndexView):
    """The latest first."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("member__resident", "member__team", "community")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("member", label=_("Member"), get_url=self.get_edit_url),
            Column("community", label=_("Community")),
            DateColumn("made_on", label=_("Day"), sort_key="made_on"),
            Column("homes_count", label=_("Homes"), sort_key="homes_count"),
            Column("helped_count", label=_("Helped to apply"), sort_key="helped_count"),
        ]


class VisitRoundViewSet(HubViewSet):
    """How many homes, how many helped to apply."""

    model = VisitRound
    icon = "home"
    menu_label = _("Home visits")
    questions = KEPT
    index_view_class = VisitRoundIndexView
    filterset_class = VisitRoundFilterSet
    list_export = ["made_on", "member", "community", "homes_count", "helped_count"]
    list_per_page = 50
    edit_handler = ObjectList(
        [MultiFieldPanel([row("member", "community"), row("made_on", "homes_count", "helped_count")], heading=_("Home visits"))], base_form_class=OfMembersForm
    )
