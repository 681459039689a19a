"""What the database itself must forbid, on PostgreSQL and on SQLite alike.

Tried: Django's own ExclusionConstraint (a syntax error on SQLite, and needs btree_gist to hold "same room" beside a range);
slot rows with a primary key (one row per quarter of an hour, and orphans when the owner goes another way).
"""

from datetime import timedelta
from typing import Any

from django.db import DatabaseError, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table


class NoOverlap(models.BaseConstraint):
    """No two holding rows may share a part and a moment.

    `parts` names the first and the last part (integers, both ends included), `during` the start and the end (instants, end
    excluded), `state` the column that is one of `holding` while the row counts. No row lasts longer than `longest` (a check
    constraint of the model's sees to it). PostgreSQL gets `EXCLUDE USING gist`; SQLite two triggers and the index they look things
    up in, put out through the schema editor's deferred SQL so that Django's rebuild of a table renews them.
    """

    def __init__(
        self, *, name: str, parts: tuple[str, str], during: tuple[str, str], state: str, holding: tuple[str, ...], longest: timedelta = timedelta.max
    ) -> None:
        super().__init__(name=name)
        self.parts, self.during, self.state, self.holding, self.longest = tuple(parts), tuple(during), state, tuple(holding), longest

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        ours = {"parts": self.parts, "during": self.during, "state": self.state, "holding": self.holding, "longest": self.longest}
        return path, args, {**kwargs, **ours}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, NoOverlap):
            return NotImplemented
        return self.deconstruct()[2] == other.deconstruct()[2]

    __hash__ = models.BaseConstraint.__hash__

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert model is not None and schema_editor is not None  # noqa: S101  Django always passes both; its stubs say Optional
        if schema_editor.connection.vendor == "postgresql":
            return self._exclusion(model, schema_editor)
        schema_editor.deferred_sql.extend(self._triggers(model, schema_editor))
        return None  # type: ignore[return-value]  # Django leaves out what is None, as UniqueConstraint does

    def create_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        assert model is not None and schema_editor is not None  # noqa: S101  as above
        if schema_editor.connection.vendor == "postgresql":
            table = schema_editor.quote_name(model._meta.db_table)
            return f"ALTER TABLE {table} ADD {self._exclusion(model, schema_editor)}"
        for trigger in self._triggers(model, schema_editor):
            schema_editor.execute(trigger, params=None)
        return None

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        assert model is not None and schema_editor is not None  # noqa: S101  as above
        if schema_editor.connection.vendor == "postgresql":
            return f"ALTER TABLE {schema_editor.quote_name(model._meta.db_table)} DROP CONSTRAINT {schema_editor.quote_name(self.name)}"
        for name in self.trigger_names:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {schema_editor.quote_name(name)}", params=None)
        schema_editor.execute(f"DROP INDEX IF EXISTS {schema_editor.quote_name(self.index_name)}", params=None)
        return None

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """Forms do not ask: the action that writes looks under its lock, and the database has the last word."""

    @property
    def trigger_names(self) -> tuple[str, str]:
        """The two triggers on SQLite."""
        return f"{self.name}_insert", f"{self.name}_update"

    @property
    def index_name(self) -> str:
        """What the triggers look things up in: without it each insert reads the whole table."""
        return f"{self.name}_start"

    def is_present(self, connection: Any, table: str) -> bool:
        """Whether the guard stands in the database."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT count(*) FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass", [self.name, table])
                return bool(cursor.fetchone()[0] == 1)
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s AND name IN (%s, %s)", [table, *self.trigger_names])
            return bool(cursor.fetchone()[0] == 2)

    def was_broken_by(self, error: DatabaseError) -> bool:
        """Whether `error` is this guard speaking."""
        return self.name in str(error)

    def _columns(self, model: type[models.Model]) -> list[str]:
        fields: list[Any] = [model._meta.get_field(name) for name in (*self.parts, *self.during, self.state)]
        return [field.column for field in fields]

    def _states(self) -> str:
        return ", ".join(f"'{state}'" for state in self.holding)

    def _exclusion(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        first, last, start, end, state = self._columns(model)
        return (
            f"CONSTRAINT {schema_editor.quote_name(self.name)} EXCLUDE USING gist "
            f'(int8range("{first}", "{last}", \'[]\') WITH &&, tstzrange("{start}", "{end}") WITH &&) '
            f'WHERE ("{state}" IN ({self._states()}))'
        )

    def _triggers(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        first, last, start, end, state = self._columns(model)
        # The insert trigger must not ask for another id: NEW.id is not known yet there.
        events = (("INSERT", self.trigger_names[0], ""), ("UPDATE", self.trigger_names[1], 'AND other."id" <> NEW."id" '))
        # What began earlier than the longest row lasts is over. datetime() drops fractions of a second: it bounds a little too widely.
        seconds = self.longest // timedelta(seconds=1)
        bounded = "" if self.longest == timedelta.max else f'AND other."{start}" > datetime(NEW."{start}", \'-{seconds} seconds\') '
        table = Table(model._meta.db_table, schema_editor.quote_name)
        index = Statement(f'CREATE INDEX IF NOT EXISTS "{self.index_name}" ON %(table)s ("{start}")', table=table)
        return [index] + [
            Statement(
                f'CREATE TRIGGER "{name}" BEFORE {event} ON %(table)s WHEN NEW."{state}" IN ({self._states()}) BEGIN '
                f"SELECT RAISE(ABORT, '{self.name}') WHERE EXISTS (SELECT 1 FROM %(table)s other "
                f'WHERE other."{state}" IN ({self._states()}) {not_itself}'
                f'AND other."{first}" <= NEW."{last}" AND other."{last}" >= NEW."{first}" '
                f'{bounded}AND other."{start}" < NEW."{end}" AND other."{end}" > NEW."{start}"); END',
                table=table,
            )
            for event, name, not_itself in events
        ]


class AppendOnly(models.BaseConstraint):
    """Rows are written once: the database refuses UPDATE and DELETE by a trigger on either engine."""

    __hash__ = models.BaseConstraint.__hash__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AppendOnly) and self.name == other.name

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert model is not None and schema_editor is not None  # noqa: S101  Django always passes both; its stubs say Optional
        schema_editor.deferred_sql.extend(self._statements(model, schema_editor))
        return None  # type: ignore[return-value]  # Django leaves out what is None, as UniqueConstraint does

    def create_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        assert model is not None and schema_editor is not None  # noqa: S101  as above
        for statement in self._statements(model, schema_editor):
            schema_editor.execute(statement, params=None)
        return None

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        assert model is not None and schema_editor is not None  # noqa: S101  as above
        on_table = f" ON {schema_editor.quote_name(model._meta.db_table)}" if schema_editor.connection.vendor == "postgresql" else ""
        for event in ("update", "delete"):
            schema_editor.execute(f'DROP TRIGGER IF EXISTS "{self.name}_{event}"{on_table}', params=None)
        return None

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """Nothing to ask of a form."""

    def is_present(self, connection: Any, table: str) -> bool:
        """Whether the guard stands in the database."""
        names = [f"{self.name}_update", f"{self.name}_delete"]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname IN (%s, %s) AND tgrelid = %s::regclass AND tgenabled <> 'D'", [*names, table])
            else:
                cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN (%s, %s) AND tbl_name = %s", [*names, table])
            return bool(cursor.fetchone()[0] == 2)

    def _statements(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> list[Statement | str]:
        table = Table(model._meta.db_table, schema_editor.quote_name)
        if schema_editor.connection.vendor != "postgresql":
            return [
                Statement(
                    f"CREATE TRIGGER \"{self.name}_{event}\" BEFORE {event.upper()} ON %(table)s BEGIN SELECT RAISE(ABORT, '{self.name}'); END", table=table
                )
                for event in ("update", "delete")
            ]
        function = (
            f'CREATE OR REPLACE FUNCTION "{self.name}_refuse"() RETURNS trigger LANGUAGE plpgsql AS '
            f"$$ BEGIN RAISE EXCEPTION '{self.name}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        return [
            function,
            *(
                Statement(
                    f'CREATE TRIGGER "{self.name}_{event}" BEFORE {event.upper()} ON %(table)s FOR EACH ROW EXECUTE FUNCTION "{self.name}_refuse"()',
                    table=table,
                )
                for event in ("update", "delete")
            ),
        ]
