"""Where the pages stand in the admin: their addresses and their menu."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from hub.desk import views
from hub.desk.call_screens import CallsGroup
from hub.desk.permissions import user_can_reconcile, user_can_see_figures, user_can_see_waived, user_can_serve_callers


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("figures/", views.figures, name="desk_figures"),
        path("money/day/", views.money_day, name="desk_money_day"),
        path("money/waived/", views.money_waived, name="desk_money_waived"),
    ]


class AskedItem(MenuItem):
    """Shown to those who may open it."""

    def __init__(self, *args: Any, may: Callable[[Any], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may = may

    def is_shown(self, request: HttpRequest) -> bool:
        return self.may(request.user)


@hooks.register("register_admin_menu_item")
def numbers() -> SubmenuMenuItem:
    items = [
        AskedItem(_("Figures"), reverse_lazy("desk_figures"), name="figures", icon_name="order", order=1, may=user_can_see_figures),
        AskedItem(_("Money of the day"), reverse_lazy("desk_money_day"), name="money-day", icon_name="tasks", order=2, may=user_can_reconcile),
        AskedItem(_("Money waived"), reverse_lazy("desk_money_waived"), name="money-waived", icon_name="tag", order=3, may=user_can_see_waived),
    ]
    return SubmenuMenuItem(_("In numbers"), Menu(items=items), name="in-numbers", icon_name="order", order=180)


@hooks.register("register_admin_viewset")
def register_calls() -> CallsGroup:
    return CallsGroup()


@hooks.register("register_admin_menu_item")
def to_the_desk() -> AskedItem:
    """From the admin to the desk itself."""
    return AskedItem(_("Hotline and counter"), reverse_lazy("desk:board"), name="to-the-desk", icon_name="mobile-alt", order=50, may=user_can_serve_callers)
