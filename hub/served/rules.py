"""What the house says about rating codes. Pure."""

from datetime import timedelta

from hub.core.letters import clean_letters, in_fours

CODE_LENGTH = 8
VALID_FOR = timedelta(days=30)


def clean_code(typed: str) -> str:
    """What somebody typed or read from a slip, as a code; '' when it cannot be one."""
    return clean_letters(typed, CODE_LENGTH)


def grouped(code: str) -> str:
    """`7KQ2M9XA` → `7KQ2 M9XA`."""
    return in_fours(code, " ")
