"""Who keeps the map of the area. Roles are named by their words: people stand above this app."""

from typing import Any

SEE_THE_MAP = frozenset({"operator", "clerk", "coordinator", "director", "admin"})
KEEP_THE_MAP = frozenset({"clerk", "director", "admin"})


def user_can_see_places(user: Any, place: Any = None) -> bool:
    """Whoever serves residents looks at it."""
    return bool(user.is_at_work_as(SEE_THE_MAP))


def user_can_keep_places(user: Any, place: Any = None) -> bool:
    """Clerk, director and administrator change it. Nothing here is personal."""
    return bool(user.is_at_work_as(KEEP_THE_MAP))


def user_can_delete_place(user: Any, place: Any = None) -> bool:
    """Only what nothing points at goes; the database keeps the rest."""
    return bool(user.is_at_work_as({"director", "admin"}))
