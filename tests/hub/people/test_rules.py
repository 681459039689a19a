"""What the house says about people."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.people import rules
from tests.factories.people import id_number

TODAY = date(2026, 11, 28)
GOOD = id_number()


@pytest.mark.parametrize(
    ("typed", "kind", "code"),
    [
        (GOOD, "resident", None),
        ("  " + GOOD[:6] + " " + GOOD[6:14] + "-" + GOOD[14:], "resident", None),
        ("".join(chr(ord(c) + 0xFEE0) for c in GOOD), "resident", None),
        ("11010519491231002x", "resident", None),
        ("110105491231002", "resident", None),
        (GOOD[:17], "resident", "id_not_18"),
        (GOOD + "1", "resident", "id_not_18"),
        ("99000019560308X021", "resident", "id_not_18"),
        ("", "resident", "id_not_18"),
        ("990000195602300011", "resident", "id_no_such_day"),
        ("990000209901010011", "resident", "id_no_such_day"),
        ("990000180001010011", "resident", "id_no_such_day"),
        (GOOD[:17] + ("1" if GOOD[17] != "1" else "2"), "resident", "id_check_digit"),
        ("H12345678", "hk_macau", None),
        ("m1234567801", "hk_macau", None),
        ("X12345678", "hk_macau", "id_wrong"),
        ("12345678", "taiwan", None),
        ("1234567", "taiwan", "id_wrong"),
        ("E12345678", "foreign", None),
        ("E1", "foreign", "id_wrong"),
        ("护照12345678", "foreign", "id_wrong"),
        (GOOD, "", "id_kind_missing"),
        (GOOD, "library_card", "id_wrong"),
    ],
)
def test_an_id_number_is_accepted_or_told_what_is_wrong(typed: str, kind: str, code: str | None) -> None:
    refusal = rules.id_refusal(rules.normal_id(typed, kind), kind, TODAY)
    assert (refusal.code if refusal else None) == code


def test_the_old_fifteen_digits_become_the_eighteen_of_the_same_person() -> None:
    assert rules.normal_id("110105491231002", "resident") == "11010519491231002X"


@given(st.dates(min_value=date(1900, 1, 1), max_value=TODAY), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(born: date, serial: int, place: int, step: int) -> None:
    number = id_number(born, serial)
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    refusal = rules.id_refusal(wrong, "resident", TODAY)
    assert refusal is not None


@given(st.dates(min_value=date(1900, 1, 1), max_value=TODAY), st.integers(0, 999))
def test_a_number_made_by_the_rule_carries_its_date(born: date, serial: int) -> None:
    number = id_number(born, serial)
    assert (rules.id_refusal(number, "resident", TODAY), rules.birth_date_in(number)) == (None, born)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("张", None),
        ("阿卜杜拉·买买提", None),
        ("𬭊𠮷", None),
        ("Anna Maria O’Neil", None),
        ("字" * 40, None),
        ("字" * 41, "name_too_long"),
        ("", "name_missing"),
        ("张\x00兰", "name_unreadable"),
        ("张\ud800", "name_unreadable"),
    ],
)
def test_names(name: str, code: str | None) -> None:
    refusal = rules.name_refusal(rules.plain_name(name))
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("born", "child"),
    [(date(2012, 11, 29), True), (date(2012, 11, 28), False), (date(1956, 3, 8), False), (None, False)],
)
def test_under_fourteen_needs_a_guardian(born: date | None, child: bool) -> None:
    assert rules.needs_guardian(born, TODAY) == child


@pytest.mark.parametrize(
    ("born", "tail", "said_born", "said_tail", "fact"),
    [
        (date(1956, 3, 8), "002X", date(1956, 3, 8), "", "birth_on"),
        (date(1956, 3, 8), "002X", None, "002x", "id_tail"),
        (date(1956, 3, 8), "002X", None, "００２Ｘ", "id_tail"),
        (date(1956, 3, 8), "002X", date(1956, 3, 9), "0021", ""),
        (None, "", None, "", ""),
        (None, "", date(1956, 3, 8), "", ""),
    ],
)
def test_a_second_fact(born: date | None, tail: str, said_born: date | None, said_tail: str, fact: str) -> None:
    assert rules.second_fact(born=born, tail=tail, said_born=said_born, said_tail=said_tail) == fact
