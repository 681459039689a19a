"""What the house says about people: names, ID numbers, ages, second facts. Pure; each rule answers with refusals or plain values."""

import re
import unicodedata
from datetime import date

from hub.core.refusals import Refusal

LONGEST_NAME = 40
CHILD_UNTIL = 14  # years; younger ones are spoken for by a guardian
OLDEST = 130  # years
TRIES_AN_HOUR = 5

_BETWEEN = re.compile(r"[\s\-—–_]+")
_MAINLAND = re.compile(r"[1-9]\d{16}[\dX]")
_OLD_MAINLAND = re.compile(r"[1-9]\d{14}")
_OTHER_PAPERS = {
    "hk_macau": re.compile(r"[HM]\d{8}(\d{2})?|8[12]0000\d{11}[\dX]"),
    "taiwan": re.compile(r"\d{8}|\d{10}|830000\d{11}[\dX]"),
    "foreign": re.compile(r"[A-Z0-9]{5,20}"),
}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def plain_name(typed: str) -> str:
    """A name as typed, outer blanks and doubled ones gone; its characters are left as they are (rare ones, ·)."""
    return " ".join(typed.split())


def name_refusal(name: str) -> Refusal | None:
    """One to forty characters that can be seen."""
    if not name:
        return Refusal("name_missing", "name")
    if len(name) > LONGEST_NAME:
        return Refusal("name_too_long", "name", {"longest": LONGEST_NAME})
    if any(unicodedata.category(character) in {"Cc", "Cs", "Cn", "Zl", "Zp"} for character in name):
        return Refusal("name_unreadable", "name")
    return None


def check_digit(first_17: str) -> str:
    """The eighteenth character of an ID number (GB 11643, mod 11-2)."""
    return _CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True)) % 11]


def normal_id(typed: str, kind: str) -> str:
    """An ID number as it is kept: full-width digits narrowed, blanks and hyphens gone, x made X, the old 15 digits made 18."""
    number = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).upper()
    if kind == "resident" and _OLD_MAINLAND.fullmatch(number) and number.isascii():
        century = number[:6] + "19" + number[6:]
        return century + check_digit(century)
    return number


def birth_date_in(number: str) -> date | None:
    """The date of birth that an 18-digit number carries; None when there is no such day."""
    if len(number) != 18 or not number[6:14].isdecimal():
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def id_refusal(number: str, kind: str, today: date) -> Refusal | None:
    """What is wrong with a number in normal form: its shape, its check digit or its date."""
    if not kind:
        return Refusal("id_kind_missing", "id_kind")
    if kind == "resident":
        return _mainland_refusal(number, today)
    pattern = _OTHER_PAPERS.get(kind)
    if pattern is None or not number.isascii() or not pattern.fullmatch(number):
        return Refusal("id_wrong", "id_number")
    return _mainland_refusal(number, today) if len(number) == 18 and kind != "foreign" else None


def _mainland_refusal(number: str, today: date) -> Refusal | None:
    if not number.isascii() or not _MAINLAND.fullmatch(number):
        return Refusal("id_not_18", "id_number")
    born = birth_date_in(number)
    if born is None or birth_refusal(born, today):
        return Refusal("id_no_such_day", "id_number")
    if check_digit(number[:17]) != number[17]:
        return Refusal("id_check_digit", "id_number")
    return None


def birth_refusal(born: date, today: date) -> Refusal | None:
    """A birth lies in the past, and not further back than anybody lives."""
    if born > today or today.year - born.year > OLDEST:
        return Refusal("birth_impossible", "birth_on")
    return None


def birth_differs(born: date | None, number: str, kind: str) -> Refusal | None:
    """The date typed must be the one in the ID number, where that carries one."""
    inside = birth_date_in(number) if kind == "resident" else None
    if born and inside and born != inside:
        return Refusal("birth_not_as_id", "birth_on")
    return None


def years_old(born: date, today: date) -> int:
    """Full years; somebody born on 29 February ages on 1 March in other years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def needs_guardian(born: date | None, today: date) -> bool:
    """Under fourteen a guardian consents and acts; of an unknown age nobody is taken for a child."""
    return born is not None and years_old(born, today) < CHILD_UNTIL


def second_fact(*, born: date | None, tail: str, said_born: date | None, said_tail: str) -> str:
    """Which fact proves the person: "birth_on" or "id_tail"; '' when neither fits. A fact the house does not know proves nothing."""
    if said_born is not None and born == said_born:
        return "birth_on"
    said = unicodedata.normalize("NFKC", said_tail).strip().upper()
    if len(said) == 4 and tail == said:
        return "id_tail"
    return ""


def dates_refusal(valid_from: date, valid_to: date | None) -> Refusal | None:
    """The last day is not before the first."""
    return Refusal("dates_not_in_order", "valid_to") if valid_to is not None and valid_to < valid_from else None
