"""Who may do what with rooms and bookings: the truth, asked by pages, API and staff screens alike."""

from typing import Any

from hub.people.queries import organisations_of, people_user_may_act_for
from hub.people.states import SERVES_RESIDENTS, Roles


def user_can_see_rooms(user: Any, room: Any = None) -> bool:
    """Those who serve residents read the rooms' sheet; so does the administrator."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS | {Roles.ADMIN}))


def user_can_keep_rooms(user: Any, room: Any = None) -> bool:
    """Rooms, hours and prices are the director's and the counter's."""
    return bool(user.is_at_work_as({Roles.DIRECTOR, Roles.CLERK}))


def user_can_serve_bookings(user: Any, booking: Any = None) -> bool:
    """Book, move, cancel for somebody, see who booked."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS))


def user_can_decide(user: Any, booking: Any = None) -> bool:
    """Answer requests; nobody answers their own."""
    if not user.is_at_work_as({Roles.DIRECTOR, Roles.CLERK}):
        return False
    return booking is None or booking.asked_by is None or booking.asked_by.user_id != user.pk


def user_owns_booking(user: Any, booking: Any) -> bool:
    """It is the user's own, of somebody they act for, or of their organisation."""
    if not user.is_authenticated:
        return False
    if booking.for_person_id and people_user_may_act_for(user, booking.hub).filter(pk=booking.for_person_id).exists():
        return True
    if booking.asked_by_id and people_user_may_act_for(user, booking.hub).filter(pk=booking.asked_by_id).exists():
        return True
    return booking.organisation_id is not None and organisations_of(user, booking.hub).filter(pk=booking.organisation_id).exists()
