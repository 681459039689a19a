"""What every page of the desk asks first, and the language it answers in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import override

from hub.desk.permissions import user_can_serve_callers
from hub.people.signin.middleware import to_the_door

View = Callable[..., HttpResponse]


def at_the_desk(view: View) -> View:
    """Who serves residents at this hub; everybody else finds nothing, and who is signed out the door. Kept by no browser."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_the_door(request)
        if not user_can_serve_callers(request.user):
            raise Http404
        with override(language_of(request.user)):
            response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return opened


def language_of(user: Any) -> str:
    """The one chosen in the account's settings, as in the admin; else Chinese. The desk's addresses have no language."""
    profile = getattr(user, "wagtail_userprofile", None)
    chosen: str = getattr(profile, "preferred_language", "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
