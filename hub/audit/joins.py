"""Where the audit appears elsewhere."""

from collections.abc import Iterable

from django.apps import apps
from django.db import connection

from hub.audit.actions import write_line
from hub.core.constraints import AppendOnly
from hub.core.joins import ChangeRecorder, IntegrityCheck, change_recorders, integrity_checks


def missing_guards() -> Iterable[str]:
    """One sentence for every append-only table that has lost its guard."""
    for model in apps.get_models():
        for guard in model._meta.constraints:
            if isinstance(guard, AppendOnly) and not guard.is_present(connection, model._meta.db_table):
                yield f"{model._meta.label}: the guard {guard.name} is missing, rows can be changed or deleted"


change_recorders.register(ChangeRecorder("audit", write_line))
integrity_checks.register(IntegrityCheck("append_only_guards", missing_guards))
