"""Who keeps the calendar. Roles are named by their words: people stand above this app."""

from typing import Any

from hub.workdays.states import Sources

KEEP_THE_CALENDAR = frozenset({"clerk", "director"})


def user_can_keep_days(user: Any, day: Any = None) -> bool:
    """Clerks and the director keep the special days and confirm a year."""
    return bool(user.is_at_work_as(KEEP_THE_CALENDAR))


def user_can_delete_day(user: Any, day: Any = None) -> bool:
    """Only days the house wrote are deleted: one from the list of holidays would come back, so it is changed instead."""
    return user_can_keep_days(user) and (day is None or day.source == Sources.STAFF)
