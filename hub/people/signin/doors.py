"""What every joint page of the staff's asks first, and the language it answers in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import override

from hub.people.signin.middleware import to_the_door

View = Callable[..., HttpResponse]


def opens_to(may: Callable[[Any], bool]) -> Callable[[View], View]:
    """Who `may`; everybody else finds nothing, and who is signed out the door. Kept by no browser."""

    def door(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_the_door(request)
            if not may(request.user):
                raise Http404
            with override(language_of(request.user)):
                response = view(request, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return opened

    return door


def language_of(user: Any) -> str:
    """The one chosen in the account's settings, as in the admin; else Chinese. These addresses have no language."""
    profile = getattr(user, "wagtail_userprofile", None)
    chosen: str = getattr(profile, "preferred_language", "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
