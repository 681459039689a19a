"""What every request passes through: an id, the security headers, a refusal of NUL bytes, the elder view's preference."""

import secrets
from collections.abc import Callable
from urllib.parse import urlencode

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from hub.core import elder, logs

GetResponse = Callable[[HttpRequest], HttpResponse]
YEAR = 60 * 60 * 24 * 365


class RequestIdMiddleware:
    """Gives each request an id that its log lines and audit lines carry."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = logs.request_id.set(secrets.token_hex(8))
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = logs.request_id.get()
            return response
        finally:
            logs.request_id.reset(token)


class SecurityHeadersMiddleware:
    """Headers that Django's own middleware leaves out; outermost, so that errors and static files carry them as well."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.admin_policy = build_policy(settings.ADMIN_CONTENT_SECURITY_POLICY)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        response.setdefault("X-Content-Type-Options", "nosniff")
        response.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.setdefault("X-Frame-Options", "DENY")
        if request.path_info.startswith("/admin/"):
            response["X-Frame-Options"] = "SAMEORIGIN"
            response["Content-Security-Policy"] = self.admin_policy
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not request.path_info.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "private, no-store"
        return response


class PlainTextMiddleware:
    """A NUL byte in the path, the query, a cookie or a posted form is answered 400: no database stores one, no person types one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.has_nul(request):
            return HttpResponseBadRequest(_("This address cannot be read. Please go back and try again."), content_type="text/plain; charset=utf-8")
        return self.get_response(request)

    @staticmethod
    def has_nul(request: HttpRequest) -> bool:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or "%00" in query or "\0" in query or "\0" in request.META.get("HTTP_COOKIE", ""):
            return True
        return request.content_type == "application/x-www-form-urlencoded" and b"%00" in request.body


class ElderViewMiddleware:
    """`?view=elder` (or `elder-26`, or `plain`) sets a plain cookie and leads back to the same address without it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and (asked := request.GET.get("view")) is not None and elder.is_known(asked):
            rest = [(name, value) for name, values in request.GET.lists() if name != "view" for value in values]
            path = "/" + request.path.lstrip("/")
            response = redirect(f"{path}?{urlencode(rest)}" if rest else path)
            if asked == elder.PLAIN:
                response.delete_cookie(elder.COOKIE)
            else:
                response.set_cookie(elder.COOKIE, asked, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True)
            return response
        return self.get_response(request)
