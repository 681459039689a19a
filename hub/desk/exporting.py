"""A table as it leaves the house: numbers stay numbers, text is never a formula."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook

from hub.core.spreadsheets import TYPES, safe_cell
from hub.desk.rules import Period


def xlsx(name: str, period: Period, headers: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """`figures-2026-11-01-2026-11-28.xlsx`."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (headers, *rows):
        sheet.append([cell if isinstance(cell, int | Decimal) else safe_cell(cell) for cell in row])
    kept = BytesIO()
    book.save(kept)
    disposition = f'attachment; filename="{name}-{period.first}-{period.last}.xlsx"'
    return HttpResponse(kept.getvalue(), content_type=TYPES["xlsx"], headers={"Content-Disposition": disposition})
