"""Staff screens: kinds of work, shifts, sign-ups."""

from typing import Any

import django_filters
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from hub.core import clock, wording
from hub.hubs.viewsets import HubFilterSet, HubViewSet, row
from mutualaid.volunteers import staff
from mutualaid.volunteers.actions import fill_places
from mutualaid.volunteers.actions.shifts import new_marks
from mutualaid.volunteers.models import Opportunity, Shift, SignUp
from mutualaid.volunteers.permissions import user_can_keep_volunteers, user_can_see_shifts, user_can_serve_sign_ups
from mutualaid.volunteers.staff_forms import ShiftForm


class OpportunityIndexView(generic.IndexView):
    """Kinds of work."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("team")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("name_zh", label=pgettext_lazy("of a thing", "Name"), get_url=self.get_edit_url, sort_key="name_zh"),
            Column("team", label=pgettext_lazy("volunteers", "Team")),
            Column("where_zh", label=_("Where")),
            BooleanColumn("is_published", label=_("Shown")),
        ]


class OpportunityViewSet(HubViewSet):
    """What can be helped with."""

    model = Opportunity
    icon = "list-ul"
    menu_label = _("Kinds of work")
    questions = {"view": user_can_keep_volunteers, "add": user_can_keep_volunteers, "change": user_can_keep_volunteers}
    index_view_class = OpportunityIndexView
    list_filter = ["is_published"]
    list_export = ["name_zh", "name_en", "team", "where_zh", "youngest", "withdraw_hours", "is_published"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            MultiFieldPanel([row("name_zh", "name_en"), row("about_zh", "about_en"), row("where_zh", "where_en")], heading=_("What and where")),
            MultiFieldPanel([row("needs_zh", "needs_en"), row("youngest", "withdraw_hours"), row("team", "is_published")], heading=_("Who")),
        ]
    )


class ShiftFilterSet(HubFilterSet):
    """When; which work."""

    starts_at = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = Shift
        fields = ["opportunity"]


class WhenColumn(Column):
    """Day and times of a shift, or of the shift signed up for."""

    def get_value(self, instance: Any) -> str:
        shift = getattr(instance, "shift", instance)
        return wording.when_words(shift.starts_at, shift.ends_at)


class PlacesColumn(Column):
    """5/6, 2 waiting."""

    def get_value(self, instance: Shift) -> str:
        taken = f"{instance.going_count}/{instance.places_count}"
        return gettext("%(taken)s, %(n)s waiting") % {"taken": taken, "n": instance.waiting_count} if instance.waiting_count else taken


class OffColumn(Column):
    """Whether it was called off."""

    def get_value(self, instance: Shift) -> str:
        return gettext("called off") if instance.is_called_off else ""


class ShiftIndexView(generic.IndexView):
    """The latest first."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().with_going().select_related("opportunity")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("opportunity", label=_("Work"), get_url=self.get_inspect_url),
            WhenColumn("starts_at", label=_("When"), sort_key="starts_at"),
            PlacesColumn("places_count", label=pgettext_lazy("volunteers", "Places")),
            OffColumn("called_off_at", label=_("State")),
        ]


class ShiftInspectView(generic.InspectView):
    """One shift, who comes, and what can be done with it."""

    def get_fields(self) -> list[str]:
        return [name for name in super().get_fields() if name != "code" or user_can_keep_volunteers(self.request.user)]

    @cached_property
    def header_buttons(self) -> list[Any]:
        shift, now, keeps = self.object, clock.now(), user_can_keep_volunteers(self.request.user)
        is_open = not shift.is_called_off and not shift.has_begun(now)
        ways = [
            (True, gettext("Who comes"), f"{reverse('signup:index')}?shift={shift.pk}", "list-ul"),
            (is_open, gettext("Sign somebody up"), reverse("shift:join", args=[shift.pk]), "plus"),
            (keeps, gettext("Sheet for the place"), reverse("shift:card", args=[shift.pk]), "doc-full"),
            (keeps, gettext("Sign-in sheet"), reverse("shift:sheet", args=[shift.pk]), "doc-full"),
            (keeps and shift.has_begun(now), gettext("Type the signed sheet"), reverse("shift:attendance", args=[shift.pk]), "form"),
            (keeps and shift.has_begun(now), gettext("Somebody came along"), reverse("shift:came_too", args=[shift.pk]), "user"),
            (keeps, gettext("Plan the weeks after"), reverse("shift:repeat", args=[shift.pk]), "date"),
            (keeps and is_open, gettext("Change"), reverse("shift:edit", args=[shift.pk]), "edit"),
            (keeps and is_open, gettext("Call the shift off"), reverse("shift:call_off", args=[shift.pk]), "cross"),
        ]
        return [HeaderButton(label, url=url, icon_name=icon) for is_so, label, url, icon in ways if is_so]


