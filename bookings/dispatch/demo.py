"""Helpers, offers and months for the demo, in every state. Every name and number is invented; the same seed gives the same demo."""

from datetime import timedelta
from typing import Any

from bookings.dispatch.actions.statements import draw_up
from bookings.dispatch.models import KeptApart, Leave, Offer, Provider, Statement, WorkingHour
from bookings.dispatch.states import OfferStates, ProviderKinds, StatementStates
from bookings.orders.actions.steps import PUT_RIGHT, RETURN_CALL
from bookings.orders.actions.writing import PURPOSE
from bookings.orders.models import Order, Service
from bookings.orders.states import HAS_A_HELPER, NOT_SATISFIED, OrderStates
from hub.core import clock
from hub.core.references import new_token
from hub.people.states import Roles
from hub.places.models import Community, Grid
from hub.promises.actions import promise

# name, kind, what they do (slugs), how many communities (0: all), at most a day
HELPERS: list[tuple[str, str, tuple[str, ...], int, int]] = [
    ("吴师傅", ProviderKinds.SINGLE, ("repair", "drains", "locks"), 0, 4),
    ("赵师傅", ProviderKinds.SINGLE, ("repair", "appliances", "appliance-repair"), 2, 4),
    ("钱师傅", ProviderKinds.SINGLE, ("haircut-home", "haircut"), 0, 6),
    ("孙阿姨", ProviderKinds.SINGLE, ("cleaning", "meals", "sewing"), 1, 3),
    ("李阿姨", ProviderKinds.SINGLE, ("cleaning", "bathing"), 2, 3),
    ("周大姐", ProviderKinds.SINGLE, ("errands", "clinic", "meals"), 0, 5),
    ("郑师傅", ProviderKinds.SINGLE, ("computer", "appliance-repair"), 0, 4),
    ("王师傅", ProviderKinds.SINGLE, ("locks",), 0, 8),
    ("冯阿姨", ProviderKinds.SINGLE, ("cleaning",), 1, 2),
    ("陈师傅", ProviderKinds.SINGLE, ("drains", "repair"), 1, 4),
    ("东大物业维修部", ProviderKinds.FIRM, (), 0, 20),
    ("好邻居家政公司", ProviderKinds.FIRM, (), 0, 15),
]
DAYS_TO_ANSWER = timedelta(minutes=15)


def seed(world: Any) -> None:
    """A dozen helpers; offers of the demo's orders in every state; last month approved, this month open."""
    users = world.notes.get("users", {})
    clerk, director, operator = users.get("clerk"), users.get("director"), users.get("operator")
    if clerk is None or director is None or Provider.objects.at(world.hub).exists():
        return
    helpers = [put_helper(world, place, *row) for place, row in enumerate(HELPERS)]
    put_exceptions(world, helpers, clerk)
    for order in Order.objects.at(world.hub).filter(state__in=HAS_A_HELPER).order_by("pk"):
        put_accepted(world, order, helpers, operator)
    put_other_states(world, helpers, operator)
    put_months(world, helpers, clerk, director)
    put_return_calls(world)


def put_helper(world: Any, place: int, name: str, kind: str, slugs: tuple[str, ...], communities: int, most: int) -> Provider:
    """One helper; the first has the login `provider`. Whose list is empty does everything that is ordered."""
    users = world.notes["users"]
    provider: Provider = Provider.objects.create(
        hub=world.hub, name=name, phone=f"1370000{place + 1:04d}", kind=kind, most_a_day=most, user=users.get("provider") if place == 0 else None,
        answered_for_by=users["clerk"],
    )  # fmt: skip
    menu = list(Service.objects.at(world.hub))
    wanted = [service for service in menu if service.slug in slugs] or [service for service in menu if service.can_be_ordered]
    provider.services.set(wanted)
    provider.communities.set(list(Community.objects.filter(hub=world.hub).order_by("pk")[:communities]))
    if communities == 1:
        provider.grids.set(list(Grid.objects.filter(hub=world.hub).order_by("pk")[:2]))
    provider.save()
    for weekday in range(7 if kind == ProviderKinds.FIRM else 6):
        WorkingHour.objects.create(provider=provider, weekday=weekday, starts_at="08:00", ends_at="18:00" if place % 3 else "19:00")
    return provider


