"""Rows of a staff list as a file. Wagtail writes what stands in the database: codes, True, moments in UTC, whole fen under a heading that says yuan, and
text that a spreadsheet runs as a formula."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext

from hub.core import clock
from hub.core.money import FEN_A_YUAN
from hub.core.spreadsheets import BYTE_ORDER_MARK, TYPES, safe_cell

MONEY = "_fen"


def as_read(row: models.Model, field: str, value: Any) -> Any:
    """A cell as people read it: choices, yes and no in words; moments on the wall clock of the house; sums in yuan. Numbers and dates stay what they are."""
    if callable(display := getattr(row, f"get_{field}_display", None)) and value is not None:
        return str(display())
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return clock.local(value).replace(second=0, microsecond=0, tzinfo=None)
    if isinstance(value, int) and field.endswith(MONEY):
        return Decimal(value) / FEN_A_YUAN
    return str(value) if isinstance(value, models.Model | Promise) else value


class Exported:
    """Mixed into every index of a HubViewSet."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """A list that names no columns is no file: Wagtail would send empty lines."""
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # the view it is mixed into
        self.is_export = getattr(self, "is_export", False) and bool(getattr(self, "list_export", None))

    def to_row_dict(self, item: models.Model) -> dict[str, Any]:
        cells: dict[str, Any] = super().to_row_dict(item)  # type: ignore[misc]  # as above
        return {field: as_read(item, field, value) for field, value in cells.items()}

    def get_preprocess_function(self, field: str, value: Any, export_format: str) -> Any:
        if isinstance(value, str):
            return safe_cell
        return super().get_preprocess_function(field, value, export_format)  # type: ignore[misc]  # as above

    def stream_csv(self, queryset: Any) -> Iterator[str]:
        yield BYTE_ORDER_MARK
        yield from super().stream_csv(queryset)  # type: ignore[misc]  # as above

    def write_csv_response(self, queryset: Any) -> Any:
        response = super().write_csv_response(queryset)  # type: ignore[misc]  # as above
        response["Content-Type"] = TYPES["csv"]
        return response
