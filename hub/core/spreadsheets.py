"""What every table shares that leaves the house: no cell is a formula, and Excel reads the Chinese."""

from typing import Any

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads Chinese CSV as gibberish


def safe_cell(value: Any) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before what would start one."""
    said = "" if value is None else str(value)
    return f"'{said}" if said.startswith(STARTS_A_FORMULA) else said
