"""Money for three prizes makes three, one group is one group, one form one report; each race with its protections taken away one by one."""

import threading
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from mutualaid.woodpecker import actions
from mutualaid.woodpecker.models import Award, CanonicalError, Credit, Edition, EditionPrize, Grouping, Report, Score
from mutualaid.woodpecker.rules import Given
from tests.cast import user_with
from tests.factories.woodpecker import a_panel, credit_of, edition, kind, report, reporter, valid, wrong
from tests.mutualaid.woodpecker.test_closing import faults
from tests.races.racing import LONG_ENOUGH, race, without_constraints

pytestmark = pytest.mark.django_db(transaction=True)
awards, grouping, reports = (import_module(f"mutualaid.woodpecker.actions.{name}") for name in ("awards", "grouping", "reports"))
A_MOMENT = 0.3
COMBINATIONS = [(True, True), (False, True), (True, False), (False, False)]
NAMES = ["lock and guard", "guard alone", "lock alone", "neither"]
PRIZE, MONEY_FOR = 10_000, 3


def hold_window_open(monkeypatch: pytest.MonkeyPatch, module: Any, after: str, rivals: int, *, has_lock: bool) -> None:
    """Let every rival wait between its look (by `after`) and its writing until all have looked."""
    meeting, looked, real_look = threading.Barrier(rivals), threading.local(), getattr(module, after)

    def look(*args: Any, **kwargs: Any) -> Any:
        found = real_look(*args, **kwargs)
        if not getattr(looked, "has_met", False):
            looked.has_met = True
            try:
                meeting.wait(A_MOMENT if has_lock else LONG_ENOUGH)
            except threading.BrokenBarrierError:
                assert has_lock, "a rival was held up: the window was not open"
        return found

    monkeypatch.setattr(module, after, look)


def take_lock_away(monkeypatch: pytest.MonkeyPatch, module: Any, lock: str, *wholes: str) -> None:
    """Read the edition without locking it; on SQLite, where BEGIN is the lock, do without the transaction."""
    monkeypatch.setattr(module, lock, lambda pk: Edition.objects.select_related("newspaper", "hub__site").get(pk=pk))
    if connection.vendor == "sqlite":
        for whole in wholes:
            monkeypatch.setattr(module, whole, getattr(module, whole).__wrapped__)


@pytest.mark.parametrize(("has_lock", "has_guard"), COMBINATIONS, ids=NAMES)
def test_twenty_awards_with_money_for_three_make_three(hub: Any, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_guard: bool) -> None:
    many = 20 if has_lock and has_guard else 6  # where all meet in the window, each keeps a connection
    director, paper = user_with("director", hub), edition(hub, prizes=False, budget_fen=PRIZE * MONEY_FOR)
    prize = EditionPrize.objects.create(edition=paper, rank=1, name_zh="奖", places_count=many, cash_fen=PRIZE)
    readers = [report(paper, page=1).sender.reader_id for _n in range(many)]
    if not (has_lock and has_guard):
        hold_window_open(monkeypatch, awards, "refuse_beyond_budget", many, has_lock=has_lock)
    if not has_lock:
        take_lock_away(monkeypatch, awards, "open_edition", "_award")
    if not has_guard:
        without_constraints(Edition, {"edition_within_budget"})
    rivals = [
        lambda n=n, reader=reader: actions.award(edition=paper, given=Given(prize.pk, n, reader, PRIZE), by=director) for n, reader in enumerate(readers, 1)
    ]
    outcomes = race(*rivals)
    made = MONEY_FOR if has_lock or has_guard else many
    paper.refresh_from_db()
    assert (outcomes.count("done"), outcomes.count("woodpecker_budget"), paper.spent_fen) == (made, many - made, made * PRIZE)
    if has_lock:  # without its transaction an award that the guard stopped half-way is no measure
        assert (Award.objects.count(), faults()) == (made, [])


@pytest.mark.parametrize(("has_lock", "has_guard"), COMBINATIONS, ids=NAMES)
def test_two_reviewers_saving_the_same_group_make_one(hub: Any, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_guard: bool) -> None:
    one, two = a_panel(hub)
    paper = edition(hub)
    rows = [report(paper), report(paper)]
    hold_window_open(monkeypatch, grouping, "refuse_what_is_sorted", 2, has_lock=has_lock)
    if not has_lock:
        take_lock_away(monkeypatch, grouping, "open_edition", "_make")
    if not has_guard:
        without_constraints(Grouping, {"report_under_one_error"})
    outcomes = race(*(lambda by=by: actions.make_error(edition=paper, reports=rows, page=2, title="文章", what="错字", by=by) for by in (one, two)))
    made = 1 if has_lock or has_guard else 2
    assert sorted(outcomes) == ["done"] * made + ["woodpecker_sorted"] * (2 - made)
    assert Grouping.objects.filter(ended_at=None).count() == 2 * made
    if has_lock:
        assert (CanonicalError.objects.count(), faults()) == (1, [])


@pytest.mark.parametrize(("has_lock", "has_guard"), COMBINATIONS, ids=NAMES)
def test_one_form_sent_twice_at_once_is_one_report(hub: Any, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_guard: bool) -> None:
    paper = edition(hub)
    hold_window_open(monkeypatch, reports, "refuse_what_cannot_be", 2, has_lock=has_lock)
    if not has_lock:
        take_lock_away(monkeypatch, reports, "locked_edition", "_report")
    if not has_guard:
        without_constraints(Report, {"report_token_once"})
    outcomes = race(*(lambda: actions.report_error(edition=paper, wrong=wrong(), by=reporter(), token="one-form-for-both") for _tap in range(2)))
    assert (outcomes, Report.objects.count()) == (["done"] * 2, 1 if has_lock or has_guard else 2)


def together(*calls: Callable[[], Any]) -> list[str]:
    """What became of each, in no order."""
    return sorted(race(*calls))


def test_two_who_report_the_same_are_ordered_by_when_the_hub_received_them(hub: Any) -> None:
    paper, reviewer = edition(hub), user_with("reviewer", hub)
    assert together(*(lambda n=n: report(paper, token=f"rival-token-{n:08d}") for n in range(4))) == ["done"] * 4
    rows = list(Report.objects.order_by("received_at", "pk"))
    made = valid(*reversed(rows), by=reviewer)
    assert (credit_of(made).report, faults()) == (rows[0], [])


def test_judging_the_first_and_deciding_at_once_leave_one_credit(hub: Any) -> None:
    one, two = a_panel(hub)
    rows = [report(edition(hub))]
    rows.append(report(rows[0].edition))
    made, sort = valid(*rows, by=one), kind(hub)
    outcomes = together(
        lambda: actions.judge_report(report=rows[0], reason_code="spam", by=one),
        lambda: actions.decide(error=made, verdict="valid", kind=sort, reply="多谢", by=two),
        lambda: actions.ungroup(report=rows[0], by=two),
    )
    assert set(outcomes) <= {"done", "woodpecker_stale"}
    assert (Credit.objects.standing().count(), credit_of(made).report, faults()) == (1, rows[1], [])


def test_one_reviewer_on_two_screens_scores_once(hub: Any) -> None:
    (judge,) = a_panel(hub, 1)
    credit = credit_of(valid(report(edition(hub, panel=(judge,)))))
    outcomes = together(*(lambda n=n: actions.score(credit=credit, points=n, by=judge) for n in (3, 9)))
    assert (outcomes, Score.objects.count()) == (["done", "woodpecker_scored"], 1)
