"""What every change of an offer shares: the order's lock before its own, the end, the audit line, the message."""

from typing import Any

from bookings.dispatch.models import Offer
from bookings.dispatch.texts import text_of
from bookings.orders.actions.writing import locked as locked_order
from bookings.orders.models import Order
from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.notifications.actions import queue_message

SUBJECT = "dispatch.offer"

__all__ = ["SUBJECT", "actor_of", "end", "locked", "locked_order", "refuse_over", "tell", "write_about"]


def locked(offer: Offer) -> tuple[Order, Offer]:
    """The order as it stands now, then the offer; everybody locks in this order."""
    order = locked_order(offer.order)
    held: Offer = Offer.objects.select_for_update(of=("self",)).select_related("provider__user", "by", "hub__site").get(pk=offer.pk)
    held.order = order
    return order, held


def refuse_over(offer: Offer) -> Any:
    """The job is not this helper's any more."""
    raise RuleBroken.of("offer_over", hotline=offer.hub.hotline)


def actor_of(offer: Offer, by: Any) -> Any:
    """Who did it: somebody signed in, else the helper's account, else nobody known."""
    return by if by is not None and by.is_authenticated else offer.provider.user


def end(offer: Offer, state: str, *, verb: str, by: Any, fields: tuple[str, ...] = (), **changes: Any) -> Offer:
    """Put a locked offer into its next state and write it down."""
    offer.state, offer.answered_at = state, clock.now()
    offer.save(update_fields=["state", "answered_at", *fields])
    write_about(offer, verb, by, **changes)
    return offer


def write_about(offer: Offer, verb: str, by: Any, *, reason: str = "", **changes: Any) -> None:
    """An audit line about the order, with the helper's number in it."""
    user = by if by is not None and by.is_authenticated else None
    write_line(
        hub_id=offer.hub_id, actor=user, verb=verb, subject=SUBJECT, ref=offer.order.reference, for_person=str(offer.order.for_person_id or ""),
        changes={"provider": offer.provider_id, "offer": offer.pk, **changes}, reason=reason,
    )  # fmt: skip


def tell(offer: Offer, kind: str) -> None:
    """One message to the helper; a second about the same is not sent."""
    queue_message(
        hub_id=offer.hub_id, key=f"offer:{offer.pk}:{kind}", kind=f"offer_{kind}", text=text_of(kind, offer), phone=offer.provider.phone,
        subject=SUBJECT, ref=offer.order.reference,
    )  # fmt: skip
