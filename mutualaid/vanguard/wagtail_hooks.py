"""Vanguard posts in the Wagtail admin: posts and tags are plain data; terms, ratings, boxes and months have a life of their own."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from mutualaid.vanguard.post_import import PostImport
from mutualaid.vanguard.screens_posts import DutyViewSet, PostViewSet, TagViewSet, TermViewSet, VisitViewSet
from mutualaid.vanguard.screens_ratings import BoxViewSet, RatingViewSet, StrikeViewSet


class VanguardGroup(ViewSetGroup):
    """Who answers for what, and how it was."""

    menu_label = _("Vanguard posts")
    menu_icon = "pick"
    menu_name = "vanguard"
    menu_order = 175
    items = (RatingViewSet, VisitViewSet, PostViewSet, TermViewSet, DutyViewSet, BoxViewSet, StrikeViewSet, TagViewSet)


@hooks.register("register_admin_viewset")
def register_vanguard() -> list[object]:
    return [VanguardGroup(), PostImport("vanguard_import")]
