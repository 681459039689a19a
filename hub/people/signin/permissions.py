"""Who may do what with another's sign-in."""

from typing import Any

from hub.people.states import Roles


def user_can_reset_totp(user: Any, colleague: Any = None) -> bool:
    """The director and the administrator, for a colleague of their hub, never for themselves: recovery takes two."""
    if not user.is_at_work_as({Roles.DIRECTOR, Roles.ADMIN}):
        return False
    return colleague is None or (colleague.pk != user.pk and bool(colleague.roles_at(user.acting_at.pk)))
