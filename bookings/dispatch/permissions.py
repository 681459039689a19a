"""Who may do what with helpers, offers and months: the truth, asked by pages and staff screens alike."""

from typing import Any

from hub.people.states import SERVES_RESIDENTS, Roles

KEEPS_HELPERS = frozenset({Roles.CLERK, Roles.DIRECTOR})


def user_can_dispatch(user: Any, row: Any = None) -> bool:
    """Ask a helper, take it back, answer for one on the telephone."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS))


def user_can_see_helpers(user: Any, row: Any = None) -> bool:
    """Those who send them read about them."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS))


def user_can_keep_helpers(user: Any, row: Any = None) -> bool:
    """Helpers, their hours and leave, and whom they are kept apart from are the counter's and the director's."""
    return bool(user.is_at_work_as(KEEPS_HELPERS))


def user_can_see_statements(user: Any, row: Any = None) -> bool:
    """Months are money: the counter's and the director's."""
    return bool(user.is_at_work_as(KEEPS_HELPERS))


def user_is_helper(user: Any, row: Any = None) -> bool:
    """Has a list of jobs of their own."""
    return bool(user.is_authenticated and user.is_at_work_as({Roles.PROVIDER}))


def user_can_answer(user: Any, offer: Any) -> bool:
    """Whoever holds the link; of those who have signed in the helper it was sent to and, when that one has no account as a helper, whoever has
    no post at the house: it may be the helper's own account as a resident."""
    if not user.is_authenticated or user.pk == offer.provider.user_id:
        return True
    return offer.provider.user_id is None and not user.has_a_role()
