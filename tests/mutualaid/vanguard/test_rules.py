"""The formula of the month, and which ratings come in bursts: what must hold for every month there could be."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutualaid.vanguard import rules
from mutualaid.vanguard.rules import Sign, Tally

NOON = datetime(2026, 10, 5, 4, tzinfo=UTC)
LIMITS = {"minimum": 10, "prior": 30}
grades = st.tuples(*[st.integers(0, 40)] * 5)
months = st.lists(st.tuples(grades, st.sampled_from(["", "2026-08", "2026-09"])), max_size=12).map(
    lambda rows: [Tally(n * 7, n, row, chosen) for n, (row, chosen) in enumerate(rows, 1)]
)


@given(months, st.randoms(use_true_random=False))
def test_the_order_in_which_posts_are_given_changes_nothing(month: list[Tally], chance: object) -> None:
    mixed = list(month)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis draws a Random
    assert rules.rank(mixed, **LIMITS) == rules.rank(month, **LIMITS)


@given(months)
def test_at_most_five_and_each_has_the_minimum(month: list[Tally]) -> None:
    ranked = rules.rank(month, **LIMITS)
    five = rules.first_five(ranked)
    enough = [row for row in month if row.votes >= 10]
    assert (len(ranked), len(five), [placed.place for placed in ranked]) == (len(enough), min(5, len(enough)), list(range(1, len(enough) + 1)))


@given(months, st.integers(1, 40), st.integers(0, 60), st.data())
@settings(max_examples=200)
def test_a_better_vote_never_puts_a_post_further_down(month: list[Tally], minimum: int, prior: int, data: st.DataObject) -> None:
    candidates = [(place, lower) for place, row in enumerate(month) for lower in range(1, 5) if row.grades[lower]]
    if not candidates:
        return
    place, lower = data.draw(st.sampled_from(candidates))
    row = month[place]
    better = list(row.grades)
    better[lower] -= 1
    better[lower - 1] += 1
    after = [*month[:place], Tally(row.post, row.number, tuple(better), row.last_chosen), *month[place + 1 :]]
    before_place = {placed.tally.post: placed.place for placed in rules.rank(month, minimum=minimum, prior=prior)}
    after_place = {placed.tally.post: placed.place for placed in rules.rank(after, minimum=minimum, prior=prior)}
    assert before_place.get(row.post) is None or after_place[row.post] <= before_place[row.post]


@given(months, st.data())
def test_who_is_struck_lets_exactly_the_next_move_up(month: list[Tally], data: st.DataObject) -> None:
    ranked = rules.rank(month, **LIMITS)
    before = rules.first_five(ranked)
    if not before:
        return
    struck = data.draw(st.sampled_from(before)).tally.post
    after = rules.first_five(ranked, {struck})
    assert after == [placed for placed in before if placed.tally.post != struck] + ranked[5:6]


@given(st.integers(0, 3), grades.filter(lambda row: sum(row) >= 10))
def test_three_friends_do_not_beat_three_hundred_visitors(friends: int, others: tuple[int, ...]) -> None:
    visitors = Tally(1, 1, (280, 15, 3, 1, 1))
    ranked = rules.rank([visitors, Tally(2, 2, (friends, 0, 0, 0, 0)), Tally(3, 3, others)], **LIMITS)
    assert 2 not in {placed.tally.post for placed in ranked}
    without_minimum = rules.rank([visitors, Tally(2, 2, (3, 0, 0, 0, 0)), Tally(3, 3, (60, 60, 30, 10, 10))], minimum=1, prior=30)
    assert [placed.tally.post for placed in without_minimum] == [1, 2, 3]


@given(months)
def test_a_score_lies_between_the_posts_own_average_and_the_houses(month: list[Tally]) -> None:
    mean = rules.mean_of(month)
    for placed in rules.rank(month, minimum=1, prior=30):
        own = Fraction(placed.tally.points, placed.tally.votes)
        assert min(own, mean) <= placed.score <= max(own, mean)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Tally(1, 9, (20, 0, 0, 0, 0)), Tally(2, 1, (12, 0, 0, 0, 0))),  # more ratings
        (Tally(1, 9, (11, 0, 1, 0, 0)), Tally(2, 1, (10, 2, 0, 0, 0))),  # more very satisfied
        (Tally(1, 9, (10, 0, 2, 0, 0)), Tally(2, 1, (10, 1, 0, 1, 0))),  # fewer of the two lowest
        (Tally(1, 9, (10, 2, 0, 0, 0), "2026-05"), Tally(2, 1, (10, 2, 0, 0, 0), "2026-09")),  # chosen longer ago
        (Tally(1, 9, (10, 2, 0, 0, 0), ""), Tally(2, 1, (10, 2, 0, 0, 0), "2026-01")),  # never chosen
        (Tally(1, 1, (10, 2, 0, 0, 0)), Tally(2, 9, (10, 2, 0, 0, 0))),  # the lower number
    ],
)
def test_ties_by_the_published_rule(one: Tally, other: Tally) -> None:
    first, second = rules.rank([other, one], minimum=1, prior=0)
    assert (first.score, first.tally.post, second.tally.post) == (second.score, 1, 2)


def test_words_for_scores_and_small_numbers() -> None:
    assert [rules.in_thousandths(Fraction(*pair)) for pair in [(9, 2), (14, 3), (5, 1), (9999, 2000)]] == ["4.500", "4.667", "5.000", "5.000"]
    assert [rules.satisfied_percent(row) for row in [(0,) * 5, (199, 0, 0, 0, 1), (0, 0, 3, 0, 0)]] == [0, 99, 100]


@given(grades)
def test_nobody_reckons_a_hidden_number_from_the_sum(row: tuple[int, ...]) -> None:
    shown = rules.shown_counts(row)
    assert all(count is None or count == real and real >= 5 for count, real in zip(shown, row, strict=True))
    assert shown.count(None) != 1


def signs(how_many: int, *, apart: timedelta = timedelta(minutes=1), **given: object) -> list[Sign]:
    return [Sign(n, NOON + apart * n, **given) for n in range(how_many)]  # type: ignore[arg-type]  # each case gives its own fields


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (signs(10, mark="m", address="a", cookie="c"), {}),
        (signs(11, mark="m", address="a", cookie="c"), dict.fromkeys(range(11), "browser")),
        (signs(11, mark="m", address="", cookie="c"), dict.fromkeys(range(11), "browser")),
        (signs(30, mark="m", address="", cookie=""), {}),
        (signs(31, mark="m", address="", cookie=""), dict.fromkeys(range(31), "browser")),
        (signs(11, mark="m", address="a", apart=timedelta(hours=3)), {}),
        (signs(500, mark="", address="a"), {}),  # an address alone says nothing
        (signs(500, mark="", address="", cookie="c"), {}),
        (signs(6, issuer=7, waited=3), dict.fromkeys(range(6), "series")),
        (signs(6, issuer=7, waited=8), {}),
        (signs(6, issuer=None, waited=3), {}),
        (signs(6, issuer=7, waited=3, apart=timedelta(minutes=13)), {}),
    ],
)
def test_what_comes_in_a_burst(rows: list[Sign], found: dict[int, str]) -> None:
    assert rules.bursts(reversed(rows)) == found


@given(st.lists(st.tuples(st.integers(0, 200), st.sampled_from("mn"), st.sampled_from("ab")), max_size=60))
def test_of_one_browser_no_more_than_the_bound_is_left_in_a_day(rows: list[tuple[int, str, str]]) -> None:
    found = [Sign(n, NOON + timedelta(minutes=minute), mark, address) for n, (minute, mark, address) in enumerate(rows)]
    left = [sign for sign in found if sign.key not in rules.bursts(found)]
    for mark in "mn":
        for address in "ab":
            assert sum((sign.mark, sign.address) == (mark, address) for sign in left) <= rules.MOST_OF_ONE_BROWSER
