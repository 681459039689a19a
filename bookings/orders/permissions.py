"""Who may do what with services and orders: the truth, asked by pages and staff screens alike."""

from typing import Any

from hub.people.queries import people_user_may_act_for
from hub.people.states import SERVES_RESIDENTS, Roles


def user_can_see_services(user: Any, service: Any = None) -> bool:
    """Those who serve residents read the menu's sheet; so does the administrator."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS | {Roles.ADMIN}))


def user_can_keep_services(user: Any, service: Any = None) -> bool:
    """Services, windows and prices are the director's and the counter's."""
    return bool(user.is_at_work_as({Roles.DIRECTOR, Roles.CLERK}))


def user_can_serve_orders(user: Any, order: Any = None) -> bool:
    """Take down, assign, mark the steps, move and cancel for somebody."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS))


def user_can_decide_price(user: Any, order: Any = None) -> bool:
    """Lower a price, with a reason; nobody lowers their own."""
    if not user.is_at_work_as({Roles.DIRECTOR, Roles.CLERK}):
        return False
    people = () if order is None else (order.asked_by, order.for_person)
    return not any(person is not None and person.user_id == user.pk for person in people)


def user_owns_order(user: Any, order: Any) -> bool:
    """It is the user's own, or of somebody they act for."""
    if not user.is_authenticated:
        return False
    people = [pk for pk in (order.for_person_id, order.asked_by_id) if pk]
    return bool(people) and people_user_may_act_for(user, order.hub).filter(pk__in=people).exists()
