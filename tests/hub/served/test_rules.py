"""Rating codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.letters import LETTERS
from hub.served import rules


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7KQ2M9XA", "7KQ2M9XA"),
        (" 7kq2 m9xa ", "7KQ2M9XA"),
        ("7KQ2-M9XA", "7KQ2M9XA"),
        ("7KQ2M9X", ""),
        ("7KQ2M9XAB", ""),
        ("7KQ2M9XO", ""),
        ("7KQ2M9X0", ""),
        ("", ""),
        ("七KQ2M9XA", ""),
    ],
)
def test_a_code_is_read_as_it_was_meant(typed: str, code: str) -> None:
    assert rules.clean_code(typed) == code


def test_no_letter_looks_like_another() -> None:
    assert set("0O1IL") & set(LETTERS) == set()
    assert len(set(LETTERS)) == len(LETTERS) == 31


@given(st.text(alphabet=LETTERS, min_size=8, max_size=8))
def test_what_is_printed_can_be_typed(code: str) -> None:
    assert rules.clean_code(rules.grouped(code)) == rules.clean_code(code.lower()) == code
