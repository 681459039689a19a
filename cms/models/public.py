"""What every public page has: an address in the reader's language, a share card, a translation."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from cms.forms import PublicPageForm

HOME_DEPTH = 3  # root, the hub's folder, its home pages


class PublicPage(Page):
    """A page of a hub's public site."""

    share_picture = models.ForeignKey(
        "cms.HubImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture for share cards"),
        help_text=_("Shown when the page is sent in WeChat."),
    )

    base_form_class = PublicPageForm
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description"), FieldPanel("share_picture")],
            heading=_("In search engines and share cards"),
        ),
    ]

    class Meta:
        abstract = True

    @cached_property
    def share_title(self) -> str:
        return str(self.seo_title or self.title)

    @cached_property
    def share_description(self) -> str:
        """What the page is about in one or two sentences; what an editor wrote, else its first words."""
        return str(self.search_description or getattr(self, "intro", ""))

    @cached_property
    def html_language(self) -> str:
        """For lang attributes."""
        return "en" if self.locale.language_code == "en" else "zh-Hans"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.translated_path = translated_path(self, request)  # type: ignore[attr-defined]  # read by the language switch
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["back_url"] = self.get_parent().get_url(request) if self.depth > HOME_DEPTH else ""
        return context


def translated_path(page: Page, request: HttpRequest) -> str:
    """Where the language switch leads: the page's translation, else that of the nearest page above it; "" when there is none.

    One query: all translations of the page and of those above it.
    """
    steps = [page.path[:end] for end in range(HOME_DEPTH * page.steplen, len(page.path) + 1, page.steplen)]
    keys = Page.objects.filter(path__in=steps).values("translation_key")
    found = Page.objects.filter(translation_key__in=keys, live=True).exclude(locale_id=page.locale_id).order_by("-depth").first()
    return str(found.get_url(request) or "") if found else ""
