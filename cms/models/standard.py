"""Standing pages: accessibility, privacy, about the house."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models.public import PublicPage


class StandardPage(PublicPage):
    """A page that stays: an opening sentence, then text, pictures and links."""

    intro = models.TextField(_("opening sentence"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("content"))

    template = "cms/standard.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage", "cms.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["cms.StandardPage"]
    content_panels = [*PublicPage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    search_fields = [*PublicPage.search_fields, index.SearchField("intro"), index.SearchField("body")]
    page_description = _("For what stays: how to get here, what we do, the rules of the house.")

    class Meta:
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")
