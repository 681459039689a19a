"""Who may do what with promises. Roles are named by their words: people stand above this app."""

from typing import Any

from hub.core.joins import promise_kinds

KEEP_PROMISES = frozenset({"operator", "clerk", "coordinator", "director"})
DROP_PROMISES = frozenset({"clerk", "director"})


def user_can_see_promises(user: Any, promise: Any = None) -> bool:
    """Whoever serves residents sees what the house owes."""
    return bool(user.is_at_work_as(KEEP_PROMISES))


def user_can_take(user: Any, promise: Any = None) -> bool:
    """Whoever serves residents may take on what is still owed."""
    return bool(user.is_at_work_as(KEEP_PROMISES)) and (promise is None or promise.is_open)


def user_can_keep(user: Any, promise: Any = None) -> bool:
    """Whoever serves residents may say that it is done; what is done on a page of its own, whoever that page opens to."""
    if not user_can_take(user, promise):
        return False
    may = promise_kinds[promise.kind].may if promise is not None and promise.kind in promise_kinds else None
    return may is None or may(user, promise)


def user_can_drop(user: Any, promise: Any = None) -> bool:
    """Clerks and the director may say that it will not be done."""
    return bool(user.is_at_work_as(DROP_PROMISES)) and (promise is None or promise.is_open)
