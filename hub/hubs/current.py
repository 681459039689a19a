"""The hub of a request: that of the Wagtail Site its address belongs to.

Every request asks this. Wagtail's `Site.find_for_request` puts its statement together anew each time (two CASEs, a join to the root page), which took a
fifth of a small page; the answer here is the same, `tests/hub/test_current.py` compares the two.
"""

from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site

from hub.hubs.models import Hub

SITES = "SELECT * FROM wagtailcore_site WHERE hostname = %s OR is_default_site"
HUBS = "SELECT * FROM hubs_hub WHERE site_id = %s"


def hub_of(request: HttpRequest) -> Hub | None:
    """The hub at this address, asked once a request; None while no hub has been opened."""
    if not hasattr(request, "_hub"):
        site = site_of(request)
        request._hub = next(iter(Hub.objects.raw(HUBS, [site.pk])), None) if site else None  # type: ignore[attr-defined]  # kept on the request
    return request._hub  # type: ignore[attr-defined,no-any-return]  # kept on the request


def site_of(request: HttpRequest) -> Site | None:
    """The site at this address; also where Wagtail looks for it in the rest of the request."""
    if not hasattr(request, "_wagtail_site"):
        host, port = split_domain_port(request.get_host())[0], request.get_port()
        request._wagtail_site = nearest(list(Site.objects.raw(SITES, [host])), host, int(port))  # type: ignore[attr-defined]  # Wagtail's own name for it
    return request._wagtail_site  # type: ignore[attr-defined]  # as above


def nearest(sites: list[Site], host: str, port: int) -> Site | None:
    """Of the sites of this host and the default one: that of the port, then the default one of this host, then the only other one of this host, then
    the default one; None where several of the host are left and none is the default."""
    exact = [site for site in sites if site.hostname == host and site.port == port]
    default = [site for site in sites if site.is_default_site]
    named = [site for site in sites if site.hostname == host]
    if exact or (default and default[0].hostname == host):
        return (exact or default)[0]
    if len(named) == 1:
        return named[0]
    return default[0] if default else None
