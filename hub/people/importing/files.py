"""Reading a spreadsheet or CSV file into rows; every way in which one can be wrong has its own sentence."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from tablib import Dataset

BIGGEST = 20 * 1024 * 1024
BIGGEST_UNPACKED = 300 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 60
LONGEST_SHOWN = 40
ENCODINGS = ("utf-8-sig", "gb18030")  # with or without a byte order mark; then what Excel writes in China
FILE_ROW = "file_row"  # the column in which every row carries its number in the file
_HEADER_NOISE = re.compile(r"[\s*＊:：（）()]+")
_READING_FAILS = (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError)  # what openpyxl raises


class FileRefused(Exception):
    """The whole file cannot be used; the text says why and how to mend it."""


class Formula(str):
    """A cell that holds a formula instead of a value."""

    __slots__ = ()


@dataclass(frozen=True)
class Column:
    """One column: `name` in code, `label` for people, further `headers` under which it is found, an `example` for the sample file; `shown` masks a
    person's cell on the page that is looked at before the rows are taken."""

    name: str
    label: Promise
    headers: tuple[str, ...]
    example: str = ""
    is_required: bool = False
    shown: Callable[[str], str] = str

    def shown_cell(self, cell: Any) -> str:
        """A cell as a person reads it: no time at midnight, no .0 behind a number, nothing longer than a line."""
        if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
            cell = cell.date()
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return self.shown(str(cell).strip()[:LONGEST_SHOWN])


def tail_alone(cell: str) -> str:
    """Numbers by their last four; '' stays ''."""
    return f"****{cell[-4:]}" if len(cell) > 6 else stars(cell)


def stars(cell: str) -> str:
    """That something stands there, and not what."""
    return "****" if cell else ""


def read_table(raw: bytes, filename: str, columns: Sequence[Column]) -> Dataset:
    """The rows under the columns' names, plus FILE_ROW; cells are texts, numbers, dates or Formula. FileRefused with a sentence.

    Blank rows are left out, unknown columns too; a known column that is absent is blank.
    """
    if not raw:
        raise FileRefused(_("The file is empty. Please choose the one with the rows."))
    if len(raw) > BIGGEST:
        raise FileRefused(_("The file is larger than 20 MB. Please split it."))
    found = _xlsx_rows(raw) if raw[:4] == b"PK\x03\x04" else _csv_rows(raw, filename)
    numbered = enumerate(found, start=1)
    for _number, header in numbered:
        if any(_is_there(cell) for cell in header):
            places = _places(header, columns)
            break
    else:
        raise FileRefused(_("The file has no rows. Please choose the one with the rows."))
    rows = list(_wanted(numbered, [places.get(column.name) for column in columns]))
    if not rows:
        raise FileRefused(_("There are no rows below the headings."))
    return Dataset(*rows, headers=[*(column.name for column in columns), FILE_ROW])


def _wanted(numbered: Iterable[tuple[int, Sequence[Any]]], places: Sequence[int | None]) -> Iterator[tuple[Any, ...]]:
    count = 0
    for number, row in numbered:
        cells = [row[place] if place is not None and place < len(row) and row[place] is not None else "" for place in places]
        if any(_is_there(cell) for cell in cells):
            count += 1
            if count > MOST_ROWS:
                raise FileRefused(_("The file has more than 100,000 rows. Please split it."))
            yield (*cells, number)


def _is_there(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


def _places(header: Sequence[Any], columns: Sequence[Column]) -> dict[str, int]:
    """Where each column stands; FileRefused names the headings that are missing."""
    at: dict[str, int] = {}
    for place, cell in enumerate(header[:MOST_COLUMNS]):
        at.setdefault(_plain_header(cell), place)
    places = {}
    for column in columns:
        for known in (column.name, str(column.label), *column.headers):
            if _plain_header(known) in at:
                places[column.name] = at[_plain_header(known)]
                break
    missing = [str(column.label) for column in columns if column.is_required and column.name not in places]
    if missing:
        raise FileRefused(
            _("These headings are missing in the first row: %(headings)s. Please take the sample file as a pattern.") % {"headings": ", ".join(missing)}
        )
    return places


def _plain_header(cell: Any) -> str:
    return _HEADER_NOISE.sub("", str(cell or "")).lower()


def _csv_rows(raw: bytes, filename: str) -> Iterator[Sequence[Any]]:
    if filename.lower().endswith((".xls", ".et", ".ods", ".numbers", ".pdf", ".docx")) or b"\0" in raw[:4096]:
        raise FileRefused(_("This kind of file cannot be read. Please save it as xlsx or CSV."))
    text = _text(raw)
    head = text[:4096].partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        raise FileRefused(_("The file is damaged: a line cannot be read. Please save it again as xlsx or CSV.")) from None


def _text(raw: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileRefused(_("The characters in the file cannot be read. Please save it as xlsx, or as CSV in UTF-8."))


def _xlsx_rows(raw: bytes) -> Iterator[Sequence[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(part.file_size for part in packed.infolist()) > BIGGEST_UNPACKED:
                raise FileRefused(_("The file is larger than it looks. Please save only the rows, without pictures, and try again."))
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says about its own size is not to be believed
        for row in sheet.iter_rows(max_col=MOST_COLUMNS):
            yield [Formula(cell.value) if cell.data_type == "f" else cell.value for cell in row]
    except FileRefused:
        raise
    except (*_READING_FAILS, IndexError):
        raise FileRefused(_("The file is damaged and cannot be opened. Please save it again as xlsx.")) from None
