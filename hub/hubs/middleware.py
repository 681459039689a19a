"""Puts the hub on the request, and lets staff pages be seen only by those who have a role at that hub."""

import re
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from hub.hubs.current import hub_of

STAFF_PREFIXES = ("/admin/", "/desk/", "/review/", "/jobs/", "/en/desk/", "/en/review/", "/en/jobs/")
A_JOB = re.compile(r"(/en)?/jobs/[^/]+/")  # a helper's link: whoever holds it, also somebody who is signed in as a resident


class HubMiddleware:
    """`request.hub` is the hub of the address; `request.user.acting_at` is the same, so that a permission can be asked of a user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.hub = hub_of(request)  # type: ignore[attr-defined]  # what every view of ours reads
        user = request.user
        request.user = SimpleLazyObject(lambda: self.at_work(user, request))  # type: ignore[assignment]  # as Django's own lazy user
        is_staffs = request.path_info.startswith(STAFF_PREFIXES) and not A_JOB.match(request.path_info)
        if is_staffs and request.user.is_authenticated and not self.may_enter(request):
            raise Http404
        return self.get_response(request)

    @staticmethod
    def may_enter(request: HttpRequest) -> bool:
        """A role at this hub, and for Wagtail's admin one that is used there: helpers and volunteers find nothing, as residents do."""
        user: Any = request.user
        return user.has_a_role() and (not request.path_info.startswith("/admin/") or user.has_perm("wagtailadmin.access_admin"))

    @staticmethod
    def at_work(user: object, request: HttpRequest) -> object:
        user.acting_at = request.hub  # type: ignore[attr-defined]  # a user in a request acts at its hub
        return getattr(user, "_wrapped", user)
