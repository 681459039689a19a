"""Sorting, verdicts, credit: each change can be undone, and who is credited is always what the rule says."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from hub.core.errors import RuleBroken
from hub.notifications.models import Message
from mutualaid.volunteers.models import Contribution
from mutualaid.woodpecker import actions, queries
from mutualaid.woodpecker.models import CanonicalError, Credit, Grouping, Report, Score
from tests.cast import user_with
from tests.factories.people import HouseholdFactory, RelationshipFactory, ResidentFactory
from tests.factories.woodpecker import a_panel, credit_of, edition, error_of, kind, late_report, report, valid
from tests.mutualaid.woodpecker.test_closing import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(hub: Any) -> Any:
    return user_with("reviewer", hub)


def told() -> list[str]:
    """Which outcomes were told to whom, in their order."""
    return [f"{row.phone[-4:]} {row.kind.removeprefix('woodpecker_')}" for row in Message.objects.filter(kind__startswith="woodpecker").order_by("pk")]


def refusal(call: Any) -> str:
    with pytest.raises(RuleBroken) as refused:
        call()
    return refused.value.code


# --- sorting --------------------------------------------------------------------------------------------------------
def test_reports_are_put_together_taken_apart_and_the_log_stays(hub: Any, reviewer: Any) -> None:
    paper = edition(hub)
    one, two = report(paper), report(paper)
    made = error_of(one, by=reviewer)
    actions.group(error=made, reports=[two], version=1, by=reviewer)
    assert list(queries.raw_reports(paper)) == []
    actions.ungroup(report=two, by=reviewer)
    assert list(queries.raw_reports(paper)) == [two]
    actions.ungroup(report=one, by=reviewer)
    made.refresh_from_db()
    assert (made.dissolved_at is not None, Grouping.objects.count(), Grouping.objects.filter(ended_at=None).count()) == (True, 2, 0)
    again = error_of(one, two, by=reviewer)
    assert (again.groupings.filter(ended_at=None).count(), Report.objects.count(), faults()) == (2, 2, [])


def test_a_report_stands_under_one_error_whatever_writes_it(hub: Any, reviewer: Any) -> None:
    one = report(edition(hub))
    first, other = error_of(one, by=reviewer), error_of(report(one.edition), by=reviewer)
    assert refusal(lambda: actions.group(error=other, reports=[one], by=reviewer)) == "woodpecker_sorted"
    with pytest.raises(IntegrityError), transaction.atomic():
        Grouping.objects.create(report=one, error=other, at=first.created_at)


def test_the_same_group_saved_again_changes_nothing_and_an_old_page_is_refused(hub: Any, reviewer: Any) -> None:
    paper = edition(hub)
    made, more, late = error_of(report(paper), by=reviewer), report(paper), report(paper)
    actions.group(error=made, reports=[more], version=1, by=reviewer)
    actions.group(error=made, reports=[more], version=1, by=reviewer)
    made.refresh_from_db()
    assert (made.version, refusal(lambda: actions.group(error=made, reports=[late], version=1, by=reviewer))) == (2, "woodpecker_stale")
    assert refusal(lambda: actions.decide(error=made, verdict="valid", kind=kind(hub), version=1, by=reviewer)) == "woodpecker_stale"


BAD_GROUPS = [
    (lambda paper, other: {"reports": []}, "woodpecker_nothing_chosen"),
    (lambda paper, other: {"reports": [report(other)]}, "woodpecker_other_edition"),
    (lambda paper, other: {"reports": [report(paper)], "page": 99}, "woodpecker_page"),
    (lambda paper, other: {"reports": [report(paper)], "title": " "}, "woodpecker_title_missing"),
    (lambda paper, other: {"reports": [report(paper)], "what": ""}, "woodpecker_wrong_missing"),
]


@pytest.mark.parametrize(("given", "code"), BAD_GROUPS)
def test_what_is_no_group_is_refused(hub: Any, reviewer: Any, given: Any, code: str) -> None:
    paper = edition(hub)
    facts = {"page": 2, "title": "文章", "what": "错字", **given(paper, edition(hub))}
    assert (refusal(lambda: actions.make_error(edition=paper, by=reviewer, **facts)), CanonicalError.objects.count()) == (code, 0)


def test_the_error_a_report_most_likely_belongs_to_comes_first(hub: Any, reviewer: Any, django_assert_num_queries: Any) -> None:
    paper = edition(hub)
    error_of(report(paper, page=5, title="菜场搬家", wrong="电话号码少一位"), by=reviewer)
    near = error_of(report(paper), by=reviewer, what="错别字", title="别的题目")
    raw = report(paper, wrong="座谈会应该是这个座")
    with django_assert_num_queries(3):
        found = queries.errors_like(paper, raw)
    assert found == [near]  # by what stands in the report under it


# --- verdicts -------------------------------------------------------------------------------------------------------
def test_the_first_is_credited_the_others_thanked_and_each_told_once(hub: Any, reviewer: Any) -> None:
    paper = edition(hub)
    opens = paper.window.opens_at
    second, first = late_report(paper, opens + timedelta(hours=2)), late_report(paper, opens + timedelta(hours=1))
    made = valid(second, first, by=reviewer)
    assert (credit_of(made).report, Credit.objects.count()) == (first, 1)
    for _again in range(2):
        actions.decide(error=made, verdict="valid", kind=kind(hub), by=reviewer)
    assert told() == [f"{second.sender.contact_phone[-4:]} thanked", f"{first.sender.contact_phone[-4:]} credited"]
    assert [queries.standing_of_report(row).value for row in queries.with_standing(Report.objects.order_by("pk"))] == ["thanked", "credited"]


def test_if_the_first_is_judged_invalid_the_next_takes_the_place_and_back(hub: Any, reviewer: Any) -> None:
    paper, people = edition(hub), [ResidentFactory(hub=hub) for _n in range(2)]
    first, second = (report(paper, person=person) for person in people)
    made = valid(first, second, by=reviewer)
    actions.judge_report(report=first, reason_code="nothing_said", by=reviewer)
    assert (credit_of(made).report, [row.resident for row in Contribution.objects.all()]) == (second, [people[1]])
    actions.unjudge_report(report=first, by=reviewer)
    assert (credit_of(made).report, [row.resident for row in Contribution.objects.all()]) == (first, [people[0]])
    assert (Credit.objects.count(), faults()) == (3, [])
    outcomes = [row.split()[1] for row in told()]
    assert outcomes == ["credited", "thanked", "no_error", "credited"]


def test_shared_credit_goes_to_every_valid_finder(hub: Any, reviewer: Any) -> None:
    paper = edition(hub, credit="shared")
    rows = [report(paper) for _n in range(3)]
    made = valid(*rows, by=reviewer)
    actions.judge_report(report=rows[1], reason_code="spam", by=reviewer)
    credited = Credit.objects.standing().filter(error=made).order_by("report_id")
    assert ([row.report for row in credited], faults()) == ([rows[0], rows[2]], [])


def test_an_earlier_paper_sorted_later_takes_the_place(hub: Any, reviewer: Any) -> None:
    paper = edition(hub)
    made = valid(report(paper), by=reviewer)
    earlier = late_report(paper, paper.window.opens_at)
    actions.group(error=made, reports=[earlier], by=reviewer)
    assert credit_of(made).report == earlier


def test_no_error_takes_the_credit_back_and_says_why(hub: Any, reviewer: Any) -> None:
    made = valid(report(edition(hub), person=ResidentFactory(hub=hub)), by=reviewer)
    actions.decide(error=made, verdict="invalid", reason_code="correct", by=reviewer)
    assert (Credit.objects.standing().count(), Contribution.objects.count(), faults()) == (0, 0, [])
    assert told()[-1].endswith("no_error")


def test_the_database_keeps_a_second_credit_out(hub: Any, reviewer: Any) -> None:
    rows = [report(edition(hub))]
    made = valid(*rows, by=reviewer)
    other = report(rows[0].edition)
    with pytest.raises(IntegrityError), transaction.atomic():
        Credit.objects.create(error=made, report=other, at=made.created_at)


BAD_VERDICTS = [
    ({"verdict": "undecided"}, "woodpecker_verdict_missing"),
    ({"verdict": "perhaps"}, "woodpecker_verdict_missing"),
    ({"verdict": "valid"}, "woodpecker_kind_missing"),
    ({"verdict": "invalid"}, "woodpecker_reason_missing"),
    ({"verdict": "invalid", "reason_code": "because"}, "woodpecker_reason_missing"),
]


@pytest.mark.parametrize(("given", "code"), BAD_VERDICTS)
def test_a_verdict_says_what_and_why(hub: Any, reviewer: Any, given: dict[str, Any], code: str) -> None:
    made = error_of(report(edition(hub)), by=reviewer)
    assert (refusal(lambda: actions.decide(error=made, by=reviewer, **given)), told()) == (code, [])


def test_a_verdict_without_settling_tells_nobody_and_settled_can_be_taken_up_again(hub: Any, reviewer: Any) -> None:
    made = error_of(report(edition(hub)), by=reviewer)
    actions.decide(error=made, verdict="valid", kind=kind(hub), is_settled=False, by=reviewer)
    assert told() == []
    actions.decide(error=made, verdict="valid", kind=kind(hub), by=reviewer)
    actions.open_again(error=made, by=reviewer)
    made.refresh_from_db()
    assert ([row.split()[1] for row in told()], made.status, made.verdict) == (["credited"], "open", "valid")


# --- who may judge, who may score -------------------------------------------------------------------------------------
def close_ones(hub: Any, user: Any) -> dict[str, Any]:
    """The reviewer, somebody in the household, a child, a mother, and somebody else."""
    home = HouseholdFactory(hub=hub)
    own = ResidentFactory(hub=hub, user=user, household=home)
    child, mother = ResidentFactory(hub=hub), ResidentFactory(hub=hub)
    RelationshipFactory(person=child, relative=own)
    RelationshipFactory(person=own, relative=mother)
    return {"own": own, "home": ResidentFactory(hub=hub, household=home), "child": child, "mother": mother, "else": ResidentFactory(hub=hub)}


@pytest.mark.parametrize("whose", ["own", "home", "child", "mother", "else"])
def test_nobody_judges_or_scores_what_their_family_sent(hub: Any, whose: str) -> None:
    one, two = a_panel(hub)
    person = close_ones(hub, one)[whose]
    paper = edition(hub, panel=(one, two))
    found = report(paper, person=person)
    made, is_close = error_of(found, by=two), whose != "else"
    if is_close:
        assert refusal(lambda: actions.decide(error=made, verdict="valid", kind=kind(hub), by=one)) == "woodpecker_own"
        assert refusal(lambda: actions.judge_report(report=found, reason_code="spam", by=one)) == "woodpecker_own"
    actions.decide(error=made, verdict="valid", kind=kind(hub), by=two)
    credit = credit_of(made)
    if is_close:
        assert refusal(lambda: actions.score(credit=credit, points=9, by=one)) == "woodpecker_own"
    else:
        assert actions.score(credit=credit, points=9, by=one).points == 9


def test_a_score_is_given_once_and_stays(hub: Any) -> None:
    one, two = a_panel(hub)
    paper = edition(hub, panel=(one,))
    made = valid(report(paper))
    credit = credit_of(made)
    given = actions.score(credit=credit, points=7, by=one)
    assert actions.score(credit=credit, points=7, by=one) == given
    assert refusal(lambda: actions.score(credit=credit, points=8, by=one)) == "woodpecker_scored"
    assert refusal(lambda: actions.score(credit=credit, points=8, by=two)) == "woodpecker_not_of_the_panel"
    assert [refusal(lambda n=n: actions.score(credit=credit, points=n, by=one)) for n in (-1, 11)] == ["woodpecker_points"] * 2
    with pytest.raises(DatabaseError), transaction.atomic():
        Score.objects.update(points=10)
    actions.decide(error=made, verdict="invalid", reason_code="style", by=two)
    assert refusal(lambda: actions.score(credit=credit, points=7, by=one)) == "woodpecker_not_credited"
