"""The woodpecker board in the Wagtail admin: newspapers, editions, prizes and kinds are plain data; reports, errors and awards have a life of their own."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from mutualaid.woodpecker.past_import import PastWinnerImport
from mutualaid.woodpecker.screens_editions import AwardViewSet, EditionViewSet, NewspaperViewSet, PastWinnerViewSet, PrizeViewSet
from mutualaid.woodpecker.screens_reports import ErrorViewSet, KindViewSet, ReportViewSet


class WoodpeckerGroup(ViewSetGroup):
    """Who found what in the newspaper, and what they get for it."""

    menu_label = _("Woodpecker")
    menu_icon = "comment"
    menu_name = "woodpecker"
    menu_order = 172
    items = (EditionViewSet, ReportViewSet, ErrorViewSet, AwardViewSet, PrizeViewSet, KindViewSet, NewspaperViewSet, PastWinnerViewSet)


@hooks.register("register_admin_viewset")
def register_woodpecker() -> list[object]:
    return [WoodpeckerGroup(), PastWinnerImport("past_winner_import")]
