"""The home page."""

from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms import live
from cms.blocks import HomeBlock, hours_of
from cms.models.public import PublicPage
from hub.core import elder
from hub.core.wording import time_words
from hub.hubs.models import Hub

ELDER_HAPPENINGS = 3
SIDE_BY_SIDE = ("happenings", "notices")  # neighbours of these kinds share a row on a wide screen


class HomePage(PublicPage):
    """The front door; one in each language."""

    body = StreamField(HomeBlock(), blank=True, verbose_name=_("content"))

    template = "cms/home.html"
    max_count_per_parent = len(settings.LANGUAGES)
    parent_page_types: ClassVar[list[str]] = ["cms.HubFolder"]
    subpage_types: ClassVar[list[str]] = ["cms.StandardPage", "cms.NoticeIndexPage"]
    content_panels = [*PublicPage.content_panels, FieldPanel("body")]
    page_description = _("The first page people see: the house, today, the ways in.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context |= {"is_home": True, "body_class": "page-home"}
        if elder.text_size(request):
            context.update(self.elder_context(request.hub))  # type: ignore[attr-defined]  # set by HubMiddleware
        else:
            context["rows"] = rows_of(list(self.body))
        return context

    def elder_context(self, hub: Hub) -> dict[str, Any]:
        """For the elder view, which shows fewer things: the doors, until when the house is open, what is on."""
        front = next((block.value for block in self.body if block.block_type == "front"), None)
        card = live.today_card(hub, hours_of(front) if front else [])
        return {
            "doors": list(front["doors"]) if front else [],
            "card": card,
            "until_words": time_words(card.open.until, spoken=True) if card.open.until else "",
            "happenings": live.happenings(hub, ELDER_HAPPENINGS),
        }


def rows_of(blocks: list[Any]) -> list[list[Any]]:
    """The blocks in rows: two neighbours of the kinds in SIDE_BY_SIDE stand beside each other, all others alone."""
    rows: list[list[Any]] = []
    for block in blocks:
        last = rows[-1] if rows else []
        if block.block_type in SIDE_BY_SIDE and len(last) == 1 and last[0].block_type in SIDE_BY_SIDE:
            last.append(block)
        else:
            rows.append([block])
    return rows
