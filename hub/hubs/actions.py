"""Opening a hub."""

from datetime import time

from django.db import transaction
from wagtail.models import Page, Site

from hub.core.joins import hub_openers
from hub.hubs.models import Hub


@transaction.atomic
def open_hub(
    *,
    slug: str,
    name_zh: str,
    address_zh: str,
    hotline: str,
    area_code: str,
    hostname: str,
    port: int = 80,
    hotline_from: time = time(8),
    hotline_until: time = time(20),
    is_default: bool = False,
    **words: str,
) -> Hub:
    """Make a hub with everything it needs, or bring an existing one up to date; safe to call again.

    `words` are the other texts of Hub (name_en, line_zh …). What other apps need (groups, home pages, collections) they add as
    hub openers of `hub.core.joins`, in their order.
    """
    hub = Hub.objects.select_for_update().filter(slug=slug).first()
    if hub is None:
        if is_default:
            Site.objects.filter(is_default_site=True).update(is_default_site=False)
        site, _made = Site.objects.update_or_create(
            hostname=hostname,
            port=port,
            defaults={"site_name": name_zh, "is_default_site": is_default, "root_page": Page.objects.filter(depth=1).get()},
        )
        hub = Hub(site=site, slug=slug)
    hub.name_zh, hub.address_zh, hub.hotline, hub.area_code = name_zh, address_zh, hotline, area_code
    hub.hotline_from, hub.hotline_until = hotline_from, hotline_until
    for field, text in words.items():
        setattr(hub, field, text)
    hub.full_clean(exclude=["site"])
    hub.save()
    for opener in hub_openers:
        opener.open(hub)
    return hub
