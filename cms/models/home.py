"""The home page."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms import live
from cms.blocks import HomeBlock, hours_of
from cms.models.public import PublicPage

SIDE_BY_SIDE = ("happenings", "notices")  # neighbours of these kinds share a row on a wide screen


class HomePage(PublicPage):
    """The front door; one in each language."""

    body = StreamField(HomeBlock(), blank=True, verbose_name=_("content"))

    template = "cms/home.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["cms.StandardPage", "cms.NoticeIndexPage"]
    content_panels = [*PublicPage.content_panels, FieldPanel("body")]
    search_fields = [*PublicPage.search_fields, index.SearchField("body")]
    page_description = _("The first page people see: the house, today, the ways in.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["is_home"] = True
        context["rows"] = rows_of(list(self.body))
        return context

    def elder_context(self, hub: Any) -> dict[str, Any]:
        """For the elder view: the doors, until when the house is open, what is on."""
        front = next((block.value for block in self.body if block.block_type == "front"), None)
        return {
            "doors": list(front["doors"]) if front else [],
            "card": live.today_card(hub, hours_of(front) if front else []),
            "happenings": live.happenings(hub),
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
