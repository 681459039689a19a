"""The API: one NinjaAPI with every domain's router, bearer tokens, and errors in one shape."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer

from hub.core.errors import SENTENCES
from hub.core.joins import api_routers
from hub.people.signin.tokens import user_of_token


class Token(HttpBearer):
    """`Authorization: Bearer …`, from `manage.py api_token <username>`."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        user = user_of_token(token, request.hub)  # type: ignore[attr-defined]  # set by HubMiddleware
        if user is not None:
            user.acting_at = request.hub  # type: ignore[attr-defined]  # as above
        return user


def make_api() -> NinjaAPI:
    """The API with the routers that apps have registered."""
    api = NinjaAPI(title="Community hub", version="1", urls_namespace="api", auth=Token(), docs_url=None, openapi_url="/openapi.json")
    for entry in api_routers:
        api.add_router("", entry.router)

    @api.exception_handler(ValidationError)
    def on_validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
        """422: which field, in words; what was sent is not repeated."""
        errors: dict[str, list[str]] = {}
        for complaint in error.errors:
            field = next((str(part) for part in reversed(complaint.get("loc", ())) if isinstance(part, str) and part not in {"body", "asked_for"}), "__all__")
            errors.setdefault(field, []).append(str(SENTENCES["field_wrong"]) % {"field": field})
        return api.create_response(request, {"detail": str(SENTENCES["body_wrong"]), "errors": errors}, status=422)

    @api.exception_handler(HttpError)
    def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
        """A body that is no JSON is 400; the rest keeps its status."""
        return api.create_response(request, {"detail": str(SENTENCES["body_wrong"]) if error.status_code == 400 else str(error)}, status=error.status_code)

    return api
