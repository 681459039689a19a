"""The demo's pages."""

import random
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from wagtail.models import Page

from cms import demo
from cms.models import HomePage, HubImage, NoticePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(hub):
    return SimpleNamespace(hub=hub, random=random.Random(1))


def test_the_demo_shows_notices_in_every_state_and_twice_changes_nothing(hub, world):
    demo.seed(world)
    once = list(Page.objects.order_by("pk").values_list("pk", "title", "live", "latest_revision_id")), HubImage.objects.count()
    demo.seed(world)

    assert (list(Page.objects.order_by("pk").values_list("pk", "title", "live", "latest_revision_id")), HubImage.objects.count()) == once
    chinese = NoticePage.objects.descendant_of(hub.site.root_page)
    assert sorted(chinese.values_list("is_pinned", "live", "expired")) == sorted(
        [(True, True, False), (False, True, False), (False, True, False), (False, True, False), (False, False, True), (False, False, False)]
    )
    assert NoticePage.objects.filter(locale__language_code="en").count() == 2
    assert [page.approved_schedule for page in chinese.annotate_approved_schedule().filter(live=False, expired=False)] == [True]


def test_the_demo_draws_three_pictures_with_something_to_say(hub, world):
    demo.seed(world)

    assert list(HubImage.objects.order_by("pk").values_list("width", "height")) == [(1200, 800)] * 3
    assert [default_storage.exists(image.file.name) and bool(image.description) for image in HubImage.objects.all()] == [True] * 3


def test_a_home_page_that_staff_have_changed_is_left_alone(hub, world):
    home = HomePage.objects.get(pk=hub.site.root_page_id)
    home.body = [("hotline", {"words": "我们的话"})]
    home.save_revision().publish()
    demo.seed(world)
    home.refresh_from_db()

    assert [block.block_type for block in home.body] == ["hotline"]


@pytest.mark.parametrize("path", ["/", "/en/", "/notices/", "/en/notices/"])
def test_the_demo_pages_answer(hub, world, client, path):
    demo.seed(world)

    assert client.get(path).status_code == 200
