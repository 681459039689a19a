"""A session that ends on time, and the second step before any staff page."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from hub.core import clock
from hub.hubs.middleware import STAFF_PREFIXES
from hub.people.signin import gateway
from hub.people.signin.landing import BEGAN_AT, IS_STAFF

# Household helpers' own list of jobs is opened by phone code on a doorstep; everything else of the staff's asks for the app.
SECOND_STEP_PREFIXES = tuple(prefix for prefix in STAFF_PREFIXES if not prefix.endswith("/jobs/"))
THE_DOOR = ("/admin/login/", "/admin/logout/")


class StaffDoorMiddleware:
    """Stands behind HubMiddleware. Asks nothing of visitors without a session.

    Ends a member of staff's session 12 hours after it began, a resident's after 14 days, however busy it was. Where STAFF_NEEDS_TOTP
    says so, a staff page opens only to a session that showed its app; it leads to setting one up, or to the door.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            turned_away = self.end_on_time(request) or self.ask_second_step(request)
            if turned_away:
                return turned_away
        return self.get_response(request)

    @staticmethod
    def end_on_time(request: HttpRequest) -> HttpResponse | None:
        """A session whose beginning is not known begins now."""
        now = int(clock.now().timestamp())
        began_at = request.session.get(BEGAN_AT)
        if began_at is None:
            request.session[BEGAN_AT] = now
            return None
        is_staff_page = request.path_info.startswith(STAFF_PREFIXES)
        at_work = is_staff_page or request.session.get(IS_STAFF, False)
        if now - began_at < (settings.STAFF_SESSION_SECONDS if at_work else settings.RESIDENT_SESSION_SECONDS):
            return None
        logout(request)
        return to_the_door(request) if is_staff_page else None

    @staticmethod
    def ask_second_step(request: HttpRequest) -> HttpResponse | None:
        path = request.path_info
        if not settings.STAFF_NEEDS_TOTP or not path.startswith(SECOND_STEP_PREFIXES) or path in THE_DOOR:
            return None
        if gateway.took_second_step(request, request.user):
            return None
        if gateway.was_asked_for_second_step(request, request.user):  # the app it showed has been reset since
            logout(request)
            return to_the_door(request)
        if gateway.gave_password(request, request.user) and not gateway.has_second_step(request.user):
            return redirect(f"{reverse('signin_set_up')}?{urlencode({'next': wanted(request)})}")
        return to_the_door(request)


def to_the_door(request: HttpRequest) -> HttpResponse:
    """The form with username and password; back to this page afterwards."""
    return redirect(f"{reverse('account_login')}?{urlencode({'password': '1', 'next': wanted(request)})}")


def wanted(request: HttpRequest) -> str:
    """The page to come back to; after a form that was sent, the page's own address."""
    return request.get_full_path() if request.method == "GET" else request.path
