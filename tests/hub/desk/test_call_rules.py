"""The desk's pure rules."""

from datetime import datetime, timedelta

import pytest

from hub.desk.call_rules import LONGEST_TYPED, MOST_FIELDS, call_back_due, clock_words, kept_of, plain


@pytest.mark.parametrize(("typed", "kept"), [("漏水", "漏水"), ("a\0b", "ab"), ("a\ud800b", "ab"), ("𬭊", "𬭊"), ("长" * 1000, "长" * LONGEST_TYPED), ("", "")])
def test_what_no_database_stores_is_left_out(typed, kept):
    assert plain(typed) == kept


def test_a_draft_keeps_what_was_typed_and_no_more():
    typed = {"what": ["漏水"], "service": [""], "flags": ["a", "b"], "stranger": ["x"]}
    assert kept_of(typed, ["what", "service", "flags", "absent"]) == {"what": "漏水", "flags": ["a", "b"]}


def test_a_draft_has_an_end():
    names = [f"n{n}" for n in range(1000)]
    assert len(kept_of({name: ["x"] for name in names}, names)) == MOST_FIELDS


@pytest.mark.parametrize(("seconds", "words"), [(0, "00:00"), (134, "02:14"), (3599, "59:59"), (-5, "00:00")])
def test_how_long_a_call_has_lasted(seconds, words):
    assert clock_words(seconds) == words


def test_a_call_back_is_due_by_the_clock():
    now = datetime(2026, 11, 28, 23, 30)
    assert call_back_due(now, 60) == now + timedelta(hours=1)
