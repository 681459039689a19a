"""What the pages of services say in words: prices, states, steps."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.orders.models import Order, OrderStep, Service
from bookings.orders.queries import Dish
from bookings.orders.rules import Price
from bookings.orders.states import OrderStates, StepKinds
from bookings.orders.texts import areas_in_words
from hub.core import wording
from hub.core.templatetags import drawings
from hub.people.states import EntitlementKinds

register = template.Library()
register.filter("areas_in_words", areas_in_words)

PRICES = {
    "time": lambda: _("%(amount)s each time"),
    "hour": lambda: _("%(amount)s an hour"),
    "piece": lambda: _("%(amount)s apiece"),
    "room": lambda: _("%(amount)s a room"),
}
QUANTITIES = {
    "time": lambda n: ngettext("%(n)s time", "%(n)s times", n),
    "hour": lambda n: ngettext("%(n)s hour", "%(n)s hours", n),
    "piece": lambda n: ngettext("%(n)s piece", "%(n)s pieces", n),
    "room": lambda n: ngettext("%(n)s room", "%(n)s rooms", n),
}


@register.simple_tag
def service_drawing(service: Service, size: int) -> str:
    """The service's small drawing; tools where staff named none of ours."""
    return drawings.drawing(service.drawing if service.drawing in drawings.SYMBOLS else "tools", size)


@register.filter
def price_words(price: Price | None) -> str:
    """免费 / 每次30元 / 每小时40元."""
    if price is None:
        return _("please ring")
    return PRICES[price.unit]() % {"amount": wording.amount_words(price.fen)} if price.fen else wording.money_words(0)


@register.filter
def quantity_words(n: int, unit: str) -> str:
    """2小时, 3件."""
    return QUANTITIES[unit or "time"](n) % {"n": n}


@register.filter
def kind_words(kind: str) -> str:
    """低保 / minimum income."""
    return str(EntitlementKinds(kind).label) if kind in EntitlementKinds.values else _("none of these")


@register.filter
def share_words(percent: int) -> str:
    """免费 / 付原价的50%."""
    return wording.money_words(0) if percent == 0 else _("pays %(percent)s%% of it") % {"percent": percent}


@register.filter
def free_kinds(dish: Dish) -> str:
    """低保、残疾人: who pays nothing."""
    return _and([kind for kind, percent in dish.waivers if percent == 0])


def _and(kinds: list[str]) -> str:
    return ("、" if wording.is_chinese() else ", ").join(kind_words(kind) for kind in kinds)


HEADINGS: dict[str, Any] = {
    OrderStates.TAKEN: lambda: _("It is ordered"),
    OrderStates.ASSIGNED: lambda: _("A helper is found"),
    OrderStates.ON_THE_WAY: lambda: _("The helper is on the way"),
    OrderStates.ARRIVED: lambda: _("It is being done"),
    OrderStates.DONE: lambda: _("It is done"),
    OrderStates.RATED: lambda: _("Thank you for telling us"),
    OrderStates.CANCELLED: lambda: _("It is cancelled"),
    OrderStates.DECLINED: lambda: _("Sorry, it cannot be this time"),
}
HAPPENED: dict[str, Any] = {
    OrderStates.TAKEN: lambda: _("Ordered"),
    OrderStates.ASSIGNED: lambda: _("Helper found"),
    OrderStates.ON_THE_WAY: lambda: _("Set out"),
    OrderStates.ARRIVED: lambda: _("Arrived"),
    OrderStates.DONE: lambda: _("Done"),
    OrderStates.RATED: lambda: _("Rated"),
    OrderStates.CANCELLED: lambda: _("Cancelled"),
    OrderStates.DECLINED: lambda: _("Declined"),
}
BESIDES: dict[str, Any] = {
    StepKinds.MOVED: lambda: _("Another time was agreed"),
    StepKinds.PRICE: lambda: _("The price was decided"),
    StepKinds.EXTRA: lambda: _("Extra parts were agreed"),
    StepKinds.ASKED: lambda: _("The helper asked for extra parts"),
    StepKinds.NO_EXTRA: lambda: _("No extra parts were wanted"),
    StepKinds.CALLED: lambda: _("You asked again"),
}
KINDS = {OrderStates.TAKEN: "full", OrderStates.DONE: "past", OrderStates.RATED: "past", OrderStates.CANCELLED: "closed", OrderStates.DECLINED: "closed"}


@register.filter
def order_heading(order: Order) -> str:
    """The slip's title."""
    return str(HEADINGS[order.state]())


@register.filter
def order_status(order: Order) -> str:
    """The kind that partials/status.html draws."""
    return KINDS.get(OrderStates(order.state), "now")


@register.filter
def step_words(step: OrderStep) -> str:
    """Ordered, set out, arrived …"""
    return str(BESIDES[step.kind]() if step.kind in BESIDES else HAPPENED[step.state]())
