"""The notices as a feed."""

from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from cms.models.notice import notices_of
from hub.core import clock
from hub.hubs.models import Hub

LENGTH = 20


class NoticesFeed(Feed):
    """/notices/feed/: the newest notices in the reader's language; dates begin at midnight of the house."""

    def get_object(self, request: HttpRequest) -> Hub:
        if request.hub is None:  # type: ignore[attr-defined]  # set by HubMiddleware
            raise Http404
        self.request = request
        hub: Hub = request.hub  # type: ignore[attr-defined]  # as above
        return hub

    def title(self, hub: Hub) -> str:
        return _("%(hub)s: notices") % {"hub": hub.name}

    def link(self, hub: Hub) -> str:
        return self.request.path.removesuffix("feed/")

    def description(self, hub: Hub) -> str:
        return hub.line or hub.name

    def items(self, hub: Hub) -> Any:
        return notices_of(hub).order_by("-published_on", "-pk")[:LENGTH]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.share_description)

    def item_link(self, item: Any) -> str:
        return str(item.get_url(self.request) or "")

    def item_pubdate(self, item: Any) -> datetime:
        return clock.at(item.published_on, time.min)
