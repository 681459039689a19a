"""What runs by itself."""

from datetime import timedelta

import pytest
import time_machine

from cms.jobs import publish_what_is_due
from cms.models import NoticePage
from hub.core import clock
from tests.factories.cms import put_up

pytestmark = pytest.mark.django_db


def approved_for(hub, moment):
    """A notice that a publisher has let through for a later moment."""
    page = put_up(hub, "写春联", live=False)
    page.go_live_at = moment
    page.save_revision(approved_go_live_at=moment)
    return page


def test_a_notice_goes_up_when_its_day_has_come(hub):
    page = approved_for(hub, clock.now() + timedelta(days=3))
    assert publish_what_is_due() == 0

    with time_machine.travel(clock.now() + timedelta(days=4)):
        assert publish_what_is_due() == 1
    page.refresh_from_db()
    assert page.live is True


def test_a_notice_comes_down_when_its_end_has_passed(hub):
    page = put_up(hub, "停水", ends=clock.now() + timedelta(days=1))
    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert publish_what_is_due() == 1
        page.refresh_from_db()
        assert (page.live, page.expired) == (False, True)


def test_a_second_run_finds_nothing_to_do(hub):
    approved_for(hub, clock.now() + timedelta(days=1))
    put_up(hub, "停水", ends=clock.now() + timedelta(days=1))
    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert [publish_what_is_due(), publish_what_is_due()] == [2, 0]
    assert sorted(NoticePage.objects.values_list("title", "live")) == [("停水", False), ("写春联", True)]
