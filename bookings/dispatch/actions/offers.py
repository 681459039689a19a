"""Asking a helper, taking the question back, letting it lapse. The order is locked first, so that two operators never send two helpers."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from bookings.dispatch import rules
from bookings.dispatch.actions import writing
from bookings.dispatch.actions.writing import end, locked, refuse_over, tell, write_about
from bookings.dispatch.facts import Proposed, first_for, proposals_for
from bookings.dispatch.models import Offer, Provider
from bookings.dispatch.states import OfferStates
from bookings.dispatch.texts import WHY_NOT, who_sent
from bookings.orders.actions import release
from bookings.orders.models import Order
from bookings.orders.states import OrderStates
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.references import new_token
from hub.core.wording import moment_words
from hub.workdays.calendar import calendar_of

GONE_ELSEWHERE = "the order went another way"  # cancelled, moved, or given to somebody by hand


def offer(*, order: Order, provider: Provider, by: Any = None) -> Offer:
    """Ask `provider`; RuleBroken when somebody was asked already, the order waits for nobody, or the helper cannot go (in words)."""
    try:
        return _offer(order, provider, by)
    except IntegrityError as error:
        if "offer_one_living" not in str(error) and "dispatch_offer.order_id" not in str(error):
            raise
        refuse_second(living_offer(order))
    raise AssertionError("unreachable")  # refuse_second always raises


@transaction.atomic
def _offer(order: Order, provider: Provider, by: Any) -> Offer:
    held = writing.locked_order(order)
    if earlier := living_offer(held):
        if earlier.still_holds(held):
            refuse_second(earlier)
        take_back(earlier, why=GONE_ELSEWHERE, by=by)
    if held.state != OrderStates.TAKEN:
        raise RuleBroken.of("offer_not_waiting", state=held.get_state_display())
    refuse_who_cannot_go(held, provider)
    now = clock.now()
    made = Offer(hub_id=held.hub_id, order=held, provider=provider, token=new_token(), offered_at=now, by=by, lapses_at=lapses_at(held, now))
    made.hub = held.hub
    made.save(force_insert=True)
    write_about(made, "offer", by, until=made.lapses_at.isoformat())
    tell(made, "asked")
    return made


def living_offer(order: Order) -> Offer | None:
    """The one that waits for an answer or was accepted."""
    found: Offer | None = Offer.objects.living().filter(order_id=order.pk).select_related("provider__user", "by", "hub__site", "order__service").first()
    return found


def refuse_second(earlier: Offer | None) -> None:
    """Say who sent whom, and when."""
    if earlier is None:
        raise RuleBroken.of("offer_too_late")
    raise RuleBroken.of("offer_living", "provider", who=who_sent(earlier), helper=earlier.provider.name, when=moment_words(earlier.offered_at))


def refuse_who_cannot_go(order: Order, provider: Provider) -> None:
    """On leave, kept apart, full …: clear words."""
    found = proposals_for(order.hub, [order], only=[provider.pk])[order.pk]
    if not found:
        raise RuleBroken.of("offer_helper_unknown", "provider")
    if code := found[0].ranked.why_not:
        raise RuleBroken.of("offer_helper_cannot", "provider", helper=provider.name, reason=str(WHY_NOT[code]))


def lapses_at(order: Order, now: Any) -> Any:
    """Until when an answer is waited for: the setting's minutes of the house's opening hours."""
    calendar, hub = calendar_of(order.hub), order.hub
    return rules.lapse_time(clock.local(now), settings.OFFER_MINUTES, hub.hotline_from, hub.hotline_until, lambda day: not calendar.day(day).is_closed)


def next_of(order: Order) -> Proposed | None:
    """The helper proposed first; None when nobody can be sent."""
    return first_for(order.hub, [order])[order.pk]


def offer_next(*, order: Order, by: Any = None) -> Offer:
    """Ask the helper proposed first. RuleBroken when nobody can be sent."""
    proposed = next_of(order)
    if proposed is None:
        raise RuleBroken.of("offer_nobody", hotline=order.hub.hotline)
    return offer(order=order, provider=provider_of(proposed), by=by)


def provider_of(proposed: Proposed) -> Provider:
    """The row behind a line of the list."""
    found: Provider = Provider.objects.get(pk=proposed.provider.pk)
    return found


@transaction.atomic
def withdraw(*, offer: Offer, by: Any, why: str) -> Offer:
    """Take it back, also after it was accepted, until the helper has arrived: the order waits for somebody again. Again, nothing happens."""
    order, held = locked(offer)
    if held.state == OfferStates.WITHDRAWN:
        return held
    if not why.strip():
        raise RuleBroken.of("reason_missing", "reason")
    if not held.lives:
        refuse_over(held)
    if held.state == OfferStates.ACCEPTED and held.still_holds(order):
        if order.state not in {OrderStates.ASSIGNED, OrderStates.ON_THE_WAY}:
            raise RuleBroken.of("order_wrong_step", state=order.get_state_display())
        release(order=order, by=by)
    return take_back(held, why=why.strip()[:200], by=by)


def take_back(held: Offer, *, why: str, by: Any) -> Offer:
    """The end of a living offer, and word to its helper."""
    held.why = why
    end(held, OfferStates.WITHDRAWN, verb="withdraw", by=by, fields=("why",), reason=why)
    tell(held, "withdrawn")
    return held


@transaction.atomic
def lapse(*, offer: Offer) -> Offer:
    """The time to answer is over; not a moment earlier. With OFFERS_GO_ON_ALONE the next helper who was not asked yet is asked at once."""
    order, held = locked(offer)
    if held.state != OfferStates.OFFERED:
        return held
    if not held.still_holds(order):
        return take_back(held, why=GONE_ELSEWHERE, by=None)
    if clock.now() < held.lapses_at:
        return held
    end(held, OfferStates.LAPSED, verb="lapse", by=None)
    tell(held, "lapsed")
    if settings.OFFERS_GO_ON_ALONE:
        go_on_alone(order)
    return held


def go_on_alone(order: Order) -> None:
    """Ask the next one; whoever let it lapse once is not asked by a machine again."""
    proposed = next_of(order)
    if proposed is not None and not proposed.facts.let_it_lapse:
        offer(order=order, provider=provider_of(proposed))


@transaction.atomic
def let_go(*, offer: Offer) -> bool:
    """An accepted offer whose order was cancelled, moved or given to somebody else by hand ends, and its helper is told; whether it did."""
    order, held = locked(offer)
    if not held.lives or held.still_holds(order):
        return False
    take_back(held, why=GONE_ELSEWHERE, by=None)
    return True
