"""Which way a message goes, and how long is waited between tries."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.notifications import rules

MOBILE, LANDLINE = "13800001234", "037166001234"


@pytest.mark.parametrize(
    ("phone", "user_id", "email", "channel"),
    [
        (MOBILE, None, "", "sms"),
        (MOBILE, 7, "a@example.org", "sms"),
        (LANDLINE, None, "", "call"),
        (LANDLINE, 7, "a@example.org", "call"),
        ("", 7, "a@example.org", "onsite"),
        ("", None, "a@example.org", "email"),
        ("", None, "", ""),
    ],
)
def test_the_way_follows_from_what_is_known(phone: str, user_id: int | None, email: str, channel: str) -> None:
    assert rules.channel_for(phone=phone, user_id=user_id, email=email) == channel


@pytest.mark.parametrize(
    ("channel", "phone", "user_id", "email", "lacks"),
    [
        ("sms", MOBILE, None, "", False),
        ("sms", "", 7, "a@example.org", True),
        ("call", LANDLINE, None, "", False),
        ("call", "", 7, "", True),
        ("onsite", "", 7, "", False),
        ("onsite", MOBILE, None, "", True),
        ("email", "", None, "a@example.org", False),
        ("email", MOBILE, 7, "", True),
        ("", "", None, "", True),
        ("pigeon", MOBILE, 7, "a@example.org", True),
    ],
)
def test_a_way_needs_its_address(channel: str, phone: str, user_id: int | None, email: str, lacks: bool) -> None:
    assert rules.lacks_an_address(channel, phone=phone, user_id=user_id, email=email) is lacks


@pytest.mark.parametrize(("tries", "minutes"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (8, 120), (500, 120)])
def test_pauses_double_up_to_two_hours(tries: int, minutes: int) -> None:
    assert rules.pause_after(tries) == timedelta(minutes=minutes)


@given(st.integers(min_value=1, max_value=10_000))
def test_a_pause_never_shrinks(tries: int) -> None:
    assert rules.pause_after(tries) <= rules.pause_after(tries + 1) <= rules.LONGEST_PAUSE
