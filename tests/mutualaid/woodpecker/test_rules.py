"""Credit, marks, ranks and prizes: by hand, and over everything Hypothesis thinks of."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid.woodpecker import rules
from mutualaid.woodpecker.rules import Correction, Entrant, Found, Given, Prize

NOON = datetime(2026, 10, 5, 4, tzinfo=UTC)
POINTS = st.lists(st.integers(0, 10), min_size=1, max_size=5).map(tuple)
CORRECTIONS = st.lists(st.builds(Correction, POINTS, st.integers(1, 10), st.booleans()), min_size=1, max_size=6).map(tuple)
MOMENTS = st.integers(0, 3).map(lambda n: NOON + timedelta(seconds=n))
FOUND = st.lists(st.builds(Found, st.integers(1, 99), MOMENTS, st.booleans()), unique_by=lambda row: row.pk)


@st.composite
def entrants(draw: st.DrawFn) -> list[Entrant]:
    """Readers with reports of their own."""
    many = draw(st.integers(0, 8))
    return [
        Entrant(n, draw(CORRECTIONS), NOON + timedelta(seconds=draw(st.integers(0, 2))), first=n, is_excluded=draw(st.integers(0, 5)) == 0) for n in range(many)
    ]


PRIZES = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3)), max_size=4).map(
    lambda rows: [Prize(n, n, places, cash * 5_000) for n, (places, cash) in enumerate(rows, 1)]
)


# --- credit ---------------------------------------------------------------------------------------------------------
def test_the_first_valid_finder_is_credited_and_at_the_same_moment_the_lower_number() -> None:
    rows = [Found(3, NOON), Found(2, NOON), Found(1, NOON + timedelta(seconds=1)), Found(9, NOON - timedelta(1), is_valid=False)]
    assert (rules.credit(rows, rules.FIRST), rules.credit(rows, rules.SHARED), rules.credit([], rules.FIRST)) == ((2,), (2, 3, 1), ())


@given(FOUND, st.randoms())
def test_credit_does_not_depend_on_the_order_of_sorting(rows: list[Found], chance: object) -> None:
    mixed = list(rows)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis draws a Random
    valid = {row.pk for row in rows if row.is_valid}
    shared = rules.credit(mixed, rules.SHARED)
    assert (rules.credit(mixed, rules.FIRST), rules.credit(rows, rules.SHARED)) == (shared[:1], shared)
    assert (set(shared), len(shared)) == (valid, len(valid))


@given(FOUND)
def test_when_the_first_falls_the_next_takes_the_place(rows: list[Found]) -> None:
    order = rules.credit(rows, rules.SHARED)
    fallen = [Found(row.pk, row.received_at, row.is_valid and row.pk != order[0]) for row in rows] if order else rows
    assert rules.credit(fallen, rules.FIRST) == order[1:2]


# --- marks ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("points", "expected"), [((), 0), ((7,), 7), ((7, 8), Fraction(15, 2)), ((1, 9, 2), 2), ((0, 0, 1, 10), Fraction(1, 2)), ((10,) * 5, 10)]
)
def test_median_works_with_none_one_two_and_more(points: tuple[int, ...], expected: Fraction) -> None:
    assert rules.median(points) == expected


def test_a_mark_is_points_times_weight_and_of_light_errors_the_best_few() -> None:
    heavy, light = Correction((6, 7), 3), [Correction((n,), 1, is_light=True) for n in (2, 9, 4)]
    assert [rules.mark([heavy, *light], most) for most in (None, 2, 0)] == [Fraction(69, 2), Fraction(65, 2), Fraction(39, 2)]
    assert [rules.words_of(each) for each in (Fraction(12), Fraction(69, 2))] == ["12", "34.5"]


@given(CORRECTIONS, st.integers(0, 9), st.integers(0, 10))
def test_one_more_correction_never_lowers_a_mark(rows: tuple[Correction, ...], most: int, points: int) -> None:
    more = (*rows, Correction((points,), 2, is_light=bool(points % 2)))
    assert rules.mark(more, most) >= rules.mark(rows, most)


# --- rank -----------------------------------------------------------------------------------------------------------
def test_ties_go_by_best_point_then_count_then_earliest() -> None:
    def entrant(reader: int, *points: int, second: int = 0, is_excluded: bool = False) -> Entrant:
        return Entrant(reader, tuple(Correction((each,)) for each in points), NOON + timedelta(seconds=second), reader, is_excluded)

    rows = [entrant(1, 6, 6), entrant(2, 8, 4), entrant(3, 8, 3, 1), entrant(4, 8, 3, 1, second=-1), entrant(5, 10, 10, is_excluded=True), entrant(6)]
    assert [row.reader for row in rules.rank(rows)] == [4, 3, 2, 1]


@given(entrants(), st.none() | st.integers(0, 3), st.randoms())
def test_rank_does_not_depend_on_the_order_it_is_given(rows: list[Entrant], most: int | None, chance: object) -> None:
    mixed = list(rows)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis draws a Random
    ranked = rules.rank(mixed, most)
    marks = [rules.mark(row.corrections, most) for row in ranked]
    assert (ranked, marks) == (rules.rank(rows, most), sorted(marks, reverse=True))
    assert {row.reader for row in ranked} == {row.reader for row in rows if not row.is_excluded}


# --- prizes ---------------------------------------------------------------------------------------------------------
def test_readers_walk_down_the_prizes_and_fewer_readers_than_prizes_works() -> None:
    prizes = [Prize(2, 2, 10), Prize(1, 1, 1, 10_000)]
    assert rules.award([7, 8, 9], prizes, 10_000) == [Given(1, 1, 7, 10_000), Given(2, 1, 8), Given(2, 2, 9)]
    assert rules.award([7, 8], prizes, 9_999) == [Given(2, 1, 7), Given(2, 2, 8)]
    kept = [Given(1, 1, 8, 10_000)]
    assert (rules.award([7, 8, 9], prizes, 0, kept), rules.award([], prizes, 10_000)) == ([Given(2, 1, 7), Given(2, 2, 9)], [])


@given(st.lists(st.integers(1, 40), unique=True, max_size=12), PRIZES, st.integers(0, 60_000))
def test_prizes_are_never_over_the_budget_one_each_and_in_order(ranked: list[int], prizes: list[Prize], budget: int) -> None:
    given_out = rules.award(ranked, prizes, budget)
    assert sum(row.cash_fen for row in given_out) <= budget
    readers = [row.reader for row in given_out]
    assert readers == ranked[: len(readers)]
    places = [(row.prize, row.place) for row in given_out]
    assert places == sorted(places)
    assert len(set(places)) == len(places)
    assert len(given_out) == min(len(ranked), len(given_out))
    if budget >= sum(row.cash_fen * row.places_count for row in prizes):
        assert len(given_out) == min(len(ranked), sum(row.places_count for row in prizes))


@given(st.lists(st.integers(1, 40), unique=True, max_size=12), PRIZES, st.integers(0, 60_000), st.integers(0, 12))
def test_what_was_handed_over_stays_and_nobody_gets_a_second(ranked: list[int], prizes: list[Prize], budget: int, many: int) -> None:
    first = rules.award(ranked, prizes, budget)
    kept = first[:many]
    left = budget - sum(row.cash_fen for row in kept)
    again = rules.award(list(reversed(ranked)), prizes, left, kept)
    everybody = [*kept, *again]
    assert sum(row.cash_fen for row in everybody) <= budget
    assert len({row.reader for row in everybody}) == len(everybody) == len({(row.prize, row.place) for row in everybody})
    assert rules.award(ranked, prizes, left, kept) == first[many:]


# --- what is alike --------------------------------------------------------------------------------------------------
def test_the_same_error_in_other_words_is_found_and_others_are_not() -> None:
    asked = rules.Asked.of(2, "春风进社区", "“座谈会”印成了“坐谈会”")
    rows = [
        (1, 2, "春风进社区", "第三行“坐谈会”应为“座谈会”"), (2, 5, "秋日读书", "“做客”应为“作客”"), (3, 3, "春风进社区", "把座谈会印成坐谈会。"),
        (4, 2, "菜场搬家", "电话少一位"), (5, 2, "", ""),
    ]  # fmt: skip
    assert [pk for pk, _much in rules.most_alike(asked, rows, 5)] == [1, 3]


@given(st.text(max_size=40), st.text(max_size=60), st.integers(1, 9))
def test_likeness_is_between_nought_and_one_and_one_for_the_same(title: str, wrong: str, page: int) -> None:
    asked = rules.Asked.of(page, title, wrong)
    assert 0 <= rules.likeness(asked, page + 1, rules.plain(wrong), rules.plain(title)) <= 1
    whole = all(len(rules.pieces(text)) == max(1, len(rules.plain(text)) - 1) and rules.plain(text) for text in (title, wrong))
    if whole:
        assert rules.likeness(asked, page, rules.plain(title), rules.plain(wrong)) == pytest.approx(1)
