"""The one way an order is made: web, telephone and counter alike.

In one transaction: the service is locked (so that two orders of it for one person see each other), the questions are asked, the row, its
first step, its charge, the audit line and the message are written.
"""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from bookings.orders import rules
from bookings.orders.actions.writing import PURPOSE, note, tell
from bookings.orders.facts import day_of, facts_now
from bookings.orders.models import Order, Service
from bookings.orders.questions import locked_service, what_stands
from bookings.orders.rules import Asked, Quote, ServiceFacts
from bookings.orders.states import StepKinds
from bookings.orders.texts import said
from bookings.payments.actions import open_charge
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.locks import lock_number
from hub.core.references import new_door_code, new_reference
from hub.core.refusals import Refusal
from hub.core.wording import amount_words
from hub.hubs.models import Hub
from hub.people.models import Resident
from hub.people.queries import entitlements_on
from hub.people.states import Channels

REFERENCE_TRIES = 5
OPEN_ORDERS_A_NUMBER = 3  # for visitors who have not signed in


class KeyReused(Exception):
    """The same form token came with another order."""


class SameMatter(RuleBroken):
    """An order of this service for this person is open already: `order` may be the same matter."""

    def __init__(self, order: Order) -> None:
        super().__init__(Refusal("order_same_matter"))
        self.order = order


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, how, for whom, and what they say; a member of staff who takes it down is `taken_by`."""

    name: str
    phone: str
    what: str = ""
    channel: str = Channels.WEB
    user: Any = None
    asked_by: Resident | None = None
    for_person: Resident | None = None
    taken_by: Any = None


@dataclass(frozen=True, slots=True)
class Priced:
    """A quote with the entitlement (its id) it rests on."""

    quote: Quote
    entitlement_id: int | None = None


def place_order(
    *,
    hub: Hub,
    service: Service,
    asked: Asked,
    by: Asker,
    token: str,
    seen_fen: int | None = None,
    is_another_matter: bool = False,
    body_digest: str = "",
) -> Order:
    """Order `service`, or raise RuleBroken with every complaint; SameMatter when it seems to be ordered already.

    `token` makes it idempotent: the same token gives the order that was made first. `seen_fen` is the price that was shown: another one is
    refused, never charged silently, and it is never taken for the price.
    """
    for _try in range(REFERENCE_TRIES):
        try:
            return _place(hub, service, asked, by, token, seen_fen, is_another_matter, body_digest)
        except IntegrityError as error:
            if "token" in str(error) and (earlier := first_answer(token, body_digest)):
                return earlier
            if "reference" not in str(error):
                raise
    raise RuntimeError("no free reference in five tries")


@transaction.atomic
def _place(hub: Hub, service: Service, asked: Asked, by: Asker, token: str, seen_fen: int | None, is_another_matter: bool, body_digest: str) -> Order:
    held = locked_service(service.pk, hub.pk)
    person_id, day = by.for_person.pk if by.for_person else None, clock.local(asked.starts_at).date()
    standing = what_stands(token=token, hub_id=hub.pk, service_id=service.pk, phone=by.phone, person_id=person_id, day=day)
    if standing.twin:
        return same_answer(standing.twin, body_digest)
    if held is None or not held.is_published:
        raise RuleBroken.of("order_service_gone", hotline=hub.hotline)
    facts = facts_now(held)
    refuse_what_cannot_be(hub, held, facts, asked)
    if standing.same and not is_another_matter:
        raise SameMatter(Order.objects.select_related("service", "hub").get(pk=standing.same))
    if by.user is None and by.taken_by is None:
        refuse_hoarding(hub, by.phone)
    priced = price_with(facts, asked, standing.held)
    if seen_fen is not None and seen_fen != priced.quote.price_fen:
        raise RuleBroken.of("order_price_changed", "seen", amount=amount_words(priced.quote.price_fen))
    order = new_order(hub, held, facts, asked, by, priced)
    order.token, order.body_digest = token, body_digest
    order.save(force_insert=True)
    changes: dict[str, Any] = {"service": held.slug, "from": order.starts_at.isoformat(), "price_fen": order.price_fen, "list_fen": order.list_fen}
    note(order, StepKinds.STATE, verb="place_order", by=by.taken_by or by.user, channel=by.channel, **changes)
    open_charge(hub_id=hub.pk, purpose=PURPOSE, ref=order.reference, list_fen=order.list_fen, due_fen=order.price_fen, waived_for=order.waived_for, is_new=True)
    tell(order, "made")
    return order


def refuse_what_cannot_be(hub: Hub, service: Service, facts: ServiceFacts, asked: Asked) -> None:
    """Ask the rules; RuleBroken with every complaint, in the reader's words."""
    refused = rules.complaints(facts, asked, now=clock.local(clock.now()), day_of=day_of(hub))
    if refused:
        raise RuleBroken(*(said(refusal, hub, service) for refusal in refused))


