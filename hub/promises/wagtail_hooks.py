"""What staff see of promises: what is due next, and the buttons."""

from typing import Any

import django_filters
from django.db.models import F
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from hub.core import clock
from hub.core.joins import promise_kinds
from hub.hubs.viewsets import HubViewSet
from hub.promises import views
from hub.promises.models import Promise
from hub.promises.permissions import user_can_drop, user_can_keep, user_can_see_promises, user_can_take
from hub.promises.states import Outcomes
from hub.promises.wording import due_moment, due_words, kind_words, where_done

OPEN, MINE = "open", "mine"
STANDS = [(OPEN, _("still owed")), (MINE, _("taken by me")), *Outcomes.choices]


class PromiseFilterSet(WagtailFilterSet):
    """Open ones unless somebody asks for the others."""

    kind = django_filters.ChoiceFilter(label=_("kind"), choices=lambda: [(kind.name, kind.label) for kind in promise_kinds])
    stands = django_filters.ChoiceFilter(label=_("state"), method="as_they_stand", choices=STANDS)

    class Meta:
        model = Promise
        fields: list[str] = []

    def as_they_stand(self, promises: Any, _name: str, asked: str) -> Any:
        """Still owed, mine of these, or ended one way."""
        if asked in Outcomes.values:
            return promises.filter(outcome=asked)
        return promises.open().filter(owner=self.request.user) if asked == MINE else promises.open()


class DueColumn(Column):
    """How late it is, or how long there is still time."""

    def get_value(self, instance: Promise) -> str:
        return due_words(instance, clock.now())


class PromiseIndexView(generic.IndexView):
    """What is owed, the most urgent first; the ended ones after it."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("owner")

    def order_queryset(self, queryset: Any) -> Any:
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        return queryset.order_by(F("done_at").asc(nulls_first=True), "due_at", "id")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("kind", label=_("What"), accessor=lambda promise: kind_words(promise.kind), get_url=self.get_inspect_url),
            DueColumn("due", label=_("Due")),
            Column("due_at", label=_("Until"), accessor=due_moment, sort_key="due_at"),
            Column("subject_ref", label=_("Which")),
            Column("owner", label=_("Taken by")),
            Column("team", label=_("Team")),
        ]


class PromiseInspectView(generic.InspectView):
    """One promise, and what can be done with it."""

    def get_kind_display_value(self) -> str:
        return kind_words(self.object.kind)

    def get_due_at_display_value(self) -> str:
        return f"{due_moment(self.object)} · {due_words(self.object, clock.now())}"

    @cached_property
    def header_buttons(self) -> list[Any]:
        user, row = self.request.user, self.object
        ways = [
            (user_can_take(user, row) and row.owner_id != user.pk, gettext("Take it on"), "take", "user"),
            (user_can_keep(user, row), gettext("Do it") if where_done(row) else gettext("Done"), "keep", "check"),
            (user_can_drop(user, row), gettext("Will not be done"), "drop", "cross"),
        ]
        return [HeaderButton(label, url=reverse(f"promises:{name}", args=[row.pk]), icon_name=icon) for may, label, name, icon in ways if may]


class PromiseViewSet(HubViewSet):
    """Promises have a life of their own: looked at and acted on, never edited."""

    model = Promise
    icon = "list-ul"
    menu_label = _("Promises due")
    menu_name = "promises"
    menu_order = 200
    add_to_admin_menu = True
    questions = {"view": user_can_see_promises}
    form_fields = ["note"]
    index_view_class = PromiseIndexView
    inspect_view_class = PromiseInspectView
    inspect_view_enabled = True
    inspect_view_fields = [
        "kind", "subject_label", "subject_ref", "due_at", "owner", "team", "note", "made_at", "taken_at", "done_at", "outcome", "reason",
    ]  # fmt: skip
    filterset_class = PromiseFilterSet
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("take/<int:pk>/", views.take, name="take"),
            path("keep/<int:pk>/", views.keep, name="keep"),
            path("drop/<int:pk>/", views.drop, name="drop"),
        ]


@hooks.register("register_admin_viewset")
def register_promises() -> PromiseViewSet:
    return PromiseViewSet("promises")
