"""What the house says about sizes, choices and times."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid.clothing import rules
from mutualaid.clothing.rules import HEIGHTS, LETTERS, ONE_SIZE, SHOE_SIZES, Brought, Hours
from mutualaid.clothing.states import Fits, Kinds, ParcelStates

ZONE = ZoneInfo("Asia/Shanghai")
SATURDAY = datetime(2026, 11, 28, 10, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("typed", "kind", "fit", "size"),
    [
        ("l", "coat", "women", "L"), ("ＸＬ", "coat", "men", "XL"), ("XXL", "coat", "men", "2XL"), ("L码", "coat", "women", "L"),
        (" m ", "shirt", "women", "M"),
        ("175/96A", "coat", "men", "L"), ("170", "coat", "men", "M"), ("165/88A", "coat", "women", "L"), ("160", "coat", "women", "M"),
        ("110cm", "coat", "girls", "110"), ("110", "trousers", "children", "110"), ("145", "coat", "boys", "150"), ("38码", "shoes", "women", "38"),
        ("３８", "shoes", "women", "38"), ("均码", "accessories", "anybody", "one"), ("", "bedding", "anybody", "one"), ("F", "accessories", "women", "one"),
        ("38", "coat", "women", ""), ("L", "shoes", "men", ""), ("L", "coat", "girls", ""), ("", "coat", "women", ""), ("大", "coat", "women", ""),
        ("999", "coat", "men", ""), ("\0", "coat", "men", ""), ("9" * 400, "shoes", "men", ""), ("L", "bedding", "anybody", ""),
    ],
)  # fmt: skip
def test_a_size_as_it_stands_on_a_label(typed: str, kind: str, fit: str, size: str) -> None:
    assert rules.normal_size(typed, kind, fit) == size


@given(st.text(max_size=12), st.sampled_from(Kinds.values), st.sampled_from(Fits.values))
def test_any_size_is_of_its_scale_or_none(typed: str, kind: str, fit: str) -> None:
    assert rules.normal_size(typed, kind, fit) in {"", *rules.scale_of(kind, fit)}


@given(st.sampled_from(Kinds.values), st.sampled_from(Fits.values), st.data())
def test_near_sizes_are_those_that_are_there_the_nearest_first(kind: str, fit: str, data: st.DataObject) -> None:
    scale = list(rules.scale_of(kind, fit))
    size, there = data.draw(st.sampled_from(scale)), data.draw(st.sets(st.sampled_from([*scale, "nonsense"])))
    near = rules.near_sizes(size, kind, fit, there)
    gaps = [abs(scale.index(other) - scale.index(size)) for other in near]
    assert (set(near), gaps) == (there & set(scale) - {size}, sorted(gaps))


def test_of_two_sizes_as_near_the_larger_stands_first() -> None:
    assert rules.near_sizes("L", "coat", "women", {"M", "XL", "S"}) == ["XL", "M", "S"]
    assert rules.near_sizes("nonsense", "coat", "women", {"M"}) == []


@pytest.mark.parametrize(
    ("size", "wanted", "is_near"),
    [("M", "L", True), ("S", "L", False), ("XL", "L", True), ("120", "110", True), ("130", "110", False), ("38", "37", True), ("39", "37", False),
     ("38", "L", True), ("one", "L", True), ("L", "110", True)],
)  # fmt: skip
def test_the_size_and_its_neighbours_are_shown(size: str, wanted: str, is_near: bool) -> None:
    assert rules.is_near(size, wanted) is is_near


def test_every_size_has_its_place() -> None:
    assert [rules.order_of_size(size) for size in (*LETTERS, *HEIGHTS, *SHOE_SIZES, ONE_SIZE)] == list(range(len(rules.SIZES)))


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"piece_count": 0}, ["clothing_count_missing"]),
        ({"piece_count": -1}, ["clothing_count"]),
        ({"piece_count": 501}, ["clothing_count"]),
        ({"piece_count": 500}, []),
        ({"refused_count": -1}, ["clothing_count"]),
        ({"refused_count": 2}, ["clothing_fault_missing"]),
        ({"refused_count": 2, "fault": "torn"}, ["clothing_fault_missing"]),
        ({"refused_count": 2, "fault": "torn", "end": "recycled"}, []),
        ({"piece_count": 0, "size": "", "refused_count": 2, "fault": "torn", "end": "recycled"}, []),
        ({"size": ""}, ["clothing_size"]),
        ({"size": "38"}, ["clothing_size"]),
        ({"kind": "thermal"}, ["clothing_only_new"]),
        ({"kind": "thermal", "condition": "new"}, []),
    ],
)
def test_what_can_be_taken_in(change: dict[str, object], codes: list[str]) -> None:
    facts = {"kind": "coat", "fit": "women", "size": "L", "season": "winter", "condition": "good", "piece_count": 1, **change}
    assert [refusal.code for refusal in rules.intake_complaints(Brought(**facts))] == codes  # type: ignore[arg-type]  # each case gives its own fields


@pytest.mark.parametrize(
    ("wanted", "codes"), [({}, ["clothing_nothing"]), ({1: 0}, ["clothing_nothing"]), ({1: 1}, []), ({1: 3, 2: 3}, []), ({1: 3, 2: 4}, ["clothing_too_many"])]
)
def test_what_fits_into_a_parcel(wanted: dict[int, int], codes: list[str]) -> None:
    assert [refusal.code for refusal in rules.choice_complaints(wanted)] == codes


def test_what_is_lacking() -> None:
    assert rules.lacking({1: 2, 2: 0}, {1: 2, 2: 1, 3: 1}) == [2, 3]


def test_times_to_collect_leave_time_to_pack_and_skip_closed_days() -> None:
    hours = [Hours(5, time(9), time(11)), Hours(5, time(14), time(16)), Hours(5, time(11), time(12)), Hours(1, time(9), time(11))]

    def weekday_of(day: date) -> int | None:
        return None if day == date(2026, 12, 1) else day.weekday()

    found = [slot.code for slot in rules.slots(hours, SATURDAY, ZONE, weekday_of)]
    assert found == ["2026-11-28T14:00", "2026-12-05T09:00", "2026-12-05T11:00", "2026-12-05T14:00", "2026-12-08T09:00",
                     "2026-12-12T09:00", "2026-12-12T11:00", "2026-12-12T14:00"]  # fmt: skip
    assert [slot.code for slot in rules.slots(hours, SATURDAY, ZONE, weekday_of, is_for_staff=True)][:3] == [
        "2026-11-28T09:00", "2026-11-28T11:00", "2026-11-28T14:00"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tail", "fits"),
    [("1234", True), ("１２３４", True), (" 12 34", True), ("4321", False), ("", False), ("234", False), ("01234", False), ("abcd", False), ("1234\0", False)],
)
def test_the_last_four(tail: str, fits: bool) -> None:
    assert rules.is_same_number("13800001234", tail) is fits


def test_a_blanked_number_fits_nobody() -> None:
    assert rules.is_same_number("", "1234") is False


def test_what_is_over_stays_over() -> None:
    assert {state for state in ParcelStates.values if not rules.NEXT[state]} == {"handed_out", "cancelled", "put_back"}
    assert set(rules.NEXT) == set(ParcelStates.values)
