"""Where somebody comes out after signing in, and for how long the session holds."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from hub.core import clock
from hub.hubs.current import hub_of
from hub.people.queries import resident_of, residents_known_by
from hub.people.signin.rules import safe_path
from hub.people.states import USES_THE_ADMIN

BEGAN_AT = "signin_began_at"
IS_STAFF = "signin_is_staff"


def begin_session(request: HttpRequest, user: Any) -> None:
    """Note when it began and whether it is a member of staff's: theirs are shorter (middleware.SessionEndMiddleware)."""
    user.acting_at = hub_of(request)
    request.session[BEGAN_AT] = int(clock.now().timestamp())
    request.session[IS_STAFF] = user.roles.exists()


def home_of(request: HttpRequest, user: Any) -> str:
    """The admin for those who work there, their own page for everybody else, in the page's language."""
    hub = hub_of(request)
    if hub and not user.roles_at(hub.pk).isdisjoint(USES_THE_ADMIN):
        return reverse("wagtailadmin_home")
    prefix = "/en" if get_language() == "en" else ""
    return prefix + settings.LOGIN_REDIRECT_URL


def first_page(request: HttpRequest, user: Any, wanted: str) -> str:
    """The page that was asked for, or home; before it, once, the question whether this is somebody the house knows."""
    goal = safe_path(wanted) or home_of(request, user)
    if number_is_known(user, hub_of(request)):
        return f"{reverse('signin_is_this_you')}?{urlencode({'next': goal})}"
    return goal


def number_is_known(user: Any, hub: Any) -> bool:
    """Whether the account's number stands with somebody who has no account yet, and the account belongs to nobody yet."""
    if hub is None or not user.phone or not user.phone_verified:
        return False
    return bool(residents_known_by(user.phone, hub)) and resident_of(user, hub) is None
