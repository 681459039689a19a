"""What pages ask about services and orders."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Avg, Sum

from bookings.orders import rules
from bookings.orders.facts import facts_of
from bookings.orders.models import Order, Service
from bookings.orders.questions import what_stands
from bookings.orders.rules import Price, ServiceFacts
from bookings.orders.states import WAS_DONE, Groups
from hub.core import clock
from hub.core.sql import nearest_first
from hub.hubs.models import Hub
from hub.people.models import Resident
from hub.people.queries import people_user_may_act_for


@dataclass(frozen=True, slots=True)
class Dish:
    """A service on the menu: what it costs today, who pays less, and what the asked-for person would pay."""

    service: Service
    facts: ServiceFacts
    price: Price | None
    waivers: tuple[tuple[str, int], ...]
    mine_fen: int | None = None

    @property
    def one_fen(self) -> int:
        """One unit with its call-out, at the list price."""
        return self.price.fen + self.price.call_out_fen if self.price else 0


@dataclass(frozen=True, slots=True)
class Course:
    """A heading of the menu with its dishes."""

    code: str
    label: str
    dishes: list[Dish]


def dish_of(service: Service, day: date, kind: str | None = None) -> Dish:
    """One service; with `kind` what somebody with (or, for '', without) that entitlement would pay for one."""
    facts = facts_of(service)
    mine = rules.quote(facts, day, 1, [kind] if kind else []).price_fen if kind is not None else None
    return Dish(service, facts, rules.price_on(facts, day), tuple(rules.kinds_that_pay_less(facts)), mine)


def menu(hub: Hub, day: date, kind: str | None = None, *, only_free: bool = False) -> list[Course]:
    """The whole menu by groups, in the menu's order; groups without dishes are left out."""
    dishes = [dish_of(service, day, kind) for service in Service.objects.at(hub).published().with_rules()]
    if only_free:
        dishes = [dish for dish in dishes if dish.price and (dish.one_fen if dish.mine_fen is None else dish.mine_fen) == 0]
    courses = (Course(group.value, str(group.label), [dish for dish in dishes if dish.service.group == group]) for group in Groups)
    return [course for course in courses if course.dishes]


def open_order_about(hub: Hub, service: Service, phone: str, person: Resident | None) -> Order | None:
    """The first open order of this service for the same person, or from the same number."""
    same = what_stands(token="", hub_id=hub.pk, service_id=service.pk, phone=phone, person_id=person.pk if person else None).same
    return Order.objects.select_related("service", "hub").get(pk=same) if same else None


def orders_of_person(user: Any, hub: Hub) -> Any:
    """Orders for this account and those it may act for, what comes next first."""
    people = list(people_user_may_act_for(user, hub).values_list("pk", flat=True))  # asked first: as a part of the question its few rows are guessed to be many
    return Order.objects.at(hub).filter(for_person__in=people).select_related("service", "hub").order_by(*nearest_first(clock.now()))


def orders_of_day(hub: Hub, start: datetime, end: datetime) -> Any:
    """What is to be done in [start, end), in the order of the day, with everything the sheet prints."""
    rows = Order.objects.at(hub).filter(starts_at__gte=start, starts_at__lt=end).exclude(state__in=["cancelled", "declined"])
    return rows.select_related("service", "helper", "community").order_by("starts_at", "service__sort_order", "id")


# --- the director's figures: each counts rows that a list can show -------------------------------------------------
def taken_in(hub: Hub, start: datetime, end: datetime) -> Any:
    return Order.objects.at(hub).filter(created_at__gte=start, created_at__lt=end)


def done_in(hub: Hub, start: datetime, end: datetime) -> Any:
    return Order.objects.at(hub).filter(state__in=WAS_DONE, done_at__gte=start, done_at__lt=end)


def closed_in(hub: Hub, start: datetime, end: datetime) -> Any:
    return Order.objects.at(hub).filter(closed_at__gte=start, closed_at__lt=end)


def waived_fen(orders: Any) -> int:
    """What the house went without in these orders."""
    found = orders.aggregate(listed=Sum("list_fen", default=0), asked=Sum("price_fen", default=0))
    return int(found["listed"] - found["asked"])


def average_percent(orders: Any) -> int:
    """The average rating as a percentage of the best; 0 when nobody rated."""
    found = orders.filter(rating__isnull=False).aggregate(mean=Avg("rating"))["mean"]
    return round(float(found) * 20) if found is not None else 0
