"""Where a hub's pages hang in the tree."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class HubFolder(Page):
    """Holds one hub's home pages and is never shown itself.

    It is the highest page that hub's staff may see: with two home pages side by side below the root, Wagtail's explorer would open
    the root to them, and with it every other hub's pages.
    """

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["cms.HomePage"]

    class Meta:
        verbose_name = _("pages of a hub")
        verbose_name_plural = _("pages of hubs")
