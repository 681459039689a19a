"""Telephone numbers as people write them, in one normal form: `13800001234` or, for a landline, `037166212590`.

Mainland mobiles and landlines with their area code; full-width digits, spaces, hyphens, brackets, +86 and 0086 are read.
(The phonenumbers library was looked at: 8 MB of world metadata, and it refuses the local eight digits an operator types.)
"""

import re
import unicodedata

_SEPARATORS = re.compile(r"[\s\-—–()（）.·]+")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}")
_LOCAL = re.compile(r"[2-9]\d{6,7}")


def normal_phone(typed: str, *, area_code: str = "") -> str:
    """The normal form of `typed`, or '' when it is no telephone number.

    A local landline of seven or eight digits is given `area_code` (e.g. "0371"); without one it is not accepted.
    """
    number = _SEPARATORS.sub("", unicodedata.normalize("NFKC", typed))
    for prefix in ("+86", "0086"):
        if number.startswith(prefix):
            number = number.removeprefix(prefix)
            if not _MOBILE.fullmatch(number) and not number.startswith("0"):
                number = "0" + number
            break
    if not number.isascii():
        return ""
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return number
    if area_code and _LOCAL.fullmatch(number):
        return area_code + number
    return ""


def is_mobile(number: str) -> bool:
    """Whether a number in normal form can receive a text message."""
    return bool(_MOBILE.fullmatch(number))


def masked(number: str) -> str:
    """`13812341234` → `138****1234`; short or empty numbers show nothing but stars."""
    if len(number) < 8:
        return "****" if number else ""
    return f"{number[:3]}****{number[-4:]}"
