"""Codes and numbers of letters and digits that nobody takes for one another: rating codes, certificates, shifts. Pure."""

import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 and O, 1, I and L
CERTIFICATE = 16  # letters of a certificate's number
_BETWEEN = str.maketrans({" ": None, "-": None, "·": None})


def new_letters(length: int) -> str:
    """So many letters by chance."""
    return "".join(secrets.choice(LETTERS) for _each in range(length))


def clean_letters(typed: str, length: int) -> str:
    """What somebody typed, copied or read from a slip, in capitals and without what stands between; '' when it cannot be one of that length."""
    found = typed.translate(_BETWEEN).upper()
    return found if len(found) == length and not set(found) - set(LETTERS) else ""


def in_fours(text: str, between: str = "-") -> str:
    """`7KQ2M9XA…` → `7KQ2-M9XA-…`."""
    return between.join(text[place : place + 4] for place in range(0, len(text), 4))
