"""Things that leave the shop: taken back by their owner, taken down by the house, or because a child may not swap any more."""

from typing import Any

from django.db import transaction

from hub.core.errors import RuleBroken
from hub.people.models import Resident
from mutualaid.swapshop.actions.barters import call_off, lapse_offers, renege
from mutualaid.swapshop.actions.listing import leave
from mutualaid.swapshop.actions.offers import withdraw_offer
from mutualaid.swapshop.actions.writing import ITEM, locked_item, locked_items, note, refuse_item_step
from mutualaid.swapshop.models import Barter, BarterItem, Item, Offer
from mutualaid.swapshop.states import CAN_BE_WITHDRAWN, BarterStates, ItemStates, OfferStates, RenegeReasons, Sides


@transaction.atomic
def withdraw_item(*, item: Item, by: Any = None, reason: str = "") -> Item:
    """The owner, or a guardian, takes a thing back. A promise about it is broken with it, for `reason` (one of RenegeReasons). Again, nothing happens."""
    lock_all_about(item)
    item = locked_item(item)
    if item.state == ItemStates.WITHDRAWN:
        return item
    if item.state not in CAN_BE_WITHDRAWN:
        refuse_item_step(item)
    living = living_barter(item)
    if living and reason not in RenegeReasons.values:
        raise RuleBroken.of("swap_reason_missing", "reason")
    if living:
        renege(barter=living.barter, side=living.side, reason=reason, by=by)
        item = locked_item(item)
        if item.state == ItemStates.WITHDRAWN:
            return item
    leave(item, ItemStates.WITHDRAWN)
    lapse_offers([item])
    note(ITEM, item, "withdraw_item", by, ref=item.reference, person=item.for_person, why=reason)
    return item


def withdraw_locked(item: Item, state: str, *, why: str, by: Any) -> Item:
    """The house takes a thing down: a living promise about it is called off first."""
    living = living_barter(item)
    if living:
        call_off(barter=living.barter, words=why, by=by)
        item = locked_item(item)
    leave(item, state)
    lapse_offers([item])
    return item


def living_barter(item: Item) -> BarterItem | None:
    """Where it is promised."""
    return BarterItem.objects.select_related("barter").filter(item=item, is_living=True).first()


def lock_all_about(item: Item) -> None:
    """The things it is promised together with, in the order of their ids: nobody who holds one of them waits for this one."""
    living = living_barter(item)
    together = BarterItem.objects.filter(barter=living.barter).values_list("item_id", flat=True) if living else []
    locked_items([item.pk, *together])


@transaction.atomic
def take_out_of_shop(*, person: Resident, by: Any = None, reason: str = RenegeReasons.GUARDIAN) -> int:
    """Everything of a person leaves the shop: promises are broken, offers taken back, things withdrawn; how many things."""
    for barter in Barter.objects.filter(state=BarterStates.PROMISED).filter(owner=person).order_by("pk"):
        renege(barter=barter, side=Sides.OWNER, reason=reason, by=by)
    for barter in Barter.objects.filter(state=BarterStates.PROMISED).filter(taker=person).order_by("pk"):
        renege(barter=barter, side=Sides.TAKER, reason=reason, by=by)
    for offer in Offer.objects.filter(for_person=person, state=OfferStates.WAITING).order_by("pk"):
        withdraw_offer(offer=offer, by=by)
    things = list(Item.objects.living().filter(for_person=person).order_by("pk"))
    for item in things:
        withdraw_item(item=item, by=by, reason=reason)
    return len(things)
