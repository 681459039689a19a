"""References: eight digits in two groups, sayable by telephone (6621 0259).

Unique in the whole install without a shared table: every kind of thing owns its first digits, and each kind's own column is
unique. See docs/decisions/0003-references.md.
"""

import re
import secrets
import unicodedata

FIRST_DIGITS = {"booking": "6789", "order": "34", "parcel": "5", "swap_item": "2", "barter": "1", "newspaper_report": "0"}
LENGTH = 8
_NOT_A_DIGIT = re.compile(r"\D")


def new_reference(kind: str) -> str:
    """A random reference of `kind`; the column's unique constraint tells whether it is taken."""
    first = secrets.choice(FIRST_DIGITS[kind])
    return first + f"{secrets.randbelow(10 ** (LENGTH - 1)):0{LENGTH - 1}d}"


def new_token() -> str:
    """32 characters nobody guesses: what makes a form idempotent, the address of a private page, all that a gateway sees."""
    return secrets.token_urlsafe(24)


def new_door_code() -> str:
    """Four digits that a resident reads out to a helper at the door."""
    return f"{secrets.randbelow(10_000):04d}"


def clean_reference(typed: str) -> str:
    """What somebody typed or read out, as eight digits: spaces, hyphens and full-width digits allowed. '' when it is none."""
    digits = _NOT_A_DIGIT.sub("", unicodedata.normalize("NFKC", typed))
    return digits if len(digits) == LENGTH and digits.isascii() else ""


def grouped(reference: str) -> str:
    """`66210259` → `6621 0259`."""
    return f"{reference[:4]} {reference[4:]}"
