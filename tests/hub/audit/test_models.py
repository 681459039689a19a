"""Lines are written once: the database itself refuses the rest."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from hub.audit.actions import write_line
from hub.audit.joins import missing_guards
from hub.audit.models import Line

pytestmark = pytest.mark.django_db
GUARD = "audit_line_append_only"


@pytest.fixture
def line(hub: Any) -> Line:
    write_line(hub_id=hub.pk, verb="reserve", subject="tests.thing", ref="1", reason="因为" * 200)
    return Line.objects.get(subject_label="tests.thing")


def test_a_line_says_what_was_done(hub: Any, line: Line) -> None:
    assert (line.hub, line.actor, line.verb, line.subject_label, line.subject_ref, line.changes) == (hub, None, "reserve", "tests.thing", "1", {})
    assert len(line.reason) == 200


@pytest.mark.parametrize("sql", ["UPDATE audit_line SET verb = 'other' WHERE id = %s", "DELETE FROM audit_line WHERE id = %s"])
def test_the_database_refuses_plain_sql(line: Line, sql: str) -> None:
    with pytest.raises(DatabaseError, match=GUARD), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [line.pk])
    assert Line.objects.get(pk=line.pk).verb == "reserve"


@pytest.mark.parametrize(
    "attempt",
    [
        lambda line: line.save(),
        lambda line: line.delete(),
        lambda line: Line.objects.filter(pk=line.pk).update(reason="x"),
        lambda line: Line.objects.filter(pk=line.pk).delete(),
    ],
    ids=["save", "delete", "update of many", "delete of many"],
)
def test_the_database_refuses_the_orm(line: Line, attempt: Any) -> None:
    with pytest.raises(DatabaseError, match=GUARD), transaction.atomic():
        attempt(line)
    assert Line.objects.filter(pk=line.pk, verb="reserve").count() == 1


def test_a_missing_guard_is_found(hub: Any) -> None:
    assert list(missing_guards()) == []
    on_table = " ON audit_line" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{GUARD}_delete"{on_table}')
    assert list(missing_guards()) == [f"audit.Line: the guard {GUARD} is missing, rows can be changed or deleted"]
