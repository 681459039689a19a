"""Who is proposed, and until when they have to answer. Property tests beside the plain ones."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.dispatch.rules import (
    HelperFacts,
    Need,
    Sums,
    corrected,
    fair,
    lapse_time,
    rank,
    rated,
    shrunk_hundredths,
    total,
    why_not,
)

ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


NEED = Need(service=1, starts_at=at("2026-11-30T08:00"), ends_at=at("2026-11-30T10:00"), community=7, grid=70)


def helper(pk: int = 1, **given: Any) -> HelperFacts:
    return HelperFacts(**{"id": pk, "services": frozenset({1}), **given})


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, ""),
        ({"is_active": False}, "not_active"),
        ({"services": frozenset({2})}, "no_skill"),
        ({"is_kept_apart": True}, "kept_apart"),
        ({"is_on_leave": True}, "on_leave"),
        ({"communities": frozenset({8})}, "not_there"),
        ({"communities": frozenset({7})}, ""),
        ({"grids": frozenset({70}), "grid_communities": frozenset({7})}, ""),
        ({"grids": frozenset({71}), "grid_communities": frozenset({7})}, "not_there"),
        ({"has_hours": True}, "not_at_work"),
        ({"has_hours": True, "hours": ((time(10), time(18)),)}, "not_at_work"),
        ({"has_hours": True, "hours": ((time(9), time(18)),)}, ""),
        ({"busy": ((at("2026-11-30T09:30"), at("2026-11-30T11:00")),)}, "busy"),
        ({"busy": ((at("2026-11-30T10:00"), at("2026-11-30T12:00")),)}, ""),
        ({"day_count": 4}, "full"),
        ({"day_count": 4, "most_a_day": 5}, ""),
        ({"said_no": True}, "said_no"),
        ({"let_it_lapse": True}, ""),
    ],
)
def test_who_is_not_sent_and_why(facts: dict[str, Any], code: str) -> None:
    assert why_not(NEED, helper(**facts)) == code


def test_where_the_grid_is_not_known_a_grid_of_the_community_does() -> None:
    need = Need(service=1, starts_at=NEED.starts_at, ends_at=NEED.ends_at, community=7)
    assert why_not(need, helper(grids=frozenset({71}), grid_communities=frozenset({7}))) == ""


def test_the_order_of_proposals() -> None:
    found = rank(
        NEED,
        [
            helper(1, month_count=3),
            helper(2, grids=frozenset({70}), grid_communities=frozenset({7})),
            helper(3, communities=frozenset({7})),
            helper(4, rating_sum=5, rating_count=5),
            helper(5, let_it_lapse=True, grids=frozenset({70})),
            helper(6, is_on_leave=True),
        ],
    )
    assert [ranked.id for ranked in found] == [2, 3, 4, 1, 5, 6]
    assert [ranked.can_be_sent for ranked in found] == [True] * 5 + [False]
    assert found[0].reasons == (("skill", 0), ("free", 0), ("knows_grid", 30), ("fair", 40), ("rated", 22))


def test_few_ratings_are_drawn_towards_the_usual_one() -> None:
    assert [shrunk_hundredths(0, 0), shrunk_hundredths(5, 1), shrunk_hundredths(1, 1), shrunk_hundredths(250, 50)] == [400, 416, 350, 490]


facts_of_anybody = st.builds(
    HelperFacts,
    id=st.integers(1, 999),
    is_active=st.booleans(),
    services=st.frozensets(st.integers(1, 3)),
    communities=st.frozensets(st.integers(6, 8)),
    is_on_leave=st.booleans(),
    is_kept_apart=st.booleans(),
    day_count=st.integers(0, 5),
    month_count=st.integers(0, 60),
    rating_sum=st.integers(0, 500),
    rating_count=st.just(100),
    said_no=st.booleans(),
    let_it_lapse=st.booleans(),
)


@given(st.lists(facts_of_anybody, unique_by=lambda facts: facts.id, max_size=12), st.randoms())
def test_the_ranking_is_whole_and_does_not_hang_on_the_order_of_the_rows(everybody: list[HelperFacts], chance: Any) -> None:
    shuffled = list(everybody)
    chance.shuffle(shuffled)
    found = rank(NEED, everybody)
    assert found == rank(NEED, shuffled)
    assert sorted(ranked.id for ranked in found) == sorted(facts.id for facts in everybody)
    sent = [ranked.can_be_sent for ranked in found]
    assert sent == sorted(sent, reverse=True)
    known = {facts.id: facts for facts in everybody}
    assert all(not (known[ranked.id].is_on_leave or known[ranked.id].is_kept_apart or known[ranked.id].said_no) for ranked in found if ranked.can_be_sent)
    asked = [known[ranked.id].let_it_lapse for ranked in found if ranked.can_be_sent]
    assert asked == sorted(asked)


@given(st.integers(0, 200), st.integers(0, 200))
def test_fewer_jobs_are_never_worse(one: int, two: int) -> None:
    assert one > two or fair(one) >= fair(two)


@given(st.integers(0, 50).flatmap(lambda n: st.tuples(st.integers(n, 5 * n), st.just(n))))
def test_a_rating_stays_within_its_bounds(ratings: tuple[int, int]) -> None:
    assert 0 <= rated(*ratings) <= 30
    assert 100 <= shrunk_hundredths(*ratings) <= 500


# --- until when -----------------------------------------------------------------------------------------------------
CLOSED = {date(2026, 11, 29)}


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        ("2026-11-28T10:00", "2026-11-28T10:15"),
        ("2026-11-28T19:45", "2026-11-28T20:00"),
        ("2026-11-28T19:50", "2026-11-30T08:05"),
        ("2026-11-28T23:00", "2026-11-30T08:15"),
        ("2026-11-30T03:00", "2026-11-30T08:15"),
    ],
)
def test_the_time_to_answer_runs_while_the_house_is_open(asked: str, until: str) -> None:
    assert lapse_time(at(asked), 15, time(8), time(20), lambda day: day not in CLOSED) == at(until)


def test_a_house_that_never_opens() -> None:
    with pytest.raises(ValueError, match="never opens"):
        lapse_time(at("2026-11-28T10:00"), 15, time(8), time(20), lambda _day: False)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)), st.integers(1, 3000))
def test_never_earlier_than_the_clock_and_always_while_open(asked: datetime, minutes: int) -> None:
    moment = asked.replace(tzinfo=ZONE)
    until = lapse_time(moment, minutes, time(8), time(20), lambda day: day.weekday() != 6)
    assert until - moment >= timedelta(minutes=minutes)
    assert (time(8) <= until.time() <= time(20), until.weekday() != 6) == (True, True)


# --- months ---------------------------------------------------------------------------------------------------------
money = st.builds(Sums, st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))


@given(money, money)
def test_what_was_written_and_its_correction_come_to_what_is_so(written: Sums, is_now: Sums) -> None:
    lines = corrected(written, is_now)
    assert written + total(sums for _kind, sums in lines) == is_now
    assert (lines == ()) is (written == is_now)