def refuse_hoarding(hub: Hub, phone: str) -> None:
    """A visitor's number has a few orders under way at a time; asked under that number's lock, since each may be of another service."""
    lock_number(phone)
    if Order.objects.at(hub).open().filter(contact_phone=phone, asked_by=None).count() >= OPEN_ORDERS_A_NUMBER:
        raise RuleBroken.of("order_too_many_open", "phone", limit=OPEN_ORDERS_A_NUMBER, hotline=hub.hotline)


def first_answer(token: str, body_digest: str) -> Order | None:
    """The order this token made before; KeyReused when it was asked with another body."""
    known = Order.objects.filter(token=token).order_by().values_list("pk", "body_digest").first()
    return same_answer(known, body_digest) if known else None


def same_answer(known: tuple[int, str], body_digest: str) -> Order:
    """The order made before, `known` by its id and body, if the same was asked."""
    if known[1] != body_digest:
        raise KeyReused
    order: Order = Order.objects.select_related("service", "hub").get(pk=known[0])
    return order


def price_for(facts: ServiceFacts, asked: Asked, person: Resident | None) -> Priced:
    """What it costs that person on that day: entitlements are verified ones that hold on the day it is done."""
    day = clock.local(asked.starts_at).date()
    return price_with(facts, asked, [(row.pk, row.kind) for row in entitlements_on(person.pk if person else None, day)] if facts.waivers else [])


def price_with(facts: ServiceFacts, asked: Asked, held: list[tuple[int, str]]) -> Priced:
    """What it costs with these entitlements (ids and kinds); where two are alike, it rests on the older one."""
    found = rules.quote(facts, clock.local(asked.starts_at).date(), asked.quantity, [kind for _pk, kind in held])
    return Priced(found, next((pk for pk, kind in held if found.kind and kind == found.kind), None))


def new_order(hub: Hub, service: Service, facts: ServiceFacts, asked: Asked, by: Asker, priced: Priced) -> Order:
    """The row, not yet saved."""
    price = rules.price_on(facts, clock.local(asked.starts_at).date())
    return Order(
        hub=hub,
        service=service,
        reference=new_reference("order"),
        door_code=new_door_code(),
        what=by.what,
        quantity=asked.quantity,
        unit=price.unit if price else "",
        community_id=asked.community if service.is_at_home else None,
        address=asked.address if service.is_at_home else "",
        starts_at=asked.starts_at,
        ends_at=asked.ends_at,
        contact_name=by.name,
        contact_phone=by.phone,
        channel=by.channel,
        taken_by=by.taken_by,
        asked_by=by.asked_by,
        for_person=by.for_person,
        list_fen=priced.quote.list_fen,
        price_fen=priced.quote.price_fen,
        price_reason=priced.quote.reason,
        entitlement_id=priced.entitlement_id,
        waived_for=priced.quote.kind,
        cancel_by=rules.cancel_deadline(asked.starts_at, facts.cancel_hours),
        created_at=clock.now(),
    )
