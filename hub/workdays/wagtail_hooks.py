"""What staff see of the calendar: the special days, and a banner while a year's are unconfirmed."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from hub.core import clock
from hub.core.wording import date_words
from hub.hubs.viewsets import HubViewSet
from hub.workdays import views
from hub.workdays.actions import renew_version
from hub.workdays.calendar import calendar_of
from hub.workdays.forms import SpecialDayForm
from hub.workdays.models import SpecialDay
from hub.workdays.permissions import user_can_delete_day, user_can_keep_days
from hub.workdays.rules import years_to_confirm
from hub.workdays.states import Sources


def open_years(request: HttpRequest) -> list[dict[str, Any]]:
    """The years this user should look through, with the address where that is done."""
    if not user_can_keep_days(request.user):
        return []
    confirmed = calendar_of(request.hub).confirmed_years  # type: ignore[attr-defined]  # set by HubMiddleware
    years = years_to_confirm(clock.today(), confirmed)
    return [{"year": year, "url": reverse("special_days:confirm", args=[year])} for year in years]


class SpecialDayIndexView(generic.IndexView):
    """The list, with a button for each year that waits to be confirmed."""

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("label", label=pgettext_lazy("of a thing", "Name"), get_url=self.get_edit_url),
            Column("day_on", label=_("Day"), accessor=lambda row: date_words(row.day_on), sort_key="day_on"),
            Column("get_kind_display", label=_("Kind")),
            Column("get_hours_of_display", label=_("Opening hours of"), accessor=lambda row: row.get_hours_of_display() or "—"),
            Column("get_source_display", label=_("Source")),
            BooleanColumn("is_confirmed", label=_("Confirmed")),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        confirm = [
            HeaderButton(gettext("Confirm %(year)s") % {"year": row["year"]}, url=row["url"], icon_name="check") for row in open_years(self.request)
        ]
        return [*super().header_buttons, *confirm]


class SpecialDayCreateView(generic.CreateView):
    """The hub is known before the form is asked, so that the form can say that a day stands already."""

    def get_initial_form_instance(self) -> SpecialDay:
        return SpecialDay(hub=self.request.hub)


class SpecialDayViewSet(HubViewSet):
    """Plain data, edited by clerks and the director; each change gives the calendar a new version."""

    model = SpecialDay
    icon = "calendar"
    menu_label = _("Special days")
    menu_name = "special_days"
    menu_order = 500
    add_to_admin_menu = True
    questions = {"add": user_can_keep_days, "change": user_can_keep_days, "delete": user_can_delete_day, "view": user_can_keep_days}
    form_fields = ["day_on", "kind", "label_zh", "label_en", "hours_of"]
    index_view_class = SpecialDayIndexView
    add_view_class = SpecialDayCreateView
    list_filter = {"day_on": ["year"], "kind": ["exact"]}
    list_per_page = 60
    ordering = ["day_on"]

    def get_form_class(self, for_update: bool = False) -> type[SpecialDayForm]:
        return SpecialDayForm

    def after_save(self, request: HttpRequest, row: Any, changed: list[str], is_new: bool) -> None:
        """What a person wrote is the house's own word from now on."""
        super().after_save(request, row, changed, is_new)
        SpecialDay.objects.filter(pk=row.pk).update(source=Sources.STAFF, is_confirmed=True)
        renew_version(request.hub)  # type: ignore[attr-defined]  # set by HubMiddleware

    def write_audit_line(self, request: HttpRequest, row: Any, verb: str, changed: list[str]) -> None:
        """A deletion passes here in its transaction, and only here."""
        super().write_audit_line(request, row, verb, changed)
        if verb == "delete":
            renew_version(request.hub)  # type: ignore[attr-defined]  # set by HubMiddleware

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("confirm/<int:year>/", views.confirm, name="confirm")]


@hooks.register("register_admin_viewset")
def register_special_days() -> SpecialDayViewSet:
    return SpecialDayViewSet("special_days")


class YearsToConfirm(Component):
    """The banner on the admin's first page."""

    template_name = "workdays/years_to_confirm.html"
    order = 50

    def __init__(self, years: list[dict[str, Any]]) -> None:
        self.years = years

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"years": self.years}


@hooks.register("construct_homepage_panels")
def ask_for_confirmation(request: HttpRequest, panels: list[Component]) -> None:
    years = open_years(request)
    if years:
        panels.append(YearsToConfirm(years))
