"""Who sees the house in numbers, and who serves callers. The pages of numbers show sums, never a person: small numbers need not be hidden there."""

from typing import Any

from hub.people.states import SERVES_RESIDENTS, Roles


def user_can_see_figures(user: Any) -> bool:
    """The director's page is the director's and the administrator's."""
    return bool(user.is_at_work_as({Roles.DIRECTOR, Roles.ADMIN}))


def user_can_open_rows(user: Any) -> bool:
    """Behind a figure stand residents' rows: the director opens them, the administrator reads the number."""
    return bool(user.is_at_work_as({Roles.DIRECTOR}))


def user_can_reconcile(user: Any) -> bool:
    """Who takes money sets it against the book in the evening."""
    return bool(user.is_at_work_as({Roles.CLERK, Roles.DIRECTOR}))


def user_can_see_waived(user: Any) -> bool:
    """Who writes the funder's statement."""
    return bool(user.is_at_work_as({Roles.CLERK, Roles.DIRECTOR, Roles.ADMIN}))


def user_can_serve_callers(user: Any, call: Any = None) -> bool:
    """Whoever serves residents, at their own hub."""
    is_elsewhere = call is not None and (user.acting_at is None or call.hub_id != user.acting_at.pk)
    return not is_elsewhere and bool(user.is_at_work_as(SERVES_RESIDENTS))


def user_can_work_on(user: Any, call: Any) -> bool:
    """A call and what is typed in it are its operator's; a colleague takes it over first."""
    return user_can_serve_callers(user, call) and call.operator_id == user.pk


def user_can_see_calls(user: Any, call: Any = None) -> bool:
    """The list of calls, masked, is read by those who serve."""
    return user_can_serve_callers(user, call)


def user_can_see_codes(user: Any, code: Any = None) -> bool:
    """Whoever closes calls knows the codes."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS))


def user_can_keep_codes(user: Any, code: Any = None) -> bool:
    """The list of codes is the director's."""
    return bool(user.is_at_work_as({Roles.DIRECTOR}))
