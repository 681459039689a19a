"""Who may do what with clothes and parcels: the truth, asked by pages and staff screens alike."""

from typing import Any

from hub.people.states import SERVES_RESIDENTS, Roles

HAS_THE_PAPERS = frozenset({Roles.CLERK, Roles.DIRECTOR})


def user_can_see_stock(user: Any, row: Any = None) -> bool:
    """Stock, intakes, movements and hours are read by those who serve residents."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS))


def user_can_take_in(user: Any, row: Any = None) -> bool:
    """Whoever serves takes in what a neighbour brings, and says where it lies."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS))


def user_can_keep_stock(user: Any, row: Any = None) -> bool:
    """Counting anew, taking out, the list as a file and the hours are the counter's and the director's."""
    return bool(user.is_at_work_as(HAS_THE_PAPERS))


def user_can_serve_parcels(user: Any, parcel: Any = None) -> bool:
    """Choose for a caller, make ready, hand out, cancel; a parcel's page shows nobody's name."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS))


def user_can_see_whose(user: Any, parcel: Any = None) -> bool:
    """Whoever serves may ask whose a parcel is, to ring them; each look is a line in the audit."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS))


def user_can_see_why(user: Any, parcel: Any = None) -> bool:
    """Why somebody may choose is read by those who have the papers in hand, nobody else."""
    return bool(user.is_at_work_as(HAS_THE_PAPERS))


def user_can_decide(user: Any, person: Any = None) -> bool:
    """Let somebody choose without an entitlement, with a reason; nobody decides for themselves."""
    is_own = person is not None and person.user_id is not None and person.user_id == user.pk
    return not is_own and bool(user.is_at_work_as(HAS_THE_PAPERS))
