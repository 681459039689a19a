"""The gate before Wagtail's own admin screens: which of them are open in this house, to whom, and for which pages.

Wagtail asks its permissions screen by screen; some screens ask only when something is posted, some show every hub's rows, and what is
forbidden is answered otherwise than what does not exist. Here the question is asked once, before the screen, and the answer is 404.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from cms.permissions import user_can_write_pages
from cms.queries import is_page_at

# Nobody's: accounts, groups, sites and ways to publication are kept by actions and commands, and belong to more than one hub.
CLOSED = (
    "collections/",
    "embeds/",
    "failwhale/",
    "groups/",
    "locales/",
    "redirects/",
    "reports/page-types-usage/",
    "settings/",
    "sites/",
    "snippets/",
    "test404/",
    "translation/submit/snippet/",
    "users/",
    "workflows/",
)
FOR_WRITERS = (
    "api/main/",
    "block-preview/",
    "bulk/",
    "choose-",
    "documents/",
    "editing-sessions/",
    "images/",
    "pages/",
    "reports/",
    "tag-autocomplete/",
    "translation/",
)
OPEN_NOW = "editing-sessions/ping/"  # who else has a row open: asked of pages alone
PAGES = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
PAGE_BY = {"pk": ("pages/", "api/main/pages/"), "object_id": (OPEN_NOW,)}  # below these it is a page too


def gate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap one of Wagtail's admin views. Who is signed out goes on, to be sent to the door."""

    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not may_open(request, kwargs):
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            raise Http404 from None

    return inside


def may_open(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Whether this user may open this screen at this hub, for the pages its address names."""
    screen = request.path_info.removeprefix(reverse("wagtailadmin_home"))
    if screen.startswith(CLOSED) or (screen.startswith(OPEN_NOW) and kwargs.get("app_label") != "cms"):
        return False
    if not screen.startswith(FOR_WRITERS):
        return True
    asked = [number for name, number in kwargs.items() if name in PAGES or screen.startswith(PAGE_BY.get(name, ("no screen",)))]
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    return user_can_write_pages(request.user) and all(str(number).isdecimal() and is_page_at(hub, number) for number in asked)


def as_if_absent(request: HttpRequest) -> HttpResponse:
    """In place of Wagtail's "you do not have permission", which tells what exists."""
    raise Http404
