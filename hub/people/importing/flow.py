"""Looking at a list before anything is written, and writing it."""

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from tablib import Dataset

from hub.hubs.models import Hub
from hub.people.importing.files import FILE_ROW, read_table
from hub.people.importing.resource import HubResource, SeenRow

MOST_PROBLEMS_SHOWN = 200


@dataclass(frozen=True)
class Problem:
    """A row that cannot be taken, by its number in the file, and why."""

    row: int
    sentences: list[str]


@dataclass(frozen=True)
class Outcome:
    """What an import does or did."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    first_rows: list[SeenRow] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.new + self.changed + self.unchanged + len(self.problems)

    @property
    def first_problems(self) -> list[Problem]:
        """As many as a person reads."""
        return self.problems[:MOST_PROBLEMS_SHOWN]


class HasProblems(Exception):
    """The list was to be taken whole, and some rows cannot be; nothing was written."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(f"{len(outcome.problems)} rows")
        self.outcome = outcome


def look(resource: type[HubResource], *, hub: Hub, by: Any, raw: bytes, filename: str) -> Outcome:
    """What importing this file would do; writes nothing, locks nothing. FileRefused when the file is unusable."""
    with collector_at_rest():
        table = read_table(raw, filename, resource.columns)
        importer = resource(hub, by, is_look=True)
        return replace(_outcome(importer.import_data(table, use_transactions=False), table), first_rows=importer.first_rows)


@transaction.atomic
def apply(
    resource: type[HubResource], *, hub: Hub, by: Any, raw: bytes, filename: str, leave_out_problems: bool = False
) -> Outcome:
    """Write the list in one transaction, one import a hub at a time. HasProblems unless problem rows may be left out."""
    with collector_at_rest():
        table = read_table(raw, filename, resource.columns)
    return apply_rows(resource, hub=hub, by=by, table=table, digest=digest_of(raw), leave_out_problems=leave_out_problems)


@transaction.atomic
def apply_rows(
    resource: type[HubResource], *, hub: Hub, by: Any, table: Dataset, digest: str = "", leave_out_problems: bool = False
) -> Outcome:
    """The same for rows already read."""
    Hub.objects.select_for_update().get(pk=hub.pk)
    importer = resource(hub, by)
    with collector_at_rest():
        outcome = _outcome(importer.import_data(table, use_transactions=True, rollback_on_validation_errors=not leave_out_problems), table)
    if outcome.problems and not leave_out_problems:
        raise HasProblems(outcome)
    importer.audit({"new": outcome.new, "changed": outcome.changed, "left_out": len(outcome.problems)}, digest)
    return outcome


def table_of(resource: type[HubResource], rows: Sequence[dict[str, Any]]) -> Dataset:
    """Rows given as dicts under the columns' names, as a table."""
    names = [column.name for column in resource.columns]
    return Dataset(*((*(row.get(name, "") for name in names), number) for number, row in enumerate(rows, start=2)), headers=[*names, FILE_ROW])


def digest_of(raw: bytes) -> str:
    """The file's fingerprint."""
    return hashlib.sha256(raw).hexdigest()


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Tens of thousands of rows come into being and none goes: looking for garbage among them takes a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _outcome(result: Any, table: Dataset) -> Outcome:
    for error in result.base_errors:
        raise error.error
    for _number, row in result.row_errors():
        raise row[0].error
    row_numbers = table[FILE_ROW] if result.invalid_rows else []
    problems = [Problem(row_numbers[bad.number - 1], bad.error.messages) for bad in result.invalid_rows]
    return Outcome(result.totals["new"], result.totals["update"], result.totals["skip"], problems)
