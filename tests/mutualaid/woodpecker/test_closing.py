"""Prizes, the frozen edition, its reopening, the register; and what check_integrity says about all of it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from hub.closings.models import Closing
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.joins import closing_kinds, integrity_checks
from hub.notifications.models import Message
from hub.people.actions.erasure import erase_resident
from mutualaid.woodpecker import actions, results
from mutualaid.woodpecker.models import Award, Edition, Handover, Sender
from mutualaid.woodpecker.panel import ranking, to_score, unscored
from mutualaid.woodpecker.rules import Given
from tests.cast import user_with
from tests.factories.people import ResidentFactory
from tests.factories.woodpecker import (
    a_panel,
    an_award,
    awarded,
    closed,
    credit_of,
    edition,
    error_of,
    kind,
    late_report,
    report,
    reporter,
    valid,
)

pytestmark = pytest.mark.django_db


def faults() -> list[str]:
    """Whatever must never be so."""
    return [fault for check in integrity_checks if check.name.startswith(("woodpecker", "closings")) for fault in check.find()]


@pytest.fixture
def director(hub: Any) -> Any:
    return user_with("director", hub)


def refusal(call: Any) -> str:
    with pytest.raises(RuleBroken) as refused:
        call()
    return refused.value.code


def standing(paper: Edition) -> list[tuple[str, int, int]]:
    """Prize, place and cash of what stands."""
    rows = Award.objects.standing().filter(edition=paper).order_by("prize__rank", "place")
    return [(row.prize.name_zh, row.place, row.cash_fen) for row in rows]


# --- prizes ---------------------------------------------------------------------------------------------------------
def test_the_best_gets_the_money_the_next_a_souvenir(hub: Any, director: Any) -> None:
    paper = awarded(hub, readers=3)
    assert standing(paper) == [("最佳啄木鸟", 1, 10_000), ("优秀啄木鸟", 1, 0), ("优秀啄木鸟", 2, 0)]
    assert (paper.spent_fen, [row.marks for row in Award.objects.order_by("place", "prize__rank")][:1]) == (10_000, ["9"])
    assert actions.award_prizes(edition=paper, by=director) == []
    assert (Award.objects.count(), faults()) == (3, [])


def test_twelve_readers_one_best_ten_excellent_and_one_empty_handed(hub: Any) -> None:
    paper = awarded(hub, readers=12, panel=1, pages_count=16)
    assert [row[0] for row in standing(paper)] == ["最佳啄木鸟", *["优秀啄木鸟"] * 10]


def test_the_budget_is_never_exceeded(hub: Any, director: Any) -> None:
    paper = awarded(hub, readers=2, budget_fen=9_999)
    assert (standing(paper), paper.spent_fen) == ([("优秀啄木鸟", 1, 0), ("优秀啄木鸟", 2, 0)], 0)
    best = paper.prizes.get(rank=1)
    given = Given(best.pk, 1, Sender.objects.first().reader_id, 10_000)
    assert refusal(lambda: actions.award(edition=paper, given=given, by=director)) == "woodpecker_budget"
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=paper.pk).update(spent_fen=10_000)


def test_staff_and_panel_win_nothing(hub: Any) -> None:
    judge = a_panel(hub, 1)[0]
    clerk = user_with("clerk", hub)
    user_with("reviewer", hub)
    paper = edition(hub, ago=40, days=20, panel=(judge,))
    opens = paper.window.opens_at
    volunteer = ResidentFactory(hub=hub, user=user_with("volunteer", hub))
    for n, person in enumerate((ResidentFactory(hub=hub, user=clerk), volunteer, ResidentFactory(hub=hub, user=judge)), 1):
        by = reporter(name=person.name, phone=f"1380000900{n}", way="paper", for_person=person)
        found = valid(report(paper, by=by, at=opens, page=n))
        if person.user != judge:
            actions.score(credit=credit_of(found), points=9, by=judge)
    assert [row.reader for row in ranking(paper)] == [Sender.objects.get(for_person=volunteer).reader_id]


def test_what_is_left_to_do_is_said_and_nothing_closes_before(hub: Any, director: Any) -> None:
    one, two = a_panel(hub)
    paper = edition(hub, panel=(one, two), ago=40, days=20)
    raw = late_report(paper, paper.window.opens_at)
    assert refusal(lambda: actions.close_edition(edition=paper, by=one)) == "woodpecker_unfinished"
    made = error_of(raw, by=one)
    assert refusal(lambda: actions.award_prizes(edition=paper, by=director)) == "woodpecker_unfinished"
    credit = credit_of(valid_of(made, one))
    assert ([len(to_score(paper, judge)) for judge in (one, two)], unscored(paper).missing) == ([1, 1], 2)
    actions.score(credit=credit, points=5, by=one)
    assert ([len(to_score(paper, judge)) for judge in (one, two)], unscored(paper).missing) == ([0, 1], 1)
    actions.score(credit=credit, points=6, by=two)
    assert refusal(lambda: actions.close_edition(edition=paper, by=one)) == "woodpecker_not_awarded"
    actions.award_prizes(edition=paper, by=director)
    assert actions.close_edition(edition=paper, by=one).version == 1
    assert refusal(lambda: actions.close_edition(edition=edition(hub), by=one)) == "woodpecker_still_running"


def valid_of(error: Any, by: Any) -> Any:
    """The same error, recognised."""
    return actions.decide(error=error, verdict="valid", kind=kind(error.hub), by=by)


# --- frozen ---------------------------------------------------------------------------------------------------------
def test_a_closed_edition_is_frozen_and_its_winners_told_once(hub: Any, director: Any) -> None:
    paper = closed(hub)
    frozen = Closing.objects.get()
    assert ([row["prize_zh"] for row in frozen.result["winners"]], frozen.result["counts"]["valid"]) == (["最佳啄木鸟", "优秀啄木鸟", "优秀啄木鸟"], 3)
    assert actions.close_edition(edition=paper, by=director) == frozen
    assert Message.objects.filter(kind="woodpecker_award").count() == 3
    someone = report_in(paper)
    calls = [
        lambda: actions.judge_report(report=someone, reason_code="spam", by=director),
        lambda: actions.ungroup(report=someone, by=director),
        lambda: actions.award_prizes(edition=paper, by=director),
        lambda: late_report(paper, paper.window.opens_at),
        lambda: actions.add_photo(report=someone, photo=b"late"),
    ]
    assert [refusal(call) for call in calls] == ["woodpecker_closed"] * 3 + ["woodpecker_late", "woodpecker_closed"]
    assert faults() == []


def report_in(paper: Edition) -> Any:
    return paper.reports.order_by("pk").first()


def test_reopening_keeps_both_and_what_was_handed_over_stays(hub: Any, director: Any) -> None:
    paper = closed(hub)
    best = Award.objects.get(prize__rank=1)
    actions.hand_over(award=best, receipt="signed", by=director)
    assert refusal(lambda: actions.reopen_edition(edition=paper, reason=" ", by=director)) == "closing_reason_missing"
    actions.reopen_edition(edition=paper, reason="一条纠错漏看了", by=director)
    assert refusal(lambda: actions.reopen_edition(edition=paper, reason="再开", by=director)) == "closing_open_already"
    actions.judge_report(report=report_in(paper), reason_code="correct", by=director)  # the best one falls, having the money already
    actions.award_prizes(edition=paper, by=director)
    actions.close_edition(edition=paper, by=director)
    paper.refresh_from_db()
    first, second = Closing.objects.order_by("version")
    assert (first.reopening.reason, second.version, len(first.result["errors"]), len(second.result["errors"])) == ("一条纠错漏看了", 2, 3, 3)
    assert [row["finders"] for row in second.result["errors"]][0] == []  # an error still, and nobody is credited
    assert standing(paper) == [("最佳啄木鸟", 1, 10_000), ("优秀啄木鸟", 1, 0), ("优秀啄木鸟", 2, 0)]
    assert (best.reader_id in {row.reader_id for row in paper.awards.standing()}, paper.spent_fen, faults()) == (True, 10_000, [])


def test_the_notice_says_it_in_both_languages(hub: Any) -> None:
    paper = closed(hub)
    text = closing_kinds["woodpecker.edition"].words(Closing.objects.get())
    assert (paper.title_zh in text.title_zh, text.lines_zh[1], text.lines_en[1]) == (True, ("h2", "最佳啄木鸟"), ("h2", "Best woodpecker"))
    assert [kind for kind, _words in text.lines_zh] == ["p", "h2", "li", "h2", "li", "li"]


def test_a_full_name_is_printed_only_where_the_reader_ticked_so_for_that_edition(hub: Any, director: Any) -> None:
    judge = a_panel(hub, 1)[0]
    paper, other = (edition(hub, ago=40, days=20, panel=(judge,)) for _n in range(2))
    for each, prints in ((paper, True), (other, False)):
        by = reporter(name="赵晓云", phone="13800005001", way="paper", prints_full_name=prints)
        actions.score(credit=credit_of(valid(report(each, by=by, at=each.window.opens_at))), points=9, by=judge)
        actions.award_prizes(edition=each, by=director)
        actions.close_edition(edition=each, by=director)
    names = [results.winners_in(row.result)[0].name for row in Closing.objects.order_by("pk")]
    assert (names, [row.result["winners"][0]["name"] for row in Closing.objects.order_by("pk")]) == (["赵晓云", "赵**"], ["赵**", "赵**"])


# --- the register ---------------------------------------------------------------------------------------------------
def test_a_prize_is_handed_over_once_signed_or_before_a_witness(hub: Any) -> None:
    award, clerk = an_award(hub), user_with("clerk", hub)
    assert refusal(lambda: actions.hand_over(award=award, receipt="", by=clerk)) == "woodpecker_receipt_missing"
    assert refusal(lambda: actions.hand_over(award=award, receipt="witnessed", witness=" ", by=clerk)) == "woodpecker_witness_missing"
    made = actions.hand_over(award=award, receipt="witnessed", witness="孙敏", collected_by="其女", by=clerk)
    assert actions.hand_over(award=award, receipt="signed", by=clerk) == made
    assert (Handover.objects.count(), made.by, made.collected_by, made.witness) == (1, clerk, "其女", "孙敏")
    assert Award.objects.at(hub).unclaimed().count() == 2


def test_nobody_hands_a_prize_over_to_themselves(hub: Any) -> None:
    award, clerk = an_award(hub), user_with("clerk", hub)
    Award.objects.filter(pk=award.pk).update(account=clerk)
    assert refusal(lambda: actions.hand_over(award=award, receipt="signed", by=clerk)) == "woodpecker_to_oneself"
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(award=award, at=clock.now(), by=clerk, account=clerk, receipt="signed")


def test_before_the_result_is_out_nothing_is_handed_over(hub: Any) -> None:
    award = Award.objects.filter(edition=awarded(hub)).first()
    assert refusal(lambda: actions.hand_over(award=award, receipt="signed", by=user_with("clerk", hub))) == "woodpecker_not_closed"


def test_what_nobody_came_for_is_overdue_after_its_day(hub: Any) -> None:
    award = an_award(hub)
    assert award.is_overdue is False
    with time_machine.travel(clock.now() + timedelta(days=61)):
        assert award.is_overdue is True


# --- people ---------------------------------------------------------------------------------------------------------
def test_erasing_a_reader_blanks_names_everywhere_and_keeps_what_was_counted(hub: Any, director: Any) -> None:
    judge, person = a_panel(hub, 1)[0], ResidentFactory(hub=hub, name="欧阳晓云")
    paper = edition(hub, ago=40, days=20, panel=(judge,))
    by = reporter(name=person.name, phone="13800005001", way="paper", prints_full_name=True, for_person=person)
    actions.score(credit=credit_of(valid(report(paper, by=by, at=paper.window.opens_at))), points=9, by=judge)
    actions.award_prizes(edition=paper, by=director)
    actions.close_edition(edition=paper, by=director)
    award = Award.objects.get()
    actions.hand_over(award=award, receipt="signed", by=director)
    erase_resident(resident=person, by=director, reason="本人要求")
    award.refresh_from_db()
    sender = Sender.objects.get()
    assert (sender.contact_name, sender.contact_phone, award.name, award.full_name, award.handover.collected_by) == ("", "", "欧**", "", "")
    assert (results.winners_in(Closing.objects.get().result)[0].name, faults()) == ("欧**", [])


def test_names_go_a_year_after_the_edition_was_closed(hub: Any) -> None:
    closed(hub)
    assert actions.forget_names() == 0
    with time_machine.travel(clock.now() + timedelta(days=366)):
        assert (actions.forget_names(), actions.forget_names(), Sender.objects.exclude(contact_name="").count()) == (3, 0, 0)


# --- what must never be ---------------------------------------------------------------------------------------------
def test_check_integrity_finds_what_is_wrong(hub: Any) -> None:
    paper = closed(hub)
    assert faults() == []
    Edition.objects.filter(pk=paper.pk).update(spent_fen=1)
    Award.objects.filter(prize__rank=1).update(voided_at=clock.now())
    first = paper.errors.order_by("pk").first()
    first.groupings.update(ended_at=clock.now())
    found = " ".join(faults())
    assert [word in found for word in ("cash", "frozen", "no reports", "credited")] == [True] * 4
