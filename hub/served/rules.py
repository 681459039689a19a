"""What the house says about rating codes. Pure."""

from datetime import timedelta

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 and O, 1, I and L: nobody can take one for the other on a slip
CODE_LENGTH = 8
VALID_FOR = timedelta(days=30)
_AS_MEANT = str.maketrans({" ": None, "-": None, "·": None})


def clean_code(typed: str) -> str:
    """What somebody typed or read from a slip, as a code; '' when it cannot be one."""
    code = typed.translate(_AS_MEANT).upper()
    return code if len(code) == CODE_LENGTH and not set(code) - set(LETTERS) else ""


def grouped(code: str) -> str:
    """`7KQ2M9XA` → `7KQ2 M9XA`."""
    return f"{code[:4]} {code[4:]}"


def safe_cell(text: str) -> str:
    """`text` for a spreadsheet: what would begin a formula there is put behind an apostrophe."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
