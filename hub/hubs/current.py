"""The hub of a request: that of the Wagtail Site its address belongs to."""

from django.http import HttpRequest
from wagtail.models import Site

from hub.hubs.models import Hub


def hub_of(request: HttpRequest) -> Hub | None:
    """The hub at this address, asked once a request; None while no hub has been opened."""
    if not hasattr(request, "_hub"):
        site = Site.find_for_request(request)
        request._hub = Hub.objects.filter(site=site).first() if site else None  # type: ignore[attr-defined]  # kept on the request
    return request._hub  # type: ignore[attr-defined,no-any-return]  # kept on the request
