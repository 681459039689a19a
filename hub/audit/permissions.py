"""Who may read the audit. Roles are named by their words: people stand above this app."""

from typing import Any

READ_THE_AUDIT = frozenset({"director", "admin"})


def user_can_read_lines(user: Any, line: Any = None) -> bool:
    """The director answers for the house, the administrator for the system; nobody else looks over shoulders."""
    return bool(user.is_at_work_as(READ_THE_AUDIT))