def put_exceptions(world: Any, helpers: list[Provider], clerk: Any) -> None:
    """Somebody on leave, somebody who has stopped, a pair kept apart."""
    today = clock.local(world.now).date()
    Leave.objects.create(provider=helpers[3], first_on=today, last_on=today + timedelta(days=6), reason="回老家")
    Provider.objects.filter(pk=helpers[8].pk).update(is_active=False, note="腿伤，春节后再来")
    elder = world.notes.get("residents", {}).get("elder")
    if elder:
        KeptApart.objects.create(hub=world.hub, provider=helpers[9], resident=elder, reason="老人认生，上次不肯开门", by=clerk, made_at=world.now)


def put_offer(world: Any, order: Order, provider: Provider, state: str, operator: Any, **given: Any) -> Offer:
    """One offer as it would stand."""
    offered_at = given.pop("offered_at", None) or min(order.created_at + timedelta(minutes=5), world.now - timedelta(minutes=1))
    answered_at = None if state == OfferStates.OFFERED else min(offered_at + timedelta(minutes=world.random.randint(1, 14)), world.now)
    made: Offer = Offer.objects.create(
        hub=world.hub, order=order, provider=provider, token=new_token(), state=state, offered_at=offered_at, by=operator,
        lapses_at=offered_at + DAYS_TO_ANSWER, answered_at=answered_at, **given,
    )  # fmt: skip
    return made


def put_accepted(world: Any, order: Order, helpers: list[Provider], operator: Any) -> None:
    """The offer behind an order that somebody has; the order then names that helper."""
    able = [helper for helper in helpers if order.service in helper.services.all()] or helpers[-2:]
    provider = helpers[0] if order.helper_id else world.random.choice([helper for helper in able if helper.user_id is None] or helpers[-1:])
    if not order.helper_id:
        order.helper_name, order.helper_phone = provider.name, provider.phone
        order.save(update_fields=["helper_name", "helper_phone"])
    told = {"helper": order.helper, "helper_name": order.helper_name, "helper_phone": order.helper_phone}
    put_offer(world, order, provider, OfferStates.ACCEPTED, operator, **told)


def put_other_states(world: Any, helpers: list[Provider], operator: Any) -> None:
    """Of the orders that wait: one asked just now, one that lapsed, one that was declined, one that was taken back."""
    waiting = list(Order.objects.at(world.hub).filter(state=OrderStates.TAKEN).order_by("pk")[:4])
    states = (OfferStates.OFFERED, OfferStates.LAPSED, OfferStates.DECLINED, OfferStates.WITHDRAWN)
    for order, state in zip(waiting, states, strict=False):
        given: dict[str, Any] = {"offered_at": world.now - timedelta(minutes=2 if state == OfferStates.OFFERED else 40)}
        if state == OfferStates.DECLINED:
            given["reason"] = "busy"
        if state == OfferStates.WITHDRAWN:
            given["why"] = "居民换了时间"
        put_offer(world, order, world.random.choice(helpers[-2:]), state, operator, **given)


def put_return_calls(world: Any) -> None:
    """Of what was done lately some are still to be rung; whoever was not satisfied waits for it to be put right."""
    done = Order.objects.at(world.hub).order_by("-done_at")
    wanted = [(order, RETURN_CALL) for order in done.filter(state=OrderStates.DONE)[:4]]
    wanted += [(order, PUT_RIGHT) for order in done.filter(rating__lte=NOT_SATISFIED)[:1]]
    for place, (order, kind) in enumerate(wanted):
        due_at = world.now + timedelta(hours=place * 9 - 6)
        promise(hub_id=world.hub.pk, kind=kind, subject=PURPOSE, ref=order.reference, due_at=due_at, team=Roles.OPERATOR)


def put_months(world: Any, helpers: list[Provider], clerk: Any, director: Any) -> None:
    """Last month drawn up by the counter and approved by the director; this month open."""
    this_month = clock.local(world.now).date().replace(day=1)
    last_month = (this_month - timedelta(days=1)).replace(day=1)
    for helper in helpers:
        statement = draw_up(provider=helper, month=last_month, by=clerk)
        if not statement.lines.exists():
            statement.delete()
            continue
        Statement.objects.filter(pk=statement.pk).update(state=StatementStates.APPROVED, approved_by=director, approved_at=world.now)
    for helper in helpers:
        if Offer.objects.filter(provider=helper, state=OfferStates.ACCEPTED, order__done_at__gte=clock.day_bounds(this_month)[0]).exists():
            draw_up(provider=helper, month=this_month, by=clerk)
