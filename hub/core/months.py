"""Months in addresses and files: 2026-10. Pure."""

import re
from datetime import date

WRITTEN = re.compile(r"(20[0-9][0-9])-(0[1-9]|1[0-2])")


def month_from(written: str) -> date | None:
    """The first day of `2026-10`; None for what is no month of this century."""
    found = WRITTEN.fullmatch(written)
    return date(int(found[1]), int(found[2]), 1) if found else None
