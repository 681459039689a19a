"""What runs by itself: pages go up and come down on time, the search index is made anew."""

from django.core.management import call_command
from django.db import transaction
from django.db.models import Q
from wagtail.models import Page, Revision
from wagtail.search.models import IndexEntry

from hub.core import clock


def publish_what_is_due() -> int:
    """Publish and unpublish pages whose time has come. Two at once wait for each other at the root page's row."""
    with transaction.atomic():
        Page.objects.select_for_update().filter(depth=1).values_list("pk").first()
        now = clock.now()
        due = Page.objects.filter(Q(live=True, expire_at__lt=now)).count() + Revision.objects.filter(approved_go_live_at__lt=now).count()
        if due:
            call_command("publish_scheduled", verbosity=0)
    return due


def renew_search_index() -> int:
    """Index everything again; saves index themselves, this heals what bulk changes and restores left behind."""
    call_command("wagtail_update_index", verbosity=0)
    return IndexEntry.objects.count()
