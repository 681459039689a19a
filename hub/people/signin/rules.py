"""What the house says about signing in. Pure."""

import re
import unicodedata
from datetime import date
from urllib.parse import unquote, urlsplit

CODE_LENGTH = 6
RECOVERY_LENGTH = 8
LONGEST_PATH = 500
_NEVER_AFTER_SIGNING_IN = re.compile(r"(/en)?/(login|logout|admin/login|admin/logout)(/|$)")
_BIRTH = re.compile(r"(\d{4})[年/.\- ]?(\d{1,2})[月/.\- ]?(\d{1,2})日?")
_ID_TAIL = re.compile(r"\d{3}[\dX]")


def plain(typed: str) -> str:
    """Full-width characters made ordinary, outer blanks dropped."""
    return unicodedata.normalize("NFKC", typed).strip()


def read_code(typed: str) -> str:
    """The six digits in what was typed or pasted (`１２３ ４５６`, or the whole message); '' when there are not exactly six in one piece."""
    pieces = re.findall(r"\d+", re.sub(r"(?<=\d)[ \-](?=\d)", "", plain(typed)))
    found = {piece for piece in pieces if len(piece) == CODE_LENGTH and piece.isascii()}
    return found.pop() if len(found) == 1 else ""


def read_second_code(typed: str) -> str:
    """Six digits of the app or eight of the recovery sheet; '' for anything else."""
    digits = re.sub(r"[\s\-]", "", plain(typed))
    return digits if digits.isascii() and digits.isdigit() and len(digits) in {CODE_LENGTH, RECOVERY_LENGTH} else ""


def read_birth_day(typed: str) -> date | None:
    """1950-01-31, 1950年1月31日, 1950.1.31 or 19500131; None when it is no day."""
    found = _BIRTH.fullmatch(re.sub(r"\s*([年月日/.\-])\s*", r"\1", plain(typed)))
    if found is None or not plain(typed).isascii() and not set("年月日") & set(typed):
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def read_id_tail(typed: str) -> str:
    """The last four characters of an ID number, X written large; '' for anything else."""
    tail = plain(typed).upper()
    return tail if tail.isascii() and _ID_TAIL.fullmatch(tail) else ""


def safe_path(wanted: str) -> str:
    """A path on this site that may be gone to after signing in, or ''.

    Only a path: no scheme, no host, nothing that any browser reads as one (`//`, a backslash, a control character), neither plain
    nor percent-encoded; never back to the door itself.
    """
    if not wanted.startswith("/") or len(wanted) > LONGEST_PATH or not wanted.isprintable():
        return ""
    path, _mark, _query = wanted.partition("?")
    opened = unquote(unquote(path))
    if "//" in opened or "\\" in opened or not opened.isprintable() or "\\" in wanted:
        return ""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or _NEVER_AFTER_SIGNING_IN.match(opened):
        return ""
    return wanted
