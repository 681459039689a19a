"""What pages, statements and figures ask."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, Max, OuterRef, Value, When

from bookings.dispatch.models import Offer, StatementLine
from bookings.dispatch.rules import SATISFIED_FROM, Sums, total
from bookings.dispatch.states import LIVES, OfferStates, StatementStates
from bookings.orders.actions.writing import PURPOSE
from bookings.orders.models import Order
from bookings.orders.queries import done_in
from bookings.orders.states import WAS_DONE, OrderStates
from bookings.payments.models import Payment
from bookings.payments.states import Methods, PaymentStates
from hub.core import clock
from hub.hubs.models import Hub


# --- orders and who has them ----------------------------------------------------------------------------------------
def offers_of(order: Order) -> Any:
    """Who was asked about it, the latest first."""
    return Offer.objects.filter(order=order).select_related("provider", "by").order_by("-offered_at", "-id")


def waiting(hub: Hub) -> Any:
    """Orders that wait for a helper and nobody is being asked: those whose offer lapsed or was declined first, then by their window."""
    asked = Offer.objects.filter(order=OuterRef("pk"), state=OfferStates.OFFERED)
    rows = Order.objects.at(hub).filter(~Exists(asked), state=OrderStates.TAKEN)
    ended = Max(Case(When(offers__state__in=[OfferStates.LAPSED, OfferStates.DECLINED], then=F("offers__answered_at"))))
    lapsed = Case(When(ended=None, then=Value(1)), default=Value(0), output_field=IntegerField())
    return with_all(rows.annotate(ended=ended)).annotate(place=lapsed).order_by("place", "starts_at", "id")


def asked(hub: Hub) -> Any:
    """Offers nobody has answered yet, the one that lapses next first."""
    return Offer.objects.at(hub).waiting().filter(order__state=OrderStates.TAKEN).select_related("order__service", "provider").order_by("lapses_at", "id")


def under_way(hub: Hub) -> Any:
    """Orders somebody has, or is at, the earliest first."""
    rows = Order.objects.at(hub).filter(state__in=[OrderStates.ASSIGNED, OrderStates.ON_THE_WAY, OrderStates.ARRIVED])
    return rows.select_related("service", "helper").order_by("starts_at", "id")


def late(hub: Hub) -> Any:
    """Orders whose window is over and nobody finished."""
    return Order.objects.at(hub).late(clock.now()).select_related("service", "helper").order_by("ends_at", "id")


def with_all(orders: Any) -> Any:
    """With what a proposal asks of an order."""
    return orders.select_related("service", "hub", "community", "for_person__building__grid")


def jobs_of(user: Any, hub: Hub) -> Any:
    """A helper's own offers that live, by their window; their order may have gone elsewhere: ask `still_holds`."""
    rows = Offer.objects.at(hub).filter(provider__user=user, state__in=LIVES).exclude(order__state__in=WAS_DONE)
    return rows.select_related("order__service", "order__community", "provider").order_by("order__starts_at", "id")


# --- the month of a helper ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Stated:
    """One helper's orders: what each comes to now, which were done in the month, and what other statements say of them so far."""

    all: dict[int, Sums]
    in_month: dict[int, Sums]
    stated: dict[int, Sums]


def done_by(provider: int) -> Any:
    """The orders a helper did."""
    return Order.objects.filter(offers__provider_id=provider, offers__state=OfferStates.ACCEPTED, state__in=WAS_DONE)


def sums_of_orders(provider: int, month: date) -> Stated:
    """What the month's statement has to say. Orders done in an earlier month that no statement has named yet come along."""
    _start, until = clock.month_bounds(month)
    stated: dict[int, Sums] = {}
    others = StatementLine.objects.filter(statement__provider_id=provider).exclude(statement__month=month.replace(day=1))
    for line in others:
        stated[line.order_id] = stated.get(line.order_id, Sums()) + sums_of(line)
    rows = {order.pk: order for order in done_by(provider).filter(done_at__lt=until)}
    is_now = money_of(rows)
    in_month = {pk: is_now[pk] for pk in rows if pk not in stated}
    return Stated(is_now, in_month, {pk: sums for pk, sums in stated.items() if pk in rows})


def money_of(orders: dict[int, Order]) -> dict[int, Sums]:
    """What each comes to, from orders and payments; cash is what the helper took at the door, less what was given back of it."""
    refs = {order.reference: pk for pk, order in orders.items()}
    taken: dict[int, int] = {}
    rows = Payment.objects.filter(
        charge__purpose=PURPOSE, charge__subject_ref__in=list(refs), method=Methods.DOOR_CASH, state=PaymentStates.RECEIVED
    ).values_list("charge__subject_ref", "amount_fen")
    for ref, fen in rows:
        taken[refs[ref]] = taken.get(refs[ref], 0) + fen
    return {pk: Sums(order.list_fen + order.extra_fen, order.due_fen, taken.get(pk, 0)) for pk, order in orders.items()}


def sums_of(line: StatementLine) -> Sums:
    """A line's money."""
    return Sums(line.list_fen, line.due_fen, line.cash_fen)


def sums_of_lines(lines: Any) -> Sums:
    """All of them together."""
    return total(sums_of(line) for line in lines)


def to_be_stated(hub: Hub, month: date) -> set[int]:
    """Helpers with something for that month's statement: orders done in it, or locked lines that may have to be put right."""
    start, until = clock.month_bounds(month)
    done = Offer.objects.at(hub).filter(state=OfferStates.ACCEPTED, order__state__in=WAS_DONE, order__done_at__gte=start, order__done_at__lt=until)
    found = set(done.values_list("provider_id", flat=True))
    lines = StatementLine.objects.filter(statement__hub=hub, statement__state=StatementStates.APPROVED, statement__month__lt=month)
    return found | {provider for provider, _order in wrong_by_now(lines)}


def wrong_by_now(lines: Any) -> set[tuple[int, int]]:
    """Of the orders in these lines, those whose lines together do not say what orders and payments say: (helper, order)."""
    orders = {line.order_id: line.statement.provider_id for line in lines.select_related("statement")}
    written: dict[int, Sums] = {}
    for line in StatementLine.objects.filter(order_id__in=list(orders)):
        written[line.order_id] = written.get(line.order_id, Sums()) + sums_of(line)
    is_now = money_of({order.pk: order for order in Order.objects.filter(pk__in=list(orders))})
    return {(provider, order) for order, provider in orders.items() if written[order] != is_now[order]}


# --- the director's figures -----------------------------------------------------------------------------------------
def lapsed_in(hub: Hub, start: datetime, end: datetime) -> Any:
    return Offer.objects.at(hub).filter(state=OfferStates.LAPSED, answered_at__gte=start, answered_at__lt=end)


def satisfied_percent(hub: Hub, start: datetime, end: datetime) -> int:
    """Of those who said how it was, how many were satisfied."""
    rated = done_in(hub, start, end).filter(rating__isnull=False)
    count = rated.count()
    return round(rated.filter(rating__gte=SATISFIED_FROM).count() * 100 / count) if count else 0
