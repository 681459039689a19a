"""Which pages there are."""

from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from wagtail.models import Page

from cms.models import NoticePage
from hub.core import clock
from hub.hubs.models import Hub

MOST_FOUND = 100


def homes_of(hub: Hub) -> list[Page]:
    """The hub's home pages, Chinese first."""
    chinese = hub.site.root_page
    return [chinese, *chinese.get_translations()]


def readable_pages(hub: Hub) -> Any:
    """Every page of the hub that can be read now, in both languages."""
    in_the_trees = Q()
    for home in homes_of(hub):
        in_the_trees |= Q(path__startswith=home.path)
    over = NoticePage.objects.filter(expire_at__lte=clock.now()).values("pk")
    return Page.objects.live().public().filter(in_the_trees).exclude(pk__in=over)


def found_pages(hub: Hub, asked: str) -> list[Page]:
    """What the search finds: pages in the reader's language first, best match first; with `locale`, for the lang attribute."""
    language = get_language() or "zh-hans"
    rows = Page.objects.filter(pk__in=readable_pages(hub).values("pk")).select_related("locale").specific()
    return sorted(rows.search(asked, operator="and")[:MOST_FOUND], key=lambda page: page.locale.language_code != language)


def is_page_at(hub: Hub, number: Any) -> bool:
    """Whether the page with this number hangs in the hub's folder, or is the folder."""
    home = hub.site.root_page
    return Page.objects.filter(pk=number, path__startswith=home.path[: -Page.steplen]).exists()


def own_pages(user: Any) -> Any:
    """The pages this member of staff may find in the admin: those of the hubs where they write, and what leads to them."""
    from wagtail.permissions import policy_registry  # the registry is filled while Wagtail's admin starts

    return policy_registry.get_by_type(Page).explorable_instances(user)
