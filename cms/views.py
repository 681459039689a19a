"""Search, the files of the public site, and its map."""

import mimetypes
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.queries import found_pages, readable_pages
from cms.search import QUESTION_LENGTH

PAGE_SIZE = 10
RENDITION = re.compile(r"images/[^/\\]+\.(?:jpe?g|png|webp)")
ONE_DAY = 60 * 60 * 24


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """/search/?q=…: pages of this hub, in the reader's language first."""
    asked = request.GET.get("q", "").replace("\0", " ").strip()[:QUESTION_LENGTH]
    found = found_pages(request.hub, asked) if asked else []  # type: ignore[attr-defined]  # set by HubMiddleware
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "cms/search.html", {"asked": asked, "found": page, "rest": f"&{urlencode({'q': asked})}"})


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """A picture in the size a page shows it. Originals and documents are not served here; production's web server does the same."""
    if not RENDITION.fullmatch(name):
        raise Http404
    try:
        picture = default_storage.open(name)
    except (OSError, SuspiciousFileOperation, ValueError):
        raise Http404 from None
    response = FileResponse(picture, content_type=mimetypes.guess_type(name)[0] or "application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["Cache-Control"] = f"public, max-age={ONE_DAY}"
    return response


class PublicPages(Sitemap[Page]):
    """Every live page of one hub, in both languages."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def items(self) -> Iterable[Page]:
        return readable_pages(self.request.hub).order_by("path").defer_streamfields().specific()  # type: ignore[attr-defined]  # set by HubMiddleware

    def _urls(self, page: int | str, protocol: str, domain: str) -> list[dict[str, Any]]:
        self.latest_lastmod: datetime | None = None
        return [
            {"location": entry["location"], "lastmod": entry["lastmod"], "alternates": []}
            for item in self.paginator.page(page).object_list
            for entry in item.get_sitemap_urls(self.request)
        ]


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """/sitemap.xml of the hub at this address."""
    if request.hub is None:  # type: ignore[attr-defined]  # set by HubMiddleware
        raise Http404
    return sitemap_view(request, {"pages": PublicPages(request)})
