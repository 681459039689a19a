"""Who may do what with people and roles. Each question takes the user and the row (None for the kind of thing)."""

from typing import Any

from hub.people.states import SERVES_RESIDENTS, Roles


def user_can_grant_roles(user: Any, role: Any = None) -> bool:
    """Staff are kept by the director and the administrator; nobody changes a role of their own."""
    if not user.is_at_work_as({Roles.DIRECTOR, Roles.ADMIN}):
        return False
    return role is None or role.user_id != user.pk


def user_can_see_residents(user: Any, resident: Any = None) -> bool:
    """Those who serve residents, at their own hub, see masked cards."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS))
