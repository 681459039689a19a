"""Staff screens: posts, terms, tags, the roster, visits."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from hub.core.wording import date_words
from hub.hubs.policies import Question
from hub.hubs.viewsets import HubFilterSet, HubViewSet, row
from mutualaid.vanguard import staff
from mutualaid.vanguard.models import CounterVisit, DutyDay, Post, RatingTag, Term
from mutualaid.vanguard.permissions import user_can_close_visits, user_can_keep_posts, user_can_see_posts
from mutualaid.vanguard.staff_forms import PostForm
from mutualaid.vanguard.states import TermStates

KEPT: dict[str, Question] = {"view": user_can_see_posts, "add": user_can_keep_posts, "change": user_can_keep_posts}


class PostIndexView(generic.IndexView):
    """In the order of their numbers."""

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("number", label=_("Number of the post"), get_url=self.get_edit_url, sort_key="number"),
            Column("name_zh", label=pgettext_lazy("of a thing", "Name")),
            Column("get_station_display", label=_("Centre"), sort_key="station"),
            BooleanColumn("takes_rest", label=_("takes what nobody's is")),
            BooleanColumn("is_active", label=_("in use")),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        if not user_can_keep_posts(self.request.user):
            return super().header_buttons
        return [*super().header_buttons, HeaderButton(gettext("Posts from a list"), url=reverse("vanguard_import:index"), icon_name="upload")]


class PostViewSet(HubViewSet):
    """What the public rates."""

    model = Post
    name = "vanguard_post"
    icon = "pick"
    menu_label = _("Posts")
    questions = KEPT
    index_view_class = PostIndexView
    list_export = ["number", "name_zh", "name_en", "station", "takes_rest", "is_active"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [row("number", "station"), row("name_zh", "name_en"), FieldPanel("leader"), row("takes_rest", "is_active")], heading=_("Vanguard post")
            )
        ],
        base_form_class=PostForm,
    )


class TermFilterSet(HubFilterSet):
    """Which post."""

    class Meta:
        model = Term
        fields = ["post", "state"]


class UntilColumn(Column):
    """The last day, or a dash."""

    def get_value(self, instance: Term) -> str:
        return date_words(instance.until_on) if instance.until_on else "—"


class TermIndexView(generic.IndexView):
    """By post, the latest first."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("post")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("name", label=_("Holder"), get_url=self.get_inspect_url),
            Column("post", label=pgettext_lazy("vanguard", "Post"), sort_key="post"),
            Column("badge", label=_("Badge")),
            DateColumn("from_on", label=_("First day"), sort_key="starts_at"),
            UntilColumn("ends_at", label=_("Last day")),
            Column("get_state_display", label=_("State")),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        if not user_can_keep_posts(self.request.user):
            return []
        return [HeaderButton(gettext("Give a post to somebody"), url=reverse("vanguard_term:begin"), icon_name="plus")]


class TermInspectView(generic.InspectView):
    """One term."""

    def get_ends_at_display_value(self) -> str:
        return date_words(self.object.until_on) if self.object.until_on else "—"

    def get_starts_at_display_value(self) -> str:
        return date_words(self.object.from_on)

    @cached_property
    def header_buttons(self) -> list[Any]:
        may = user_can_keep_posts(self.request.user) and self.object.state == TermStates.HELD
        ways = [("change-term", "change", gettext("Change what is shown"), "edit"), ("end", "end", gettext("End the term"), "cross")]
        ways += [("take-back", "take_back", gettext("Take this term back"), "rotate")]
        return [HeaderButton(label, url=reverse(f"vanguard_term:{name}", args=[self.object.pk]), icon_name=icon) for _way, name, label, icon in ways if may]


class TermViewSet(HubViewSet):
    """Begun and ended by buttons: the database refuses two at once."""

    model = Term
    name = "vanguard_term"
    icon = "user"
    menu_label = _("Terms")
    questions = {"view": user_can_see_posts}
    form_fields = ["name"]
    index_view_class = TermIndexView
    inspect_view_class = TermInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["post", "name", "badge", "promise_zh", "promise_en", "starts_at", "ends_at", "state"]
    filterset_class = TermFilterSet
    list_export = ["post", "name", "badge", "from_on", "until_on", "state"]
    export_headings = {"from_on": _("First day"), "until_on": _("Last day")}
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("begin/", staff.begin_term, name="begin"),
            path("change-term/<int:pk>/", staff.change_term, name="change"),
            path("end/<int:pk>/", staff.end_term, name="end"),
            path("take-back/<int:pk>/", staff.take_term_back, name="take_back"),
        ]


class TagIndexView(generic.IndexView):
    """Praise first."""

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("name_zh", label=pgettext_lazy("of a thing", "Name"), get_url=self.get_edit_url),
            BooleanColumn("is_praise", label=_("praise")),
            BooleanColumn("is_active", label=_("in use")),
        ]


class TagViewSet(HubViewSet):
    """What can be chosen beside a grade."""

    model = RatingTag
    icon = "tag"
    menu_label = _("Tags of ratings")
    questions = KEPT
    index_view_class = TagIndexView
    list_export = ["name_zh", "name_en", "is_praise", "is_active"]
    edit_handler = ObjectList([MultiFieldPanel([row("name_zh", "name_en"), row("is_praise", "is_active")], heading=_("Tag"))])


class DutyIndexView(generic.IndexView):
    """The latest first."""

    @cached_property
    def columns(self) -> list[Any]:
        return [DateColumn("day", label=_("Day"), sort_key="day"), Column("name", label=_("Duty leader"))]

    @cached_property
    def header_buttons(self) -> list[Any]:
        if not user_can_keep_posts(self.request.user):
            return []
        return [HeaderButton(gettext("Plan a week"), url=reverse("dutyday:week"), icon_name="date")]


class DutyViewSet(HubViewSet):
    """Planned week by week."""

    model = DutyDay
    icon = "calendar-alt"
    menu_label = _("Duty leaders")
    questions = {"view": user_can_see_posts}
    form_fields = ["name"]
    index_view_class = DutyIndexView
    list_export = ["day", "name"]
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("week/", staff.week, name="week")]


class VisitFilterSet(HubFilterSet):
    """Which centre, which kind."""

    class Meta:
        model = CounterVisit
        fields = ["kind", "station"]


class VisitIndexView(generic.IndexView):
    """The latest first. No name stands here."""

    @cached_property
    def columns(self) -> list[Any]:
        return [
            DateColumn("closed_at", label=_("Closed"), sort_key="closed_at"),
            Column("get_kind_display", label=_("Kind")),
            Column("get_station_display", label=_("Centre")),
            Column("what", label=_("What was it about?")),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        ways = [(gettext("Close a visit"), "countervisit:close", "check"), (gettext("Cards for guests"), "countervisit:cards", "form")]
        return [HeaderButton(label, url=reverse(name), icon_name=icon) for label, name, icon in ways]


class VisitViewSet(HubViewSet):
    """Closed with one key."""

    model = CounterVisit
    icon = "check"
    menu_label = _("Visits at the counter")
    questions = {"view": user_can_close_visits}
    form_fields = ["what"]
    index_view_class = VisitIndexView
    filterset_class = VisitFilterSet
    list_export = ["closed_at", "kind", "station", "what"]
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("close/", staff.close_visit, name="close"),
            path("slip/<int:pk>/", staff.slip, name="slip"),
            path("send/<int:pk>/", staff.send, name="send"),
            path("cards/", staff.cards, name="cards"),
            path("sheet/<str:batch>/", staff.sheet, name="sheet"),
        ]
