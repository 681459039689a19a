"""Reading single cells: every wrong one has its own sentence."""

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hub.core.phones import normal_phone
from hub.people.importing.files import Formula

_DATE = re.compile(r"(\d{4})(?:[-/.年]?)(\d{1,2})(?:[-/.月]?)(\d{1,2})日?")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
_BETWEEN_NUMBERS = re.compile(r"[、,，;；/|\n]+")


def text(cell: Any, longest: int, label: str) -> str:
    """The cell as text without outer blanks."""
    if cell == "":
        return ""
    _refuse_formula(cell, label)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    said = str(cell).strip()
    if len(said) > longest:
        raise ValidationError(_("%(column)s is longer than %(longest)s characters.") % {"column": label, "longest": longest})
    if _UNSEEN.search(said):
        raise ValidationError(_("%(column)s holds a character that cannot be shown.") % {"column": label})
    return said


def id_number(cell: Any, label: str) -> str:
    """An ID number as typed. As a number it has already lost its last digits."""
    _refuse_formula(cell, label)
    if (isinstance(cell, int | float) and not isinstance(cell, bool)) or _SCIENTIFIC.fullmatch(str(cell).strip()):
        raise ValidationError(
            _("The ID number was saved as a number and has lost digits. Please set the column to text and type the number again.")
        )
    return text(cell, 40, label)


def day(cell: Any, label: str) -> date | None:
    """A date cell, or 1956-03-08, 1956/3/8, 1956年3月8日, 19560308."""
    if cell == "":
        return None
    _refuse_formula(cell, label)
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    said = unicodedata.normalize("NFKC", str(cell)).strip()
    if not said:
        return None
    parts = _DATE.fullmatch(said.removesuffix(" 00:00:00"))
    try:
        return date(*(int(part) for part in parts.groups())) if parts else _no_date(label)
    except ValueError:
        return _no_date(label)


def phones(cell: Any, area_code: str, label: str) -> list[str]:
    """Numbers in normal form, several in one cell separated by 、 or a comma."""
    _refuse_formula(cell, label)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    numbers = []
    for typed in filter(str.strip, _BETWEEN_NUMBERS.split(str(cell))):
        number = normal_phone(typed, area_code=area_code)
        if not number:
            raise ValidationError(_("%(column)s is not complete: please write a mobile or a landline number.") % {"column": label})
        numbers.append(number)
    return list(dict.fromkeys(numbers))


def _no_date(label: str) -> date:
    raise ValidationError(_("%(column)s is no date. Please write it like 1956-03-08.") % {"column": label})


def _refuse_formula(cell: Any, label: str) -> None:
    if isinstance(cell, Formula):
        raise ValidationError(_("%(column)s holds a formula. Please copy the column and paste it as values.") % {"column": label})
