"""A month from the box to the frozen five, opened again and closed anew."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hub.closings.actions import standing_of
from hub.closings.models import Closing
from hub.core.errors import RuleBroken
from hub.core.joins import closing_kinds, integrity_checks, review_parts
from hub.promises.models import Promise
from mutualaid.vanguard import actions, jobs, tallies
from mutualaid.vanguard.frozen import FrozenMonth
from mutualaid.vanguard.models import BoxCount, Post, Rating, Term
from mutualaid.vanguard.tallies import month_at
from tests.factories.people import ResidentFactory
from tests.factories.vanguard import PostFactory, a_post, a_term, at_work, past_ratings, rated

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)
GRADES = ((30, 5, 0, 0, 0), (20, 10, 5, 0, 0), (12, 0, 0, 0, 0), (9, 3, 1, 0, 1), (10, 1, 0, 0, 0), (8, 4, 2, 0, 0), (3, 0, 0, 0, 0))


@pytest.fixture
def posts(hub: Any, frozen: Any) -> list[Post]:
    """Seven posts rated in October; the last by three friends only."""
    made = [a_post(hub, number=n, name_zh=f"{n}号岗") for n in range(1, 8)]
    for post, grades in zip(made, GRADES, strict=True):
        past_ratings(post, OCTOBER, grades)
    return made


def refusal(work: Any) -> str:
    with pytest.raises(RuleBroken) as refused, transaction.atomic():
        work()
    return refused.value.code


def faults() -> list[str]:
    return [fault for check in integrity_checks if check.name.startswith(("vanguard.", "closings.")) for fault in check.find()]


def test_a_month_is_closed_with_its_five(hub: Any, second_hub: Any, posts: list[Post]) -> None:
    reviewer = at_work("reviewer", hub)
    closing = actions.close_month(hub=hub, month=OCTOBER, by=reviewer)
    again = actions.close_month(hub=hub, month=OCTOBER, by=at_work("director", hub))
    five = [(line["number"], line["holder"], line["place"]) for line in closing.result["five"]]
    assert (again, five) == (closing, [(1, "赵玉兰", 1), (3, "赵玉兰", 2), (5, "赵玉兰", 3), (6, "赵玉兰", 4), (4, "赵玉兰", 5)])
    assert closing.result["rules"] == {"minimum": 10, "prior": 30, "mean": "4.653", "votes": 123 + 1}
    assert [(line["votes"], line["score"], line["place"]) for line in closing.result["posts"]][-1] == (3, "", None)
    assert (standing_of(hub=second_hub, kind="vanguard.month", period="2026-10"), faults()) == (None, [])
    rated(hub)  # in November: what is frozen does not move
    assert month_at(hub, OCTOBER).votes == closing.result["rules"]["votes"]


def test_a_month_that_runs_is_not_closed(hub: Any, posts: list[Post], frozen: Any) -> None:
    reviewer = at_work("reviewer", hub)
    assert refusal(lambda: actions.close_month(hub=hub, month=date(2026, 11, 1), by=reviewer)) == "month_not_over"
    frozen.move_to("2026-11-30T16:09:59Z")
    assert refusal(lambda: actions.close_month(hub=hub, month=date(2026, 11, 1), by=reviewer)) == "month_not_over"
    frozen.move_to("2026-11-30T16:10:00Z")
    assert actions.close_month(hub=hub, month=date(2026, 11, 1), by=reviewer).result["five"] == []


def test_who_held_a_post_does_not_close_the_month(hub: Any, posts: list[Post]) -> None:
    reviewer = at_work("reviewer", hub)
    a_term(PostFactory(hub=hub, number=8), account=reviewer, until_on=date(2026, 10, 1))
    assert refusal(lambda: actions.close_month(hub=hub, month=OCTOBER, by=reviewer)) == "month_own_post"
    closing = actions.close_month(hub=hub, month=OCTOBER, by=at_work("reviewer", hub, "reviewer2"))
    assert refusal(lambda: actions.reopen_month(closing=closing, reason="x", by=reviewer)) == "month_own_post"


def test_opened_again_with_a_reason_both_stay(hub: Any, posts: list[Post]) -> None:
    reviewer, second = at_work("reviewer", hub), at_work("reviewer", hub, "reviewer2")
    first = actions.close_month(hub=hub, month=OCTOBER, by=reviewer)
    assert refusal(lambda: actions.reopen_month(closing=first, reason=" ", by=reviewer)) == "closing_reason_missing"
    some = Rating.objects.filter(post=posts[0]).first()
    for work in (
        lambda: actions.set_aside(rating=some, reason="重复", by=reviewer),
        lambda: actions.strike(post=posts[0], month=OCTOBER, reason="投诉", by=at_work("director", hub)),
        lambda: actions.type_box(post=posts[0], month=OCTOBER, cards=(1, 0, 0, 0, 0), by=reviewer),
    ):
        assert refusal(work) == "closing_stands"
    actions.reopen_month(closing=first, reason="漏录一箱纸质评价", by=reviewer)
    for person in (reviewer, second):
        actions.type_box(post=posts[6], month=OCTOBER, cards=(20, 0, 0, 0, 0), by=person)
    later = actions.close_month(hub=hub, month=OCTOBER, by=second)
    found = [(row.version, [line["number"] for line in row.result["five"]]) for row in Closing.objects.at(hub).of("vanguard.month", "2026-10")]
    assert (later.version, found, faults()) == (2, [(1, [1, 3, 5, 6, 4]), (2, [7, 3, 1, 5, 6])], [])


def test_a_post_is_left_out_for_a_published_reason_alone(hub: Any, posts: list[Post]) -> None:
    director, reviewer = at_work("director", hub), at_work("reviewer", hub)
    assert refusal(lambda: actions.strike(post=posts[2], month=OCTOBER, reason=" ", by=director)) == "strike_reason_missing"
    assert refusal(lambda: actions.strike(post=posts[2], month=OCTOBER, reason="投诉", by=reviewer)) == "rating_not_yours_to_decide"
    made = actions.strike(post=posts[2], month=OCTOBER, reason="当月有一起有效投诉", by=director)
    assert refusal(lambda: actions.strike(post=posts[2], month=OCTOBER, reason="投诉", by=director)) == "strike_there"
    closing = actions.close_month(hub=hub, month=OCTOBER, by=reviewer)
    assert [line["number"] for line in closing.result["five"]] == [1, 5, 6, 4, 2]
    assert [(post.number, post.struck) for post in FrozenMonth(closing).struck] == [(3, "当月有一起有效投诉")]
    words = closing_kinds["vanguard.month"].words(closing)
    assert words is not None
    assert (words.slug, words.title_zh[-1:] != "", words.title_en, len(words.lines_en)) == ("vanguard-2026-10", True, "Vanguard posts of October 2026", 8)
    assert ("p", "3号岗 was left out by the committee: 当月有一起有效投诉") in [(kind, text.replace("Service desk", "3号岗")) for kind, text in words.lines_en]
    actions.reopen_month(closing=closing, reason="核实后撤销", by=reviewer)
    assert actions.take_strike_back(strike=made, by=director).taken_back_by == director
    assert [placed.tally.number for placed in month_at(hub, OCTOBER).five] == [1, 3, 5, 6, 4]


def test_holders_leave_no_own_post_in_or_out(hub: Any, posts: list[Post]) -> None:
    director = at_work("director", hub)
    own = PostFactory(hub=hub, number=9, leader=director)
    assert refusal(lambda: actions.strike(post=own, month=OCTOBER, reason="投诉", by=director)) == "rating_not_yours_to_decide"


# --- the box --------------------------------------------------------------------------------------------------------
def test_two_who_agree_write_the_cards_down_once(hub: Any, posts: list[Post]) -> None:
    reviewer, second = at_work("reviewer", hub), at_work("coordinator", hub)
    type_box = {"post": posts[6], "month": OCTOBER, "cards": (4, 2, 1, 0, 1)}
    actions.type_box(**type_box, by=reviewer)
    assert (month_at(hub, OCTOBER).posts[6].paper, refusal(lambda: actions.type_box(**type_box, by=reviewer))) == (0, "box_second_person")
    assert refusal(lambda: actions.close_month(hub=hub, month=OCTOBER, by=reviewer)) == "month_box_open"
    done = actions.type_box(**type_box, by=second)
    line = month_at(hub, OCTOBER).posts[6]
    assert (done.turn, done.place, line.paper, line.tally.grades) == (1, 2, 8, (7, 2, 1, 0, 1))
    assert refusal(lambda: actions.type_box(**type_box, by=at_work("director", hub))) == "box_done"
    for person in (reviewer, second):
        actions.type_box(**{**type_box, "box": 2}, by=person)
    assert (month_at(hub, OCTOBER).posts[6].paper, set(Rating.objects.filter(source="paper").values_list("counts", flat=True)), faults()) == (16, {True}, [])


def test_two_who_differ_both_count_again(hub: Any, posts: list[Post]) -> None:
    reviewer, second = at_work("reviewer", hub), at_work("coordinator", hub)
    facts = {"post": posts[6], "month": OCTOBER}
    actions.type_box(**facts, cards=(4, 0, 0, 0, 0), by=reviewer)
    with pytest.raises(RuleBroken) as refused:
        actions.type_box(**facts, cards=(5, 0, 0, 0, 0), by=second)
    assert (refused.value.code, BoxCount.objects.count(), Rating.objects.filter(source="paper").count()) == ("box_differs", 2, 0)
    assert refusal(lambda: actions.close_month(hub=hub, month=OCTOBER, by=reviewer)) == "month_box_open"
    actions.type_box(**facts, cards=(5, 0, 0, 0, 0), by=second)
    actions.type_box(**facts, cards=(5, 0, 0, 0, 0), by=reviewer)
    found = [(row.turn, row.place, row.settled_at is None) for row in BoxCount.objects.order_by("turn", "place")]
    assert found == [(1, 1, True), (1, 2, True), (2, 1, False), (2, 2, False)]
    assert (Rating.objects.filter(source="paper").count(), actions.close_month(hub=hub, month=OCTOBER, by=reviewer).version) == (5, 1)


@pytest.mark.parametrize(
    ("role", "cards", "code"),
    [
        ("clerk", (1, 0, 0, 0, 0), "box_holder"),
        ("director", (1, 0, 0, 0, 0), "box_holder"),  # leads a post here
        ("reviewer", (0, 0, 0, 0, 0), "box_empty"),
        ("reviewer", (-1, 0, 0, 0, 3), "box_too_many"),
        ("reviewer", (5001, 0, 0, 0, 0), "box_too_many"),
        ("reviewer", (0, 0, 0, 0, 0), "month_unknown"),  # a month to come
    ],
)
def test_boxes_nobody_may_type(hub: Any, posts: list[Post], role: str, cards: Any, code: str) -> None:
    Post.objects.filter(number=2).update(leader=at_work("director", hub))
    month = date(2026, 12, 1) if code == "month_unknown" else OCTOBER
    assert refusal(lambda: actions.type_box(post=posts[6], month=month, cards=cards, by=at_work(role, hub))) == code


# --- terms, duty, jobs ----------------------------------------------------------------------------------------------
def test_nobody_holds_a_post_beside_somebody(hub: Any, frozen: Any) -> None:
    post = PostFactory(hub=hub, number=1)
    first = a_term(post, "赵玉兰", until_on=date(2026, 6, 30))
    assert refusal(lambda: a_term(post, "孙建国", from_on=date(2026, 6, 30))) == "term_overlaps"
    assert refusal(lambda: a_term(post, "孙建国", from_on=date(2026, 7, 2), until_on=date(2026, 7, 1))) == "term_order"
    second = a_term(post, "孙建国", from_on=date(2026, 7, 1))
    assert (first.until_on, second.from_on, second.until_on) == (date(2026, 6, 30), date(2026, 7, 1), None)
    assert refusal(lambda: actions.end_term(term=first, until_on=date(2026, 7, 1), by=None)) == "term_overlaps"
    assert actions.end_term(term=second, until_on=date(2026, 12, 31), by=None).until_on == date(2026, 12, 31)
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.filter(pk=first.pk).update(ends_at=second.ends_at)
    actions.take_term_back(term=second, by=None)
    assert refusal(lambda: actions.change_term(term=second, by=None, name="x")) == "term_over"
    assert a_term(post, "李春华", from_on=date(2026, 7, 1)).name == "李春华"
    assert [fault for fault in faults() if "held by two" in fault] == []


def test_the_roster_has_one_leader_a_day(hub: Any, frozen: Any) -> None:
    days = {date(2026, 11, 23) + timedelta(days=n): ("陈国庆", None) for n in range(7)}
    director = at_work("director", hub)
    assert [actions.set_duty(hub=hub, days=days, by=director) for _again in range(2)] == [7, 0]
    assert actions.set_duty(hub=hub, days={date(2026, 11, 28): ("冯雪", director), date(2026, 11, 29): ("", None)}, by=director) == 2
    assert refusal(lambda: actions.set_duty(hub=hub, days={date(2026, 11, 28): ("", director)}, by=director)) == "duty_name_missing"


def test_closing_is_reminded_of_and_never_done_by_itself(hub: Any, second_hub: Any, posts: list[Post], frozen: Any) -> None:
    assert [jobs.remind_to_close(), jobs.remind_to_close()] == [1, 0]
    owed = Promise.objects.get(kind="vanguard.close_month")
    assert (owed.subject_ref, owed.team, Closing.objects.count()) == ("xidajie:2026-10", "reviewer", 0)
    steps = review_parts["vanguard"].steps(hub, OCTOBER, at_work("reviewer", hub))
    assert [(step.left, bool(step.waits)) for step in steps] == [(0, False), (0, False), (0, False), (0 + 1, False), (1, False)]
    actions.close_month(hub=hub, month=OCTOBER, by=at_work("reviewer", hub))
    owed.refresh_from_db()
    assert (owed.outcome, [step.left for step in review_parts["vanguard"].steps(hub, OCTOBER, at_work("reviewer", hub))][-1]) == ("kept", 0)


def test_what_browsers_left_is_forgotten(hub: Any, posts: list[Post], frozen: Any) -> None:
    made = rated(hub, came=actions.Came(mark="m", address="a", cookie="c"))
    assert (jobs.forget_browsers(), Rating.objects.get(pk=made.pk).mark) == (0, "m")
    frozen.shift(timedelta(days=63))
    assert jobs.forget_browsers() == 1
    made.refresh_from_db()
    assert (made.mark, made.address, made.cookie, made.issued_by, made.grade) == ("", "", "", None, 5)


@pytest.mark.parametrize("factor", [1, 3])
def test_a_month_is_counted_in_as_many_statements_however_many_posts(hub: Any, frozen: Any, django_assert_num_queries: Any, factor: int) -> None:
    for n in range(factor):
        past_ratings(a_post(hub, number=n + 1), OCTOBER, (10, 0, 0, 0, 0))
    with django_assert_num_queries(6):
        assert len(month_at(hub, OCTOBER).five) == factor


def test_ties_go_to_who_was_chosen_longer_ago(hub: Any, frozen: Any) -> None:
    first, second = a_post(hub, number=1), a_post(hub, number=2)
    past_ratings(first, date(2026, 9, 1), (10, 0, 0, 0, 0))
    actions.close_month(hub=hub, month=date(2026, 9, 1), by=at_work("reviewer", hub))
    for post in (first, second):
        past_ratings(post, OCTOBER, (10, 0, 0, 0, 0))
    assert (tallies.last_chosen(hub, OCTOBER), [placed.tally.number for placed in month_at(hub, OCTOBER).five]) == ({1: "2026-09"}, [2, 1])


# --- visits ---------------------------------------------------------------------------------------------------------
def test_a_visit_is_closed_once_and_its_code_said_again(hub: Any, frozen: Any) -> None:
    clerk, person = at_work("clerk", hub), ResidentFactory(hub=hub)
    first = actions.close_visit(hub=hub, by=clerk, token="one", person=person)
    assert actions.close_visit(hub=hub, by=clerk, token="one") == first
    assert refusal(lambda: actions.close_visit(hub=hub, by=clerk, token="two", station="moon")) == "visit_station_unknown"
    cards = actions.print_cards(hub=hub, by=clerk, token="cards", sheets=2)
    assert (len(cards), actions.print_cards(hub=hub, by=clerk, token="cards", sheets=2) == cards) == (20, True)
    assert [refusal(lambda n=n: actions.print_cards(hub=hub, by=clerk, token=f"c{n}", sheets=n)) for n in (0, 21)] == ["visit_sheets"] * 2


def test_a_card_names_its_post(hub: Any, frozen: Any) -> None:
    clerk = at_work("clerk", hub)
    own, gym = a_post(hub, number=1, station="culture", account=clerk), a_post(hub, number=2, station="culture")
    _visit, code = actions.close_visit(hub=hub, by=clerk, token="one", post=gym)
    _other, nothing_named = actions.close_visit(hub=hub, by=clerk, token="two", station="culture")
    found = [actions.rate(hub=hub, code=each or "", grade=5, came=actions.Came()).post for each in (code, nothing_named)]
    assert found == [gym, own]
