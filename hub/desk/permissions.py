"""Who sees the house in numbers. These pages show sums and reference numbers, never a person, so small numbers need not be hidden here."""

from typing import Any

from hub.people.states import Roles


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
