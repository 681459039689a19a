"""Who may do what with money."""

from typing import Any

from hub.people.states import SERVES_RESIDENTS, Roles

TAKES_MONEY = frozenset({Roles.CLERK, Roles.DIRECTOR})


def user_can_see_money(user: Any, row: Any = None) -> bool:
    """Those who serve residents see what is owed and paid."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS))


def user_can_take_money(user: Any, row: Any = None) -> bool:
    """The counter and the director write down what was paid."""
    return bool(user.is_at_work_as(TAKES_MONEY))


def user_can_ask_refund(user: Any, row: Any = None) -> bool:
    """The counter and the director give back; above a limit it waits for a second person."""
    return bool(user.is_at_work_as(TAKES_MONEY))


def user_can_decide_refund(user: Any, refund: Any = None) -> bool:
    """The director agrees to a refund somebody else asked for."""
    return bool(user.is_at_work_as({Roles.DIRECTOR})) and (refund is None or refund.asked_by_id != user.pk)


def user_can_reverse(user: Any, payment: Any = None) -> bool:
    """The counter and the director take back what was written down by mistake."""
    return bool(user.is_at_work_as(TAKES_MONEY))
