"""Who may do what with volunteers, shifts and hours: the truth, asked by pages and staff screens alike."""

from typing import Any

from hub.people.queries import people_user_may_act_for, resident_of
from hub.people.states import SERVES_RESIDENTS, Roles

KEEPS_VOLUNTEERS = frozenset({Roles.COORDINATOR, Roles.DIRECTOR})


def user_can_keep_volunteers(user: Any, row: Any = None) -> bool:
    """Teams, members, work, shifts, trainings and visits are the coordinator's and the director's."""
    return bool(user.is_at_work_as(KEEPS_VOLUNTEERS))


def user_can_see_shifts(user: Any, row: Any = None) -> bool:
    """Whoever serves residents reads when help is needed."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS | KEEPS_VOLUNTEERS))


def user_can_serve_sign_ups(user: Any, row: Any = None) -> bool:
    """Sign a caller up, let one off."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS | KEEPS_VOLUNTEERS))


def user_can_see_hours(user: Any, entry: Any = None) -> bool:
    """The hours book."""
    return bool(user.is_at_work_as(KEEPS_VOLUNTEERS))


def user_can_decide_hours(user: Any, entry: Any = None) -> bool:
    """Confirm, refuse, reverse: never one's own; never, while they wait, what one filed."""
    if not user.is_at_work_as(KEEPS_VOLUNTEERS):
        return False
    if entry is None:
        return True
    return user.pk not in {entry.account_id, entry.resident.user_id} and not (entry.is_filed and entry.filed_by_id == user.pk)


def user_owns_sign_up(user: Any, sign_up: Any) -> bool:
    """It is the user's own, or of somebody they act for."""
    return user.is_authenticated and people_user_may_act_for(user, sign_up.hub).filter(pk=sign_up.for_person_id).exists()


def user_owns_hours(user: Any, entry: Any) -> bool:
    """They are the user's own: nobody files or changes another's."""
    person = resident_of(user, entry.hub)
    return person is not None and person.pk == entry.resident_id


def user_can_close_months(user: Any) -> bool:
    """Who reviews the month closes it; those who keep the book do too."""
    return bool(user.is_at_work_as(KEEPS_VOLUNTEERS | {Roles.REVIEWER}))


def user_can_reopen_months(user: Any) -> bool:
    """What was closed is opened again by who reviews, or by the head of the house."""
    return bool(user.is_at_work_as({Roles.REVIEWER, Roles.DIRECTOR}))
