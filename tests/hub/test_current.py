"""Which site a request is at: what Wagtail itself answers."""

from itertools import combinations
from typing import Any

import pytest
from django.test import RequestFactory
from wagtail.models import Page, Site

from hub.hubs.current import hub_of, site_of

pytestmark = pytest.mark.django_db
PLACES = [("a.test", 80), ("a.test", 8000), ("b.test", 80)]
ASKED = ["a.test", "a.test:8000", "a.test:9", "b.test", "b.test:8000", "c.test"]


@pytest.mark.parametrize("sites", [chosen for n in range(4) for chosen in combinations(PLACES, n)])
@pytest.mark.parametrize("default", [None, *PLACES])
def test_as_wagtail_answers(sites: Any, default: Any, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    Site.objects.update(is_default_site=False)  # those of the two hubs, at other addresses
    root = Page.objects.get(depth=1)
    for host, port in sites:
        Site.objects.create(hostname=host, port=port, root_page=root, is_default_site=(host, port) == default)
    for asked in ASKED:
        ours, wagtails = (RequestFactory(headers={"host": asked}).get("/") for _way in range(2))
        assert (asked, site_of(ours)) == (asked, Site.find_for_request(wagtails))


def test_two_statements_and_no_more(hub: Any, second_hub: Any, django_assert_num_queries: Any) -> None:
    assert second_hub.site.hostname != hub.site.hostname
    request = RequestFactory(headers={"host": second_hub.site.hostname}).get("/")
    with django_assert_num_queries(2):
        assert [hub_of(request), hub_of(request), site_of(request), Site.find_for_request(request)] == [second_hub] * 2 + [second_hub.site] * 2
