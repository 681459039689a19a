"""Notices: pinned, dated, gone when they are over."""

from typing import Any, ClassVar, Self

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models.public import PublicPage
from hub.core import clock
from hub.hubs.models import Hub

PAGE_SIZE = 20


class NoticeQuerySet(PageQuerySet):
    """Notices …"""

    def current(self) -> Self:
        """… that hang on the board now. Expiry holds to the minute, not to the next run of the job that unpublishes."""
        return self.live().filter(Q(expire_at__isnull=True) | Q(expire_at__gt=clock.now()))

    def newest_first(self) -> Self:
        """… pinned ones on top."""
        return self.order_by("-is_pinned", "-published_on", "-pk")


class NoticePage(PublicPage):
    """One notice on the board."""

    published_on = models.DateField(_("date"), default=clock.today)
    is_pinned = models.BooleanField(_("pinned"), default=False, help_text=_("Stays on top of the list."))
    intro = models.TextField(_("in one sentence"), max_length=200, blank=True, help_text=_("What it is about; shown in lists and share cards."))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("content"))

    objects = PageManager.from_queryset(NoticeQuerySet)()

    template = "cms/notice.html"
    parent_page_types: ClassVar[list[str]] = ["cms.NoticeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [*PublicPage.content_panels, FieldPanel("intro"), FieldPanel("published_on"), FieldPanel("is_pinned"), FieldPanel("body")]
    search_fields = [
        *PublicPage.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
        index.FilterField("published_on"),
        index.FilterField("is_pinned"),
    ]
    page_description = _("For what passes: a closed day, an activity, a deadline. Set an end, and it comes down by itself.")

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    @property
    def is_over(self) -> bool:
        """Whether its end has passed, though the job has not taken it down yet."""
        return self.expire_at is not None and self.expire_at <= clock.now()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_over:
            raise Http404("the notice is over")
        return super().serve(request, *args, **kwargs)


class NoticeIndexPage(PublicPage):
    """The notice board."""

    intro = models.TextField(_("opening sentence"), max_length=300, blank=True)

    template = "cms/notices.html"
    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.NoticePage"]
    content_panels = [*PublicPage.content_panels, FieldPanel("intro")]
    search_fields = [*PublicPage.search_fields, index.SearchField("intro")]
    page_description = _("The list of all notices.")

    class Meta:
        verbose_name = _("notice board")
        verbose_name_plural = _("notice boards")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        notices = notices_of(request.hub)  # type: ignore[attr-defined]  # set by HubMiddleware
        context["notices"] = Paginator(notices, PAGE_SIZE).get_page(request.GET.get("page"))
        return context


def notices_of(hub: Hub) -> NoticeQuerySet:
    """The hub's notices in the language being read, pinned first; on English pages also the Chinese ones that nobody has translated.

    `locale` comes along, so that a Chinese title can be marked.
    """
    chinese = hub.site.root_page
    here = NoticePage.objects.descendant_of(chinese)
    if get_language() == "en":
        english = chinese.get_translations().filter(locale__language_code="en").first()
        translated: Any = NoticePage.objects.none()
        if english is not None:
            translated = NoticePage.objects.descendant_of(english).current()
        untranslated = Q(path__startswith=chinese.path) & ~Q(translation_key__in=translated.values("translation_key"))
        here = NoticePage.objects.filter(untranslated | Q(pk__in=translated.values("pk")))
    return here.current().select_related("locale").newest_first()


def board_of(hub: Hub) -> Page | None:
    """The hub's Chinese notice board, where staff write; None before the hub is opened."""
    return NoticeIndexPage.objects.child_of(hub.site.root_page).first()
