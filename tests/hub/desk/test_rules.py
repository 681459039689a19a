"""Periods, and what stands against each other."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.joins import Booked, Claim
from hub.desk.rules import EARLIEST, LATEST, NAMED, Period, complaint_about, findings

DAYS = st.dates(EARLIEST, LATEST)


@given(first=DAYS, length=st.integers(1, 3 * 366))
def test_the_period_before_is_as_long_and_touches_it(first, length):
    period = Period(first, first + timedelta(days=length - 1))
    before = period.before
    assert (period.days, before.days, before.last + timedelta(days=1)) == (length, length, first)


@given(today=DAYS, name=st.sampled_from(sorted(NAMED)))
def test_a_named_period_ends_today_and_is_no_longer_than_its_name(today, name):
    period = NAMED[name](today)
    longest = {"week": 7, "month": 31, "quarter": 92, "year": 366}[name]
    assert (period.last, 1 <= period.days <= longest) == (today, True)
    assert period.first.weekday() == 0 if name == "week" else period.first.day == 1


@pytest.mark.parametrize(
    ("name", "first", "before"),
    [
        ("week", date(2026, 11, 23), (date(2026, 11, 17), date(2026, 11, 22))),
        ("month", date(2026, 11, 1), (date(2026, 10, 4), date(2026, 10, 31))),
        ("quarter", date(2026, 10, 1), (date(2026, 8, 3), date(2026, 9, 30))),
        ("year", date(2026, 1, 1), (date(2025, 2, 3), date(2025, 12, 31))),
    ],
)
def test_periods_by_name(name, first, before):
    period = NAMED[name](date(2026, 11, 28))
    assert (period.first, (period.before.first, period.before.last)) == (first, before)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2026, 11, 1), date(2026, 11, 1), ""),
        (date(2026, 11, 2), date(2026, 11, 1), "dates_turned_round"),
        (None, date(2026, 11, 1), "both_dates"),
        (date(2026, 11, 1), None, "both_dates"),
        (date(1, 1, 1), date(2026, 11, 1), "date_far_away"),
        (date(2026, 11, 1), date.max, "date_far_away"),
        (date(2020, 1, 1), date(2026, 11, 1), "period_too_long"),
    ],
)
def test_what_is_wrong_with_two_dates(first, last, code):
    assert complaint_about(first, last) == code


def claimed(due, *, is_paid=False):
    return Claim("1", due, is_paid, "")


def booked(due, received=0, refunded=0):
    return Booked("1", due, received, refunded, "")


@pytest.mark.parametrize(
    ("claim", "book", "codes"),
    [
        (claimed(3000), booked(3000), ()),
        (claimed(3000), booked(3000, 1000), ()),
        (claimed(3000, is_paid=True), booked(3000, 3000), ()),
        (claimed(2000, is_paid=True), booked(2000, 3000, 1000), ()),
        (claimed(0), booked(0), ()),
        (claimed(0, is_paid=True), booked(0), ()),
        (claimed(0), booked(0, 3000, 3000), ()),
        (claimed(3000), None, ("no_charge",)),
        (claimed(0), None, ("no_charge",)),
        (None, booked(3000), ("no_claim",)),
        (claimed(2000), booked(3000), ("due_differs",)),
        (claimed(3000, is_paid=True), booked(3000, 2999), ("paid_there_only",)),
        (claimed(3000, is_paid=True), booked(3000, 3000, 1), ("paid_there_only",)),
        (claimed(3000), booked(3000, 3000), ("paid_here_only",)),
        (claimed(0), booked(0, 3000), ("more_than_due",)),
        (claimed(3000, is_paid=True), booked(3000, 6000), ("more_than_due",)),
        (claimed(3000, is_paid=True), booked(2000, 3000, 1000), ()),
        (claimed(3000, is_paid=True), booked(0, 3000, 3000), ()),
        (claimed(3000), booked(2000, 3000, 1000), ()),
        (claimed(3000), booked(0, 3000, 3000), ()),
        (claimed(3000, is_paid=True), booked(1000, 3000, 1000), ("due_differs", "more_than_due")),
        (claimed(1000, is_paid=True), booked(2000, 3000, 1000), ("due_differs",)),
        (claimed(2000), booked(3000, 4000), ("due_differs", "paid_here_only", "more_than_due")),
    ],
)
def test_what_differs_is_named(claim, book, codes):
    assert findings(claim, book) == codes


@given(due=st.integers(1, 10**7), received=st.integers(0, 10**7), refunded=st.integers(0, 10**7), is_paid=st.booleans())
def test_two_sides_agree_only_when_due_and_paid_are_the_same(due, received, refunded, is_paid):
    back = min(refunded, received)
    found = findings(claimed(due, is_paid=is_paid), booked(due, received, back))
    assert (not found) is (is_paid is (received - back >= due) and received - back <= due)


@given(due=st.integers(1, 10**7), there=st.integers(1, 10**7), back=st.integers(0, 10**7))
def test_only_what_was_given_back_may_stand_between_the_amounts(due, there, back):
    found = findings(claimed(there, is_paid=True), booked(due, due + back, back))
    assert (found == ()) is (due <= there <= due + back)
