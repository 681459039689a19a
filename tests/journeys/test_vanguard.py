"""A whole month: the clerk closes a visit, visitors rate by code, a low grade is put right and answered, a reviewer closes, the board shows the five."""

from typing import Any

import pytest
import time_machine

from hub.core import paper
from mutualaid.vanguard.models import CounterVisit, DutyDay, Rating
from tests.cast import signed_in_as, user_with
from tests.factories.vanguard import TagFactory, a_post, past_ratings
from tests.journeys.conftest import SATURDAY_MORNING, Visitor
from tests.journeys.test_volunteers import become, sound_here

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_month_of_ratings_from_the_counter_to_the_board(visitor: Visitor, hub: Any, live_server: Any) -> None:
    paper.makes_pdf()
    clerk = user_with("clerk", hub)
    own = a_post(hub, number=1, name_zh="3号综合窗口", name_en="Window 3", station="acceptance", account=clerk)
    month = SATURDAY_MORNING.date().replace(day=1)
    for n in range(2, 8):
        past_ratings(a_post(hub, number=n, name_zh=f"{n}号岗", name_en=f"Post no. {n}"), month, (9 + n, 3, 1, 0, 0))
    past_ratings(own, month, (30, 2, 0, 0, 0))
    TagFactory(hub=hub)
    DutyDay.objects.create(hub=hub, day=SATURDAY_MORNING.date(), name="陈国庆")
    # the clerk closes a visit: one key
    become(visitor, signed_in_as("clerk", hub).cookies["sessionid"].value)
    visitor.page.goto(f"{visitor.base}/admin/countervisit/close/")
    if visitor.has_script:
        with visitor.page.expect_navigation():
            visitor.page.keyboard.press("Enter")
    else:
        visitor.press(".key-main")
    code = "".join(visitor.page.locator(".reference span").all_inner_texts())
    assert (CounterVisit.objects.count(), len(code), CounterVisit.objects.get().station) == (1, 8, "acceptance")
    # the visitor types it, one tap
    visitor.page.context.clear_cookies(name="sessionid")
    visitor.go("/vanguard/")
    assert (visitor.shows("陈国庆"), sound_here(visitor)) == (True, {})
    visitor.press(".key-main")
    visitor.fill(code="7KQ2")
    visitor.press("form.paper .key-main")
    assert (visitor.page.locator("#errors li").count(), sound_here(visitor)) == (1, {})
    visitor.fill(code=f"{code[:4].lower()} {code[4:]}")
    visitor.press("form.paper .key-main")
    assert sound_here(visitor) == {}
    visitor.press("button[name=grade][value='2']")
    made = Rating.objects.exclude(mark="").get()
    assert (made.grade, made.post, made.source, sound_here(visitor)) == (2, own, "web", {})
    visitor.page.locator("[name=tags]").first.check(force=True)
    visitor.fill(words="排队太久，叫号没听见")
    visitor.press("form.paper .key-main")
    rater = visitor.page.url
    assert sound_here(visitor) == {}
    visitor.go(f"/vanguard/rate/{code}/")
    assert (visitor.page.locator("button[name=grade]").count(), sound_here(visitor)) == (0, {})
    # the post puts it right, the reviewer shows the words, the post answers
    at_the_counter, reviewer = signed_in_as("clerk", hub), signed_in_as("reviewer", hub)
    at_the_counter.post(f"/admin/vanguard_rating/put-right/{made.pk}/", {"words": "已加一个叫号屏"})
    reviewer.post(f"/admin/vanguard_rating/show-words/{made.pk}/")
    become(visitor, at_the_counter.cookies["sessionid"].value)
    visitor.go("/vanguard/1/")
    visitor.press("a[href$='/reply/']")
    assert sound_here(visitor) == {}
    visitor.fill(words="谢谢您提醒，屏已经装好")
    visitor.press("form.paper .key-main")
    visitor.page.context.clear_cookies(name="sessionid")
    visitor.page.goto(rater)
    assert ([visitor.shows(words) for words in ("已加一个叫号屏", "谢谢您提醒")], sound_here(visitor)) == ([True, True], {})
    # the month is over: the reviewer closes it
    with time_machine.travel(SATURDAY_MORNING.replace(month=12, day=2), tick=True):
        reviewer = signed_in_as("reviewer", hub)
        become(visitor, reviewer.cookies["sessionid"].value)
        visitor.page.goto(f"{visitor.base}/admin/vanguard_rating/month/2026-11/")
        assert visitor.page.locator(".table tbody tr").count() == 7
        reviewer.post("/admin/vanguard_rating/close/2026-11/")
        visitor.page.context.clear_cookies(name="sessionid")
        for page in ("/vanguard/", "/vanguard/1/", "/vanguard/months/", "/vanguard/months/2026-11/", "/vanguard/months/2026-11/notice/", "/vanguard/1/sign/"):
            visitor.bytes_loaded = 0
            assert visitor.go(page).status == 200
            assert (page, sound_here(visitor)) == (page, {})
        visitor.go("/vanguard/months/2026-11/")
        assert (visitor.page.locator(".honour").count(), visitor.page.locator(".honour-name").first.inner_text()) == (5, "赵玉兰")
