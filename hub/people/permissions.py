"""Who may do what with people and roles. Each question takes the user and the row (None for the kind of thing)."""

from typing import Any

from hub.people.states import SERVES_RESIDENTS, Roles

READS_PAPERS = frozenset({Roles.CLERK, Roles.DIRECTOR})


def _is_elsewhere(user: Any, row: Any) -> bool:
    """Whether the row belongs to another hub than the one the user acts at."""
    return row is not None and (user.acting_at is None or row.hub_id != user.acting_at.pk)


def user_can_grant_roles(user: Any, role: Any = None) -> bool:
    """Staff are kept by the director and the administrator; nobody changes a role of their own."""
    if _is_elsewhere(user, role) or not user.is_at_work_as({Roles.DIRECTOR, Roles.ADMIN}):
        return False
    return role is None or role.user_id != user.pk


def user_can_see_staff(user: Any, role: Any = None) -> bool:
    """Whoever grants roles sees all of them, their own included."""
    return not _is_elsewhere(user, role) and bool(user.is_at_work_as({Roles.DIRECTOR, Roles.ADMIN}))


def user_can_see_residents(user: Any, resident: Any = None) -> bool:
    """Those who serve residents, at their own hub, see masked cards."""
    return not _is_elsewhere(user, resident) and bool(user.is_at_work_as(SERVES_RESIDENTS))


def user_can_keep_residents(user: Any, resident: Any = None) -> bool:
    """The same people write down what residents tell them; nobody writes on a tombstone."""
    if resident is not None and getattr(resident, "erased_at", None) is not None:
        return False
    return user_can_see_residents(user, resident)


def user_can_reveal_contacts(user: Any, resident: Any = None) -> bool:
    """Whoever serves may see a number in full, to ring it."""
    return user_can_keep_residents(user, resident)


def user_can_reveal_id(user: Any, resident: Any = None) -> bool:
    """Papers are read at the counter, not on the telephone."""
    return user_can_keep_residents(user, resident) and bool(user.is_at_work_as(READS_PAPERS))


def user_can_keep_entitlements(user: Any, row: Any = None) -> bool:
    """Entering, verifying, revoking: who has the paper in hand."""
    return not _is_elsewhere(user, row) and bool(user.is_at_work_as(READS_PAPERS))


def user_can_see_organisations(user: Any, row: Any = None) -> bool:
    """Whoever serves residents, and the coordinator who works with them."""
    return not _is_elsewhere(user, row) and bool(user.is_at_work_as({*SERVES_RESIDENTS, Roles.COORDINATOR}))


def user_can_keep_organisations(user: Any, row: Any = None) -> bool:
    """Clerk and director keep the list of organisations and who speaks for them."""
    return not _is_elsewhere(user, row) and bool(user.is_at_work_as(READS_PAPERS))


def user_can_import_residents(user: Any, row: Any = None) -> bool:
    """Clerk and director."""
    return bool(user.is_at_work_as(READS_PAPERS))


def user_can_export_residents(user: Any, row: Any = None) -> bool:
    """The director alone takes a list out of the house."""
    return bool(user.is_at_work_as({Roles.DIRECTOR}))


def user_can_erase_residents(user: Any, resident: Any = None) -> bool:
    """The director, at the resident's wish."""
    return user_can_keep_residents(user, resident) and bool(user.is_at_work_as({Roles.DIRECTOR}))
