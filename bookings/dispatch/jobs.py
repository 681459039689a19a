"""What the clock sets off. Each job may run twice, and two at once."""

from bookings.dispatch.actions.offers import lapse, let_go
from bookings.dispatch.models import Offer
from bookings.dispatch.states import LIVES, OfferStates
from bookings.orders.states import FELL_AWAY, OrderStates
from hub.core import clock


def lapse_overdue() -> int:
    """Offers whose time to answer is over; how many."""
    done = 0
    for offer in Offer.objects.overdue(clock.now()).select_related("order"):
        done += lapse(offer=offer).state != OfferStates.OFFERED
    return done


def let_strayed_go() -> int:
    """Living offers whose order was cancelled, moved or given to somebody else by hand end, and their helper is told; how many."""
    living = Offer.objects.filter(state__in=LIVES).exclude(order__state__in=[OrderStates.DONE, OrderStates.RATED]).select_related("order")
    strayed = [offer for offer in living if offer.order.state in FELL_AWAY or not offer.still_holds(offer.order)]
    return sum(let_go(offer=offer) for offer in strayed)
