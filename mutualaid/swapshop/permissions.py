"""Who may do what in the swap shop: the truth, asked by pages and staff screens alike."""

from typing import Any

from hub.people.states import SERVES_RESIDENTS, Roles

KEEPS_THE_SHOP = frozenset({Roles.CLERK, Roles.DIRECTOR})


def user_can_serve_swaps(user: Any, row: Any = None) -> bool:
    """Take down, answer, hand over for somebody at the counter or on the telephone."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS))


def user_can_check_things(user: Any, row: Any = None) -> bool:
    """Look at things and at reports; whose own thing it is the action itself refuses."""
    return bool(user.is_at_work_as(KEEPS_THE_SHOP))


def user_can_keep_the_shop(user: Any, row: Any = None) -> bool:
    """Kinds, words, hours."""
    return bool(user.is_at_work_as(KEEPS_THE_SHOP))
