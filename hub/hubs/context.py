"""What base.html shows on every page: whose house this is, the ways through it, the language and the view."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hub.core import elder
from hub.hubs.current import hub_of

PREFIX_OF = {"zh-hans": "", "en": "/en"}
OUTSIDE_LANGUAGES = ("/admin/", "/desk/", "/api/", "/healthz", "/readyz")


def house(request: HttpRequest) -> dict[str, Any]:
    """Context for base.html; nothing here asks who is signed in unless a session cookie came."""
    language = get_language() or settings.LANGUAGE_CODE
    prefix = PREFIX_OF.get(language, "")
    size = elder.text_size(request)
    here = request.path
    is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
    return {
        "hub": hub_of(request),
        "language_code": language,
        "elder": bool(size),
        "text_size": size or elder.SMALLEST,
        "elder_url": _with_view(request, "elder"),
        "plain_url": _with_view(request, elder.PLAIN),
        "bigger_url": _with_view(request, elder.view_name(size + elder.STEP)) if elder.SMALLEST <= size < elder.LARGEST else "",
        "smaller_url": _with_view(request, elder.view_name(size - elder.STEP)) if size > elder.SMALLEST else "",
        "other_language_code": "en" if language == "zh-hans" else "zh-hans",
        "other_language_url": other_language_url(request),
        "home_url": f"{prefix}/",
        "nav": _ways(here, prefix),
        "footer_nav": _footer_ways(prefix, is_signed_in=is_signed_in),
        "signed_in": is_signed_in,
    }


def other_language_url(request: HttpRequest) -> str:
    """The same page in the other language, query kept; a page translation may set `request.translated_path`."""
    path = getattr(request, "translated_path", "") or _swapped(request.path)
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


def _swapped(path: str) -> str:
    if path == "/en" or path.startswith("/en/"):
        return path.removeprefix("/en") or "/"
    return path if path.startswith(OUTSIDE_LANGUAGES) else f"/en{path}"


def _with_view(request: HttpRequest, view: str) -> str:
    query = request.GET.copy()
    query["view"] = view
    return f"?{query.urlencode()}"


def _ways(here: str, prefix: str) -> list[dict[str, Any]]:
    ways = [
        (_("Home"), "/"),
        (_("Book a room"), "/rooms/"),
        (_("Services"), "/services/"),
        (_("Notices"), "/notices/"),
        (_("Find my booking"), "/find/"),
        (_("My things"), "/me/"),
    ]
    return [
        {
            "label": label,
            "url": prefix + path,
            "is_current": here == prefix + path or (path != "/" and here.startswith(prefix + path)),
            "on_phone": path != "/find/",  # five words fit; the footer has this one, too
        }
        for label, path in ways
    ]


def _footer_ways(prefix: str, *, is_signed_in: bool) -> list[dict[str, str]]:
    ways = [
        (_("Find a booking by its number"), "/find/"),
        (_("Book for somebody else"), "/rooms/"),
        (_("Volunteers"), "/volunteer/"),
        (_("Swap shop"), "/swap/"),
        (_("Clothes to give and to get"), "/clothing/"),
        (_("Vanguard posts"), "/vanguard/"),
        (_("Woodpecker"), "/woodpecker/"),
        (_("All notices"), "/notices/"),
        (_("Accessibility"), "/accessibility/"),
        (_("How we look after your data"), "/privacy/"),
        (_("My things"), "/me/") if is_signed_in else (_("Sign in"), "/login/"),
    ]
    return [{"label": label, "url": prefix + path} for label, path in ways]
