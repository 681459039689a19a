"""What a helper answers."""

from typing import Any

from django.conf import settings
from django.db import transaction

from bookings.dispatch.actions.offers import go_on_alone
from bookings.dispatch.actions.writing import actor_of, end, locked, refuse_over
from bookings.dispatch.models import Offer
from bookings.dispatch.states import DeclineReasons, OfferStates
from bookings.orders.actions import assign
from bookings.orders.models import Order
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.people.states import Roles


@transaction.atomic
def accept(*, offer: Offer, by: Any = None) -> Offer:
    """Yes: the order is theirs, and the resident is told who comes. Again, nothing happens. RuleBroken when it went elsewhere or lapsed."""
    order, held = locked(offer)
    if held.state == OfferStates.ACCEPTED and held.still_holds(order):
        return held
    refuse_unanswerable(order, held)
    who = actor_of(held, by)
    helper = account_of(held)
    assign(order=order, by=who, helper=helper, name=held.provider.name, phone=held.provider.phone)
    held.helper = helper
    held.helper_name, held.helper_phone = ("", "") if helper else (held.provider.name.strip()[:40], held.provider.phone[:15])
    return end(held, OfferStates.ACCEPTED, verb="accept", by=who, fields=("helper", "helper_name", "helper_phone"))


@transaction.atomic
def decline(*, offer: Offer, reason: str, by: Any = None) -> Offer:
    """No, and why. Again, nothing happens."""
    order, held = locked(offer)
    if held.state == OfferStates.DECLINED:
        return held
    if reason not in DeclineReasons.values:
        raise RuleBroken.of("offer_reason_missing", "reason")
    refuse_unanswerable(order, held)
    held.reason = reason
    end(held, OfferStates.DECLINED, verb="decline", by=actor_of(held, by), fields=("reason",), reason=reason)
    if settings.OFFERS_GO_ON_ALONE:
        go_on_alone(order)
    return held


def refuse_unanswerable(order: Order, held: Offer) -> None:
    """It was answered, taken back or has lapsed, or the order went another way."""
    if held.state != OfferStates.OFFERED or not held.still_holds(order):
        refuse_over(held)
    if clock.now() >= held.lapses_at:
        raise RuleBroken.of("offer_lapsed", hotline=held.hub.hotline)


def account_of(held: Offer) -> Any:
    """The helper's account, when it still has the role at this hub; a name and a phone do as well."""
    user = held.provider.user
    return user if user is not None and user.is_active and user.roles.filter(hub_id=held.hub_id, role=Roles.PROVIDER).exists() else None
