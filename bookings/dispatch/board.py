"""What helpers and offers put on the operator's board."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.dispatch import queries
from bookings.dispatch.facts import Proposed, first_for
from bookings.dispatch.models import Offer
from bookings.orders.actions.steps import PUT_RIGHT, RETURN_CALL
from bookings.orders.actions.writing import PURPOSE
from bookings.orders.models import Order
from hub.core import clock, wording
from hub.core.joins import DeskRow
from hub.core.references import grouped
from hub.promises.models import Promise
from hub.promises.wording import due_words, kind_words

MOST_ON_BOARD = 20


def waiting(hub: Any, user: Any) -> list[DeskRow]:
    """Orders nobody is being asked about, those whose offer lapsed or was declined first; one key asks the helper proposed."""
    orders = list(queries.waiting(hub)[:MOST_ON_BOARD])
    found = first_for(hub, orders)
    return [waiting_row(order, found[order.pk]) for order in orders]


def waiting_row(order: Any, first: Proposed | None) -> DeskRow:
    """Who is proposed, and the key that asks them; `order.ended` is when the last offer came to nothing."""
    state = _("nobody was asked yet") if order.ended is None else _("no answer, or a no: ask the next")
    return DeskRow(
        when=wording.when_words(order.starts_at, order.ends_at),
        what=name_of(order),
        state=state if first else f"{state} · {_('nobody can be sent')}",
        url=reverse("dispatching:order", args=[order.pk]),
        is_late=order.ended is not None or order.is_late(clock.now()),
        press=reverse("dispatching:next", args=[order.pk]) if first else "",
        press_label=_("Ask %(helper)s") % {"helper": first.provider.name} if first else "",
    )


def asked(hub: Any, user: Any) -> list[DeskRow]:
    """Helpers who have not answered yet, the one whose time is over first at the head."""
    return [asked_row(offer) for offer in queries.asked(hub)[:MOST_ON_BOARD]]


def asked_row(offer: Offer) -> DeskRow:
    """Who was asked, and until when they have to answer."""
    said = {"helper": offer.provider.name, "until": wording.moment_words(offer.lapses_at)}
    return DeskRow(
        when=wording.when_words(offer.order.starts_at, offer.order.ends_at),
        what=name_of(offer.order),
        state=_("%(helper)s was asked, answer until %(until)s") % said,
        url=reverse("dispatching:order", args=[offer.order_id]),
        is_late=offer.lapses_at <= clock.now(),
    )


def return_calls(hub: Any, user: Any) -> list[DeskRow]:
    """Whom to ring after an order is done, and what is to be put right, the most urgent first; one key says that they were satisfied."""
    rows = Promise.objects.at(hub).open().filter(kind__in=[RETURN_CALL, PUT_RIGHT], subject_label=PURPOSE).order_by("due_at", "id")
    promises = list(rows[:MOST_ON_BOARD])
    orders = {order.reference: order for order in orders_named(hub, (promise.subject_ref for promise in promises))}
    return [return_row(promise, orders[promise.subject_ref]) for promise in promises if promise.subject_ref in orders]


def orders_named(hub: Any, refs: Iterable[str]) -> Any:
    return Order.objects.at(hub).filter(reference__in=list(refs)).select_related("service")


def return_row(promise: Promise, order: Order) -> DeskRow:
    """To ring; or, when they have said that it was not well, to put right."""
    now, is_call = clock.now(), promise.kind == RETURN_CALL
    return DeskRow(
        when=due_words(promise, now),
        what=name_of(order),
        state=kind_words(promise.kind),
        url=reverse("order:rate", args=[order.pk]) if is_call else reverse("promises:inspect", args=[promise.pk]),
        is_late=promise.due_at < now or not is_call,
        press=reverse("dispatching:satisfied", args=[order.pk]) if is_call else "",
        press_label=_("They are satisfied") if is_call else "",
    )


def name_of(order: Order) -> str:
    """3621 0259 家政保洁."""
    return f"{grouped(order.reference)} {order.service.name}"
