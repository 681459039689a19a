"""The way from the admin to the month's work."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from hub.review.permissions import user_can_review


class ReviewItem(MenuItem):
    """Shown to those who review."""

    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_review(request.user)


@hooks.register("register_admin_menu_item")
def to_the_review() -> ReviewItem:
    return ReviewItem(_("Monthly review"), reverse_lazy("review:month"), name="to-the-review", icon_name="tasks", order=60)
