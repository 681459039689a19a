"""Hours and shifts as the house counts them: minutes never get lost at midnight, nothing overlaps, nobody is too young."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.letters import CERTIFICATE, clean_letters
from mutualaid.volunteers import rules

ZONE = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")  # puts its clocks forward and back
NOW = datetime(2026, 11, 28, 10, tzinfo=ZONE)
EARLIEST = datetime(2025, 11, 28, tzinfo=ZONE)


def moment(words: str, zone: ZoneInfo = ZONE) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=zone)


def span(start: str, end: str, zone: ZoneInfo = ZONE) -> rules.Span:
    return moment(start, zone), moment(end, zone)


def complaints(wanted: rules.Span, *others: rules.Span, cap: int = 16 * 60) -> list[str]:
    found = rules.hours_complaints(wanted, now=NOW, earliest=EARLIEST, others=others, cap_minutes=cap)
    return [refusal.code for refusal in found]


MORNING = span("2026-11-20T09:00", "2026-11-20T11:00")


@pytest.mark.parametrize(
    ("wanted", "others", "said"),
    [
        (MORNING, [], []),
        (span("2026-11-20T11:00", "2026-11-20T09:00"), [], ["hours_end_before_start"]),
        (span("2026-11-20T09:00", "2026-11-20T09:00"), [], ["hours_end_before_start"]),
        (span("2026-11-19T09:00", "2026-11-20T09:01"), [], ["hours_too_long"]),
        (span("2026-11-28T09:00", "2026-11-28T10:00"), [], []),
        (span("2026-11-28T09:00", "2026-11-28T10:01"), [], ["hours_future"]),
        (span("2025-11-27T09:00", "2025-11-27T10:00"), [], ["hours_too_old"]),
        (span("2026-11-20T11:00", "2026-11-20T12:00"), [MORNING], []),
        (span("2026-11-20T08:00", "2026-11-20T09:00"), [MORNING], []),
        (span("2026-11-20T10:59", "2026-11-20T12:00"), [MORNING], ["hours_overlap"]),
        (span("2026-11-20T08:00", "2026-11-20T09:01"), [MORNING], ["hours_overlap"]),
        (span("2026-11-20T09:30", "2026-11-20T10:00"), [MORNING], ["hours_overlap"]),
        (span("2026-11-20T08:00", "2026-11-20T12:00"), [MORNING], ["hours_overlap"]),
        (span("2026-11-19T23:00", "2026-11-20T09:01"), [MORNING], ["hours_overlap"]),
        (span("2026-11-20T07:00", "2026-11-20T23:00"), [], []),
        (span("2026-11-20T07:00", "2026-11-20T23:01"), [], ["hours_cap"]),
        (span("2026-11-20T12:00", "2026-11-21T02:00"), [span("2026-11-20T07:00", "2026-11-20T12:00")], ["hours_cap"]),
        (span("2026-11-20T13:00", "2026-11-21T02:00"), [span("2026-11-20T08:00", "2026-11-20T13:00")], []),
    ],
)
def test_what_is_said_about_hours(wanted, others, said):
    assert complaints(wanted, *others) == said


def test_hours_over_midnight_and_month_end_count_in_their_own_days():
    assert rules.by_day(span("2026-10-31T22:30", "2026-11-01T01:15")) == [(date(2026, 10, 31), 90), (date(2026, 11, 1), 75)]


def test_where_clocks_are_put_back_an_hour_is_counted_twice():
    night = span("2026-10-24T23:00", "2026-10-25T04:00", BERLIN)
    assert (rules.minutes_of(night), rules.by_day(night)) == (360, [(date(2026, 10, 24), 60), (date(2026, 10, 25), 300)])


instants = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda naive: rules.to_the_minute(naive.replace(tzinfo=UTC)))


@given(instants, st.integers(1, 24 * 60), st.sampled_from([ZONE, BERLIN]))
def test_no_minute_is_lost_or_doubled_at_midnight(start, minutes, zone):
    whole = start.astimezone(zone), (start + timedelta(minutes=minutes)).astimezone(zone)
    assert sum(part for _day, part in rules.by_day(whole)) == rules.minutes_of(whole) == minutes


@given(instants, st.integers(1, 24 * 60), st.integers(-2000, 2000))
def test_two_periods_that_meet_share_a_span_between_them(start, minutes, offset):
    whole, cut = (start, start + timedelta(minutes=minutes)), start + timedelta(minutes=offset)
    before, after = (start - timedelta(days=3), cut), (cut, start + timedelta(days=3))
    assert rules.within(whole, before) + rules.within(whole, after) == minutes


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=12))
def test_what_is_taken_one_after_the_other_never_overlaps_and_keeps_the_cap(wishes):
    """Whoever files in whatever order: what the rules let in is sound."""
    begin, taken = datetime(2026, 11, 1, tzinfo=ZONE), []
    for start, length in wishes:
        wanted = (begin + timedelta(minutes=15 * start), begin + timedelta(minutes=15 * (start + length)))
        if not complaints(wanted, *taken, cap=600):
            taken.append(wanted)
    assert not any(rules.overlaps(one, two) for place, one in enumerate(taken) for two in taken[:place])
    sums: dict[date, int] = {}
    for one in taken:
        for day, part in rules.by_day(one):
            sums[day] = sums.get(day, 0) + part
    assert all(part <= 600 for part in sums.values())


@pytest.mark.parametrize(
    ("came", "left", "counted"),
    [
        ("08:40", "11:20", ("09:00", "11:00")),
        ("09:15", "10:45", ("09:15", "10:45")),
        ("10:00", "10:00", None),
        ("08:10", "08:50", None),
        ("11:00", "11:30", None),
    ],
)
def test_what_counts_of_a_shift(came, left, counted):
    found = rules.counted_span(shift=MORNING, came_at=moment(f"2026-11-20T{came}"), left_at=moment(f"2026-11-20T{left}"))
    assert found == (counted and span(*(f"2026-11-20T{part}" for part in counted)))


SHIFT = rules.ShiftFacts(span("2026-12-05T09:00", "2026-12-05T11:00"), 0, is_called_off=False)


@pytest.mark.parametrize(
    ("shift", "born", "word", "others", "said"),
    [
        (SHIFT, date(1990, 1, 1), False, [], []),
        (SHIFT, None, False, [], []),
        (rules.ShiftFacts(SHIFT.span, 0, True), date(1990, 1, 1), False, [], ["shift_called_off"]),
        (rules.ShiftFacts(span("2026-11-28T10:00", "2026-11-28T11:00"), 0, False), None, False, [], ["shift_has_begun"]),
        (rules.ShiftFacts(SHIFT.span, 16, False), date(2010, 12, 6), True, [], ["volunteer_too_young"]),
        (rules.ShiftFacts(SHIFT.span, 16, False), date(2010, 12, 5), True, [], []),
        (rules.ShiftFacts(SHIFT.span, 16, False), None, False, [], ["volunteer_age_unknown"]),
        (SHIFT, date(2008, 12, 6), False, [], ["volunteer_needs_guardian"]),
        (SHIFT, date(2008, 12, 5), False, [], []),
        (SHIFT, date(2012, 1, 1), True, [], []),
        (SHIFT, None, False, [(span("2026-12-05T10:59", "2026-12-05T12:00"), "x")], ["volunteer_is_elsewhere"]),
        (SHIFT, None, False, [(span("2026-12-05T11:00", "2026-12-05T12:00"), "x")], []),
    ],
)
def test_who_may_join(shift, born, word, others, said):
    assert [one.code for one in rules.join_complaints(shift, born=born, has_guardians_word=word, now=NOW, others=others)] == said


def test_the_lowest_free_place_is_taken():
    assert [rules.free_place(taken, 3) for taken in (set(), {1, 3}, {1, 2, 3}, {2, 7})] == [1, 2, None, 1]


@pytest.mark.parametrize(("typed", "number"), [("7kq2-m9xa 7KQ2·M9XA", "7KQ2M9XA7KQ2M9XA"), ("7KQ2M9XA7KQ2M9X", ""), ("7KQ2M9XA7KQ2M9X0", ""), ("", "")])
def test_a_certificates_number_is_read_as_meant(typed, number):
    assert clean_letters(typed, CERTIFICATE) == number


@pytest.mark.parametrize(("name", "is_fine"), [("老郑", True), ("", True), ("8号楼阿姨", True), ("a" * 13, False), ("打13800001234", False), ("a@b.cn", False)])
def test_nicknames(name, is_fine):
    assert (rules.nickname_refusal(name) is None) == is_fine
