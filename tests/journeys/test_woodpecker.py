"""A whole edition: a reader reports and sees that somebody had something like it, a reviewer sorts and decides, two score, it closes, the winners are printed,
and the prize is handed over. In every view; each page is looked at on the way."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser

from hub.closings.models import Closing
from hub.core.references import grouped
from mutualaid.woodpecker import actions
from mutualaid.woodpecker.models import Award, CanonicalError, Report
from tests.cast import user_with
from tests.factories.woodpecker import credit_of, edition, report, reporter
from tests.journeys.conftest import Visitor
from tests.journeys.sound import findings
from tests.journeys.test_desk import at_work
from tests.mutualaid.woodpecker.test_closing import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at_desk(browser: Browser, live_server: Any, hub: Any) -> Iterator[Callable[[str], Visitor]]:
    """Staff on a wide screen, one after the other."""
    people: list[Visitor] = []

    def sit_down(role: str) -> Visitor:
        people.append(at_work(browser, live_server.url, hub, role=role))
        return people[-1]

    yield sit_down
    for someone in people:
        someone.leave()
        assert someone.complaints == []


def sound(visitor: Visitor) -> dict[str, Any]:
    """What is not sound on this page; each is weighed by itself."""
    found = findings(visitor)
    visitor.bytes_loaded = 0
    return {name: value for name, value in found.items() if name != "heavy"}


def report_one(visitor: Visitor) -> list[dict[str, Any]]:
    """From the board to the slip; what was not sound on the way."""
    wrong = []
    visitor.go("/woodpecker/")
    wrong.append(sound(visitor))
    visitor.press("a.key-main[href*='/woodpecker/report/']")
    wrong.append(sound(visitor))
    visitor.fill(page="99", title="春风进社区", wrong="“座谈会”印成了“坐谈会”", right="座谈会", name="赵晓云", phone="138 0000 5001")
    if visitor.has_script:
        visitor.page.locator("#alike li").wait_for()
    assert visitor.page.locator("#alike li").count() == int(visitor.has_script)
    wrong.append(sound(visitor))
    visitor.press("button[value=check]")
    wrong.append(sound(visitor))
    assert visitor.page.locator("#errors li").count() == 1
    visitor.fill(page="２")
    visitor.page.check("[name=printed][value=full]", force=True)
    visitor.press("button[value=check]")
    wrong.append(sound(visitor))
    assert visitor.page.locator("#similar + .list li").count() == 1
    visitor.press("button[value=send]")
    wrong.append(sound(visitor))
    return wrong


def sort_and_decide(reviewer: Visitor, paper: Any, made: Report) -> CanonicalError:
    """By the page of two columns, then the verdict."""
    reviewer.page.goto(f"{reviewer.base}/admin/woodpecker_edition/sort/{paper.pk}/?like={made.pk}")
    assert (sound(reviewer), reviewer.shows("赵")) == ({}, False)
    for row in Report.objects.all():
        reviewer.page.check(f"#report-{row.pk}", force=True)
    reviewer.page.check("#where-new", force=True)
    reviewer.press("button.key-main")
    error = CanonicalError.objects.get()
    reviewer.page.goto(f"{reviewer.base}/admin/woodpecker_error/decide/{error.pk}/")
    reviewer.page.check("[name=verdict][value=valid]", force=True)
    reviewer.page.select_option("[name=kind]", index=1)
    reviewer.press("form[action*='decide'] button[type=submit]")
    error.refresh_from_db()
    return error


def test_a_whole_edition(visitor: Visitor, at_desk: Callable[[str], Visitor], hub: Any) -> None:
    second = user_with("reviewer", hub, "second-reviewer")
    reviewer = at_desk("reviewer")
    paper = edition(hub, title_en="No. 1")
    judge = user_with("reviewer", hub)
    paper.reviewers.set([judge, second])
    report(paper, by=reporter(name="周先生", phone="13800005009", way="phone", taken_by=user_with("operator", hub)))
    assert report_one(visitor) == [{}] * 6
    mine = Report.objects.get(sender__contact_name="赵晓云")
    assert (visitor.path, visitor.page.inner_text(".reference").split()) == (visitor.prefix + mine.url, grouped(mine.reference).split())
    visitor.go(paper.url)
    assert (visitor.shows("坐谈会"), sound(visitor)) == (False, {})

    error = sort_and_decide(reviewer, paper, mine)
    credit = credit_of(error)
    assert (error.verdict, credit.report.sender.contact_name) == ("valid", "周先生")
    reviewer.page.goto(f"{reviewer.base}/admin/woodpecker_report/judge/{credit.report_id}/")
    reviewer.page.select_option("[name=reason_code]", "nothing_said")
    reviewer.press("form[action*='judge'] button[type=submit]")
    assert credit_of(error).report == mine  # the next takes the place

    with time_machine.travel(paper.window.closes_at + timedelta(hours=9), tick=True):
        reviewer = at_desk("reviewer")  # the session of before is over
        reviewer.page.goto(f"{reviewer.base}/admin/woodpecker_edition/score/{paper.pk}/")
        assert (sound(reviewer), reviewer.shows("赵"), reviewer.shows("周先生")) == ({}, False, False)
        reviewer.page.check("[name=points][value='8']", force=True)
        reviewer.press("button.key-main")
        actions.score(credit=credit_of(error), points=9, by=second)
        actions.award_prizes(edition=paper, by=user_with("director", hub))
        reviewer.page.goto(f"{reviewer.base}/admin/woodpecker_edition/desk/{paper.pk}/")
        assert sound(reviewer) == {}
        reviewer.press("form[action*='/close/'] button")
        assert Closing.objects.get().closed_by == judge
        for page in (paper.url, f"{paper.url}print/", "/woodpecker/standings/", "/woodpecker/"):
            visitor.go(page)
            assert (page, visitor.shows("赵晓云"), sound(visitor)) == (page, True, {})
        visitor.go(mine.url)
        assert (visitor.page.locator(".notice").count(), sound(visitor)) == (1, {})

        clerk = at_desk("clerk")
        award = Award.objects.get()
        assert (award.marks, award.name) == ("25.5", "赵晓云")
        clerk.page.goto(f"{clerk.base}/admin/woodpecker_award/hand-over/{award.pk}/")
        clerk.press("form[action*='hand-over'] button[type=submit]")
        clerk.page.goto(f"{clerk.base}/admin/woodpecker_award/register/")
        assert (sound(clerk), clerk.shows("赵晓云")) == ({}, True)
        visitor.go(award.url)
        assert (visitor.shows(award.grouped_number), sound(visitor), faults()) == (True, {}, [])
