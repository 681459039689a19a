"""What a browser leaves with a rating, for the rule about bursts: keyed hashes, no address and no name of a browser in the clear."""

from typing import Any

from django.http import HttpRequest

from hub.core.references import new_token
from hub.people.signin.throttle import address_of
from mutualaid.vanguard.actions.rating import Came, keyed
from mutualaid.vanguard.months import period_of, this_month

COOKIE = "rated"
A_YEAR = 365 * 24 * 60 * 60
KEPT = 32  # characters of each hash


def came_by(request: HttpRequest, source: str) -> Came:
    """The browser as it came; the address is hashed together with the month, so that no two months can be joined by it."""
    head = request.headers
    browser = f"{head.get('user-agent', '')}|{head.get('accept-language', '')}"
    cookie = request.COOKIES.get(COOKIE, "")
    return Came(
        source=source,
        user=request.user,
        mark=keyed("mark", browser)[:KEPT],
        address=keyed("address", f"{period_of(this_month())}|{address_of(request)}")[:KEPT],
        cookie=keyed("cookie", cookie[:64])[:KEPT] if cookie else "",
    )


def remember(request: HttpRequest, response: Any) -> Any:
    """Leave the cookie that tells the next rating from here from another browser's."""
    if COOKIE not in request.COOKIES:
        response.set_cookie(COOKIE, new_token(), max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    return response
