"""A helper's month as a spreadsheet."""

from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from bookings.dispatch.models import Statement
from bookings.dispatch.queries import sums_of_lines
from hub.core import clock
from hub.core.references import grouped
from hub.core.spreadsheets import safe_cell


def lines_of(statement: Statement) -> list[Any]:
    """With their orders and services, in the order of the month."""
    return list(statement.lines.select_related("order__service").order_by("order__done_at", "id"))


def xlsx(statement: Statement) -> bytes:
    """The lines and their sum; amounts are numbers, text is never a formula."""
    lines = lines_of(statement)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    heads = [_("Done on"), _("Order number"), _("Service"), _("Kind"), _("List price"), _("Owed"), _("Cash taken"), _("Paid by the house")]
    sheet.append([safe_cell(cell) for cell in (statement.provider.name, statement.month_words, statement.get_state_display())])
    sheet.append([safe_cell(head) for head in heads])
    for line in lines:
        done = clock.local(line.order.done_at).date().isoformat()
        words = [done, grouped(line.order.reference), line.order.service.name_zh, line.get_kind_display()]
        sheet.append([*(safe_cell(word) for word in words), *(Decimal(fen) / 100 for fen in (line.list_fen, line.due_fen, line.cash_fen, line.subsidy_fen))])
    all_of_it = sums_of_lines(lines)
    sums = (all_of_it.list_fen, all_of_it.due_fen, all_of_it.cash_fen, all_of_it.subsidy_fen)
    sheet.append([safe_cell(_("In all")), "", "", "", *(Decimal(fen) / 100 for fen in sums)])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()
