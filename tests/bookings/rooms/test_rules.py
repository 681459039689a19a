"""The house's rules about rooms, by themselves."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.rooms import rules
from bookings.rooms.rules import Hours, Price, RoomFacts
from tests.factories.rooms import SATURDAY, SUNDAY, asked, at

EVERY_DAY = tuple((Hours(time(8), time(20), "bookable"),) for _day in range(8))
NOW = at(SATURDAY, "10:00")


def room(**given_facts: Any) -> RoomFacts:
    """An ordinary room: half-hour grid, one to four hours, a month ahead."""
    facts = {
        "id": 1, "version": 1, "slug": "dance", "first_part": 1, "last_part": 1, "sharing": (1,), "capacity": 30, "buffer": 0, "grid": 30,
        "shortest": 60, "longest": 240, "lead": 0, "horizon_days": 30, "cancel_until": 120, "decide_within": 1440, "by_approval": False,
        "free_for_organisations": False, "entitlements_count": False, "week": EVERY_DAY, "prices": (),
    }  # fmt: skip
    return RoomFacts(**{**facts, **given_facts})


def weekday(day: date) -> int:
    return day.weekday()


def codes(facts: RoomFacts, *span: Any, **more: Any) -> list[str]:
    return [refusal.code for refusal in rules.complaints(facts, asked(*span, **more), now=NOW, hours_of=weekday)]


@pytest.mark.parametrize(
    ("start", "end", "more", "code"),
    [
        ("11:00", "09:00", {}, "end_before_start"),
        ("09:00", "09:00", {}, "end_before_start"),
        ("08:00", "09:00", {"day": SATURDAY}, "in_the_past"),
        ("09:00", "10:00", {"day": SATURDAY + timedelta(days=31)}, "beyond_horizon"),
        ("09:10", "10:10", {}, "off_the_grid"),
        ("09:00", "09:30", {}, "too_short"),
        ("09:00", "14:00", {}, "too_long"),
        ("07:00", "09:00", {}, "closed_hour"),
        ("19:00", "21:00", {}, "closed_hour"),
        ("09:00", "11:00", {"people": 0}, "nobody"),
        ("09:00", "11:00", {"people": -3}, "nobody"),
        ("09:00", "11:00", {"people": 31}, "too_many"),
    ],
)
def test_one_complaint_each(start: str, end: str, more: dict[str, Any], code: str) -> None:
    assert codes(room(), start, end, **more) == [code]


def test_an_ordinary_wish_has_no_complaint() -> None:
    assert codes(room()) == []


def test_time_and_people_are_complained_of_together() -> None:
    assert codes(room(), "09:10", "10:10", people=99) == ["off_the_grid", "too_many"]


def test_a_closed_day_has_no_hours() -> None:
    assert [refusal.code for refusal in rules.complaints(room(), asked(), now=NOW, hours_of=lambda _day: None)] == ["closed_day"]


@pytest.mark.parametrize(("use", "code"), [("walk_in", "walk_in_hour"), ("programme", "programme_hour")])
def test_hours_that_are_not_for_booking_say_what_they_are_for(use: str, code: str) -> None:
    week = tuple((Hours(time(8), time(20), use),) for _day in range(8))
    assert codes(room(week=week)) == [code]


def test_lead_time() -> None:
    assert codes(room(lead=24 * 60), "09:00", "11:00", day=SUNDAY) == ["too_soon"]
    assert codes(room(lead=60), "11:30", "12:30", day=SATURDAY) == []


PRICED = room(prices=(Price(date(2026, 1, 1), 2000, 0), Price(date(2026, 12, 1), 3000, 10000)), entitlements_count=True, free_for_organisations=True)


@pytest.mark.parametrize(
    ("facts", "day", "more", "expected"),
    [
        (room(), SUNDAY, {}, (0, 0, "free_room", 0)),
        (PRICED, SUNDAY, {}, (4000, 4000, "list", 0)),
        (PRICED, date(2026, 12, 5), {}, (6000, 6000, "list", 10000)),
        (PRICED, SUNDAY, {"is_entitled": True}, (4000, 0, "entitlement", 0)),
        (PRICED, date(2026, 12, 5), {"for_organisation": True}, (6000, 0, "organisation", 10000)),
        (PRICED, SUNDAY, {"for_organisation": True, "is_entitled": True}, (4000, 0, "organisation", 0)),
        (PRICED, date(2025, 12, 1), {}, (0, 0, "free_room", 0)),
    ],
)
def test_list_price_then_organisation_then_entitlement(facts: RoomFacts, day: date, more: dict[str, bool], expected: tuple[Any, ...]) -> None:
    quote = rules.quote(facts, asked(day=day), **more)
    assert (quote.list_fen, quote.price_fen, quote.reason, quote.deposit_fen) == expected


def test_entitlements_count_only_where_the_room_says_so() -> None:
    facts = room(prices=(Price(date(2026, 1, 1), 2000, 0),))
    assert rules.quote(facts, asked(), is_entitled=True, for_organisation=True).price_fen == 4000


spans = st.lists(
    st.tuples(st.integers(0, 1440), st.integers(0, 1440)).map(lambda pair: (min(pair), max(pair))).filter(lambda pair: pair[0] < pair[1]), max_size=12
)


@given(spans, spans)
def test_gaps_and_taken_make_the_open_time_again(open_spans: list[tuple[int, int]], taken: list[tuple[int, int]]) -> None:
    """Each open minute is in a gap or taken, never both; no gap lies outside the opening."""
    open_joined, taken_joined = rules.joined(open_spans), rules.joined(taken)
    gaps = list(rules.gaps(open_joined, taken_joined))
    minutes = lambda found: {minute for start, end in found for minute in range(start, end)}  # noqa: E731  one line says it
    assert minutes(gaps) == minutes(open_joined) - minutes(taken_joined)
    assert gaps == rules.joined(gaps)


@given(spans, st.sampled_from([15, 30, 60]), st.integers(0, 45), st.integers(15, 240))
def test_every_free_span_is_a_booking_the_rules_allow(taken: list[tuple[int, int]], grid: int, buffer: int, shortest: int) -> None:
    """What is shown as free passes the same rules as a booking, with its buffer, and touches nothing taken."""
    facts = room(grid=grid, buffer=buffer, shortest=shortest, longest=1440)
    for start, end in rules.free_spans(facts, EVERY_DAY[6], taken):
        assert start % grid == 0
        assert end % grid == 0
        assert end - start >= shortest
        assert all(not (other_start < end and start < other_end) for other_start, other_end in taken)
        wish = asked(f"{start // 60:02d}:{start % 60:02d}", f"{end // 60:02d}:{end % 60:02d}")
        assert rules.complaints(facts, wish, now=NOW, hours_of=weekday) == []


@given(st.integers(0, 1380), spans)
def test_the_nearest_other_time_is_free_and_as_long(start: int, taken: list[tuple[int, int]]) -> None:
    facts = room()
    free = rules.free_spans(facts, EVERY_DAY[0], taken)
    found = rules.nearest((start, start + 60), free, facts.grid)
    assert (found is None) == (not free)
    if found:
        assert found[1] - found[0] == 60
        assert rules.fits(found, free)


@given(st.integers(1, 100_000), st.integers(1, 24 * 60))
def test_the_price_of_an_hour_is_never_off_by_more_than_half_a_fen(fen: int, minutes: int) -> None:
    from hub.core.money import for_minutes

    assert abs(for_minutes(fen, minutes) * 60 - fen * minutes) <= 30


def test_an_answer_is_owed_an_hour_before_the_start_at_the_latest() -> None:
    assert rules.decide_by(NOW, at(SATURDAY, "14:00"), 1440) == at(SATURDAY, "13:00")
    assert rules.decide_by(NOW, at(SUNDAY, "14:00"), 600) == at(SATURDAY, "20:00")
    assert rules.decide_by(NOW, at(SATURDAY, "10:30"), 600) == NOW