class ShiftCreateView(generic.CreateView):
    """A new shift gets its address and its code."""

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)
        for name, mark in new_marks().items():
            setattr(form.instance, name, mark)
        return form


class ShiftViewSet(HubViewSet):
    """Times of work, with their places."""

    model = Shift
    icon = "date"
    menu_label = _("Shifts")
    questions = {"view": user_can_see_shifts, "add": user_can_keep_volunteers, "change": user_can_keep_volunteers}
    index_view_class = ShiftIndexView
    add_view_class = ShiftCreateView
    inspect_view_class = ShiftInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["opportunity", "starts_at", "ends_at", "places_count", "code", "called_off_at", "reason", "settled_at"]
    filterset_class = ShiftFilterSet
    list_export = ["opportunity", "starts_at", "ends_at", "places_count", "called_off_at"]
    list_per_page = 50
    ordering = ["-starts_at"]
    edit_handler = ObjectList([FieldPanel("opportunity"), row("starts_at", "ends_at", "places_count")], base_form_class=ShiftForm)

    def after_save(self, request: HttpRequest, row: Any, changed: list[str], is_new: bool) -> None:
        """More places let those who wait up, in the same transaction."""
        super().after_save(request, row, changed, is_new)
        if not is_new:
            fill_places(shift=row, by=request.user)

    def get_urlpatterns(self) -> list[URLPattern]:
        buttons = ["join", "call_off", "repeat", "card", "sheet", "attendance", "came_too"]
        return [*super().get_urlpatterns(), *(path(f"{name.replace('_', '-')}/<int:pk>/", getattr(staff, name), name=name) for name in buttons)]


class SignUpFilterSet(HubFilterSet):
    """Which shift, which state, when; the director's figures lead here."""

    starts_at = django_filters.DateFromToRangeFilter(field_name="shift__starts_at", label=_("Day of the shift"), widget=DateRangePickerWidget)
    shift = django_filters.NumberFilter(field_name="shift_id", label=_("Number of the shift"))

    class Meta:
        model = SignUp
        fields = ["state", "channel"]


class ThereColumn(Column):
    """From when until when somebody was there."""

    def get_value(self, instance: SignUp) -> str:
        if instance.came_at is None:
            return ""
        came = f"{clock.local(instance.came_at):%H:%M}"
        return f"{came}–{clock.local(instance.left_at):%H:%M}" if instance.left_at else f"{came}–"


class SignUpIndexView(generic.IndexView):
    """Who comes; names masked."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("for_person", "shift__opportunity")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("for_person", label=_("Who"), get_url=self.get_inspect_url),
            Column("shift.opportunity", label=_("Work")),
            WhenColumn("shift", label=_("When")),
            Column("get_state_display", label=_("State"), sort_key="state"),
            ThereColumn("came_at", label=_("Was there")),
        ]


class SignUpInspectView(generic.InspectView):
    """One person in one shift."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        sign_up = self.object
        ways = [(gettext("To the shift"), reverse("shift:inspect", args=[sign_up.shift_id]), "date")]
        if sign_up.lives and not sign_up.shift.has_begun(clock.now()):
            ways.append((gettext("Let them off"), reverse("signup:withdraw", args=[sign_up.pk]), "cross"))
        return [HeaderButton(label, url=url, icon_name=icon) for label, url, icon in ways]


class SignUpViewSet(HubViewSet):
    """Looked at, never edited: each change is an action with its own button."""

    model = SignUp
    icon = "user"
    menu_label = _("Sign-ups")
    questions = {"view": user_can_serve_sign_ups}
    form_fields = ["reason"]
    index_view_class = SignUpIndexView
    inspect_view_class = SignUpInspectView
    inspect_view_enabled = True
    inspect_view_fields = [
        "shift", "for_person", "contact_phone", "state", "place_no", "asked_at", "channel", "taken_by", "promoted_at", "reminded_at", "came_at", "left_at",
        "is_leaving_assumed", "wrong_codes_count", "ended_at", "reason",
    ]  # fmt: skip
    filterset_class = SignUpFilterSet
    list_export = ["shift", "for_person", "state", "asked_at", "came_at", "left_at", "is_leaving_assumed", "channel"]
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("withdraw/<int:pk>/", staff.withdraw, name="withdraw")]
