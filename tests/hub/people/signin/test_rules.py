from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.people.signin.rules import read_birth_day, read_code, read_id_tail, read_second_code, safe_path


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("123456", "123456"),
        (" 123456 ", "123456"),
        ("123 456", "123456"),
        ("123-456", "123456"),
        ("１２３４５６", "123456"),
        ("【西大街社区之家】验证码 048213，5分钟内有效。", "048213"),
        ("048213 is your code for Xidajie, good for 5 minutes.", "048213"),
        ("12345", ""),
        ("1234567", ""),
        ("123456 654321", ""),
        ("१२३४५६", ""),
        ("abcdef", ""),
        ("", ""),
        ("12\ud8003456", ""),
    ],
)
def test_a_code_is_read_as_people_type_and_paste_it(typed: str, code: str) -> None:
    assert read_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [("123456", "123456"), ("１２３ ４５６", "123456"), ("1234 5678", "12345678"), ("1234567", ""), ("一二三四五六", ""), ("", ""), ("²³¹²³¹", "231231")],
)
def test_a_second_code_has_six_or_eight_digits(typed: str, code: str) -> None:
    assert read_second_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1950-03-08", date(1950, 3, 8)),
        ("1950年3月8日", date(1950, 3, 8)),
        ("1950 年 3 月 8 日", date(1950, 3, 8)),
        ("１９５０．３．８", date(1950, 3, 8)),
        ("19500308", date(1950, 3, 8)),
        ("1950/3/8", date(1950, 3, 8)),
        ("1950-02-30", None),
        ("0000-01-01", None),
        ("8.3.1950", None),
        ("१९५०-०३-०८", None),
        ("", None),
        ("yesterday", None),
    ],
)
def test_a_birth_day_is_read_in_every_usual_spelling(typed: str, day: date | None) -> None:
    assert read_birth_day(typed) == day


@pytest.mark.parametrize(("typed", "tail"), [("0028", "0028"), ("123x", "123X"), ("１２３Ｘ", "123X"), ("12", ""), ("12345", ""), ("X123", ""), ("", "")])
def test_the_tail_of_an_id_number(typed: str, tail: str) -> None:
    assert read_id_tail(typed) == tail


GOOD_PATHS = ["/", "/me/", "/en/me/", "/admin/", "/admin/pages/4/?a=1&b=%E5%AE%B6", "/rooms/?day=2026-11-28", "/rooms/舞蹈/"]


@pytest.mark.parametrize("wanted", GOOD_PATHS)
def test_a_path_of_this_site_may_be_gone_to(wanted: str) -> None:
    assert safe_path(wanted) == wanted


EVIL = [
    "",
    "//evil.example",
    "///evil.example",
    "https:evil.example",
    "https://evil.example/",
    "http:///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "%2F%2Fevil.example",
    "/%2F/evil.example",
    "/%2Fevil.example",
    "/%5Cevil.example",
    "/%252Fevil.example",
    "/a//b",
    "/\t/evil.example",
    "/\n/evil.example",
    "/%0a/evil.example",
    " //evil.example",
    "\u2028//evil.example",
    "/\u202eevil",
    "evil.example",
    "me/",
    "/me/\ud800",
    "/" + "a" * 600,
    "/login/",
    "/login/?next=/me/",
    "/en/login/code/",
    "/logout/",
    "/admin/login/",
    "/admin/logout/",
]


@pytest.mark.parametrize("wanted", EVIL)
def test_nothing_else_may(wanted: str) -> None:
    assert safe_path(wanted) == ""


@given(st.text(alphabet="/\\.:%25Fevil@?#\t\n ", max_size=12))
def test_what_passes_is_always_one_slash_and_a_path(wanted: str) -> None:
    passed = safe_path(wanted)
    assert passed in ("", wanted)
    assert not passed or (passed.startswith("/") and not passed.startswith(("//", "/\\")) and "\t" not in passed and "\n" not in passed)
