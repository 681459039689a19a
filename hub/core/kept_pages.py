"""Public pages kept for a few seconds in each process.

Nothing is ever invalidated: a publish or a booking shows within KEPT_PAGES_SECONDS by construction. wagtail-cache was tried (pins
Wagtail below 8 and serves the plain page to readers of the elder view), and Django's cache middleware (keeps a private copy for
every cookie).
"""

from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from hub.core import elder

NEVER_KEPT = ("/admin/", "/api/", "/desk/", "/me/", "/login/", "/find/", "/healthz", "/readyz", "/media/")


class KeptPagesMiddleware:
    """Answers a signed-out visitor's GET from memory.

    Kept by scheme, host, path and view; only without a query and without cookies other than the view and the CSRF token. A page
    is put by only when no CSRF cookie came or was set, so a page with a form never keeps somebody's token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.KEPT_PAGES_SECONDS or not self.may_be_kept(request):
            return self.get_response(request)
        key = f"{request.scheme}|{request.get_host()}|{request.path_info}|{elder.text_size(request)}"
        kept = caches["pages"].get(key)
        if kept is not None:
            body, headers = kept
            return HttpResponse(body, headers=headers)
        response = self.get_response(request)
        if self.may_be_stored(request, response):
            caches["pages"].set(key, (response.content, dict(response.items())), settings.KEPT_PAGES_SECONDS)
        return response

    @staticmethod
    def may_be_kept(request: HttpRequest) -> bool:
        return (
            request.method == "GET"
            and not request.META.get("QUERY_STRING")
            and not request.COOKIES.keys() - {elder.COOKIE, settings.CSRF_COOKIE_NAME}
            and not request.path_info.startswith(NEVER_KEPT)
        )

    @staticmethod
    def may_be_stored(request: HttpRequest, response: HttpResponse) -> bool:
        control = response.get("Cache-Control", "")
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and settings.CSRF_COOKIE_NAME not in request.COOKIES
            and "no-store" not in control
            and "private" not in control
        )
