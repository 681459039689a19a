"""What every import of the house shares, on top of django-import-export."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import capfirst
from import_export import resources
from import_export.instance_loaders import BaseInstanceLoader

from hub.hubs.models import Hub
from hub.people.importing.files import FILE_ROW, Column

ROWS_SHOWN = 10  # on the page that is looked at: enough to see that the columns are the right ones


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One of the first rows that can be taken: its number in the file, what taking it does ("new", "update", "skip"), its cells with people masked."""

    number: int
    verdict: str
    cells: list[str]


class RowLoader(BaseInstanceLoader):
    """Asks the resource which row of ours a row of the file is; the resource has looked everything up beforehand."""

    def get_instance(self, row: dict[str, Any]) -> Any:
        return self.resource.match(row)


class HubResource(resources.ModelResource):
    """An import into one hub.

    A subclass says its `columns`, reads a row in `before_import_row` (every complaint a ValidationError), finds its match in
    `match`, and puts the facts on the instance in `import_instance`, setting `is_changed`. Its Meta extends `HubResource.Meta`.
    Diffs are never made: copying each row for one costs more than the import; `is_changed` is what skips unchanged rows.
    With `is_look` nothing is written and no transaction opened (the library's own dry run writes everything and rolls it back,
    which on SQLite would keep everybody else waiting).
    """

    name: ClassVar[str]
    title: ClassVar[Promise]
    columns: ClassVar[tuple[Column, ...]]

    class Meta:
        import_id_fields: tuple[str, ...] = ()
        instance_loader_class = RowLoader
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        skip_html_diff = True
        clean_model_instances = False
        report_skipped = False

    def __init__(self, hub: Hub, by: Any = None, *, is_look: bool = False) -> None:
        super().__init__()
        self.hub = hub
        self.by = by
        self.is_look = is_look
        self.is_changed = False
        self.first_rows: list[SeenRow] = []
        self.labels = {column.name: capfirst(str(column.label)) for column in self.columns}  # they begin sentences

    def match(self, row: dict[str, Any]) -> Any:
        """The row of ours this is, None for a new one; ValidationError when that cannot be told."""
        raise NotImplementedError

    def write_more(self) -> None:
        """What belongs to the rows (their phones …), written after them."""

    def audit(self, totals: dict[str, int], digest: str) -> None:
        """The line that stays after the import; called in its transaction."""
        raise NotImplementedError

    def init_instance(self, row: Any = None) -> Any:
        return self._meta.model(hub_id=self.hub.pk)

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        return not import_validation_errors and not self.is_changed

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        if self.is_look and len(self.first_rows) < ROWS_SHOWN:
            self.first_rows.append(SeenRow(row[FILE_ROW], row_result.import_type, [column.shown_cell(row[column.name]) for column in self.columns]))

    def bulk_create(self, using_transactions: bool, dry_run: bool, raise_errors: bool, batch_size: Any = None, result: Any = None) -> None:
        if not self.is_look:
            self._meta.model.objects.bulk_create(self.create_instances, batch_size=batch_size)
        self.create_instances.clear()

    def bulk_update(self, using_transactions: bool, dry_run: bool, raise_errors: bool, batch_size: Any = None, result: Any = None) -> None:
        """One INSERT … ON CONFLICT a batch: Django's own bulk_update (a CASE for each row and field) takes ten times as long."""
        if self.update_instances and not self.is_look:
            self._meta.model.objects.bulk_create(
                self.update_instances,
                batch_size=batch_size,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=self.get_bulk_update_fields(),
            )
        self.update_instances.clear()

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        if not self.is_look:
            self.write_more()


def refused(*sentences: str) -> ValidationError:
    """A row's complaints as one error."""
    return ValidationError(list(sentences))
