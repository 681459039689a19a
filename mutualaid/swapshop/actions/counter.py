"""At the counter: things that lie at the house, and two people who swap on the spot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.references import new_token
from hub.hubs.models import Hub
from hub.people.models import Resident
from hub.people.states import Channels
from hub.promises.actions import drop_about
from mutualaid.swapshop import reaching, rules
from mutualaid.swapshop.actions.barters import complete, put_words
from mutualaid.swapshop.actions.checking import put_in
from mutualaid.swapshop.actions.listing import CHECK, Described, Lister, list_item
from mutualaid.swapshop.actions.offers import promise_it, refuse_promised, refuse_what_is_too_valuable
from mutualaid.swapshop.actions.writing import BARTER, ITEM, locked_item, locked_items, note, refuse_item_step, refuse_without_guardian
from mutualaid.swapshop.models import Barter, BarterItem, Item, Offer
from mutualaid.swapshop.states import OfferStates, Sides


@transaction.atomic
def take_in(*, item: Item, shelf: str, by: Any) -> Item:
    """It lies at the house from now on, under its tag. The same again changes nothing; another shelf is written down."""
    item = locked_item(item)
    if not item.is_living:
        refuse_item_step(item)
    if item.lies_here_since and item.shelf == shelf.strip():
        return item
    item.lies_here_since, item.shelf = item.lies_here_since or clock.now(), shelf.strip()[:20]
    item.save(update_fields=["lies_here_since", "shelf"])
    note(ITEM, item, "take_in", by, ref=item.reference, person=item.for_person, shelf=item.shelf)
    return item


@transaction.atomic
def hand_back(*, item: Item, by: Any) -> Item:
    """Its owner has fetched it."""
    item = locked_item(item)
    if item.lies_here_since is None:
        raise RuleBroken.of("swap_not_here")
    item.lies_here_since, item.shelf = None, ""
    item.save(update_fields=["lies_here_since", "shelf"])
    note(ITEM, item, "hand_back", by, ref=item.reference, person=item.for_person)
    return item


@dataclass(frozen=True, slots=True)
class Side:
    """Who stands there with what: numbers of things in the shop, or one that is described here and now, with its value band."""

    person: Resident
    items: Sequence[Item] = ()
    described: Described | None = None
    band: str = ""
    guardian_present: bool = False


@transaction.atomic
def swap_on_the_spot(*, hub: Hub, owner: Side, taker: Side, by: Any) -> Barter:
    """Two people swap at the counter in one step: entered, looked at, promised, confirmed by both and done, or nothing of it."""
    if owner.person.pk == taker.person.pk:
        raise RuleBroken.of("swap_same_person")
    people = Resident.objects.at(hub).living().filter(pk__in=[owner.person.pk, taker.person.pk])
    list(people.select_for_update().order_by("pk"))
    for side in (owner, taker):
        refuse_without_guardian(side.person, hub.hotline, guardian_present=side.guardian_present)
    mine, theirs = (brought(hub, side, by) for side in (owner, taker))
    if len(mine) != 1 or not theirs:
        raise RuleBroken.of("swap_side_empty")
    held = locked_items(item.pk for item in [*mine, *theirs])
    for side, things in ((owner, mine), (taker, theirs)):
        if any(held[thing.pk].for_person_id != side.person.pk for thing in things):
            raise RuleBroken.of("swap_offer_not_yours")
    refuse_promised(held)
    with_child = any(reaching.is_child(side.person) for side in (owner, taker))
    if with_child:
        refuse_what_is_too_valuable(list(held.values()))
    return done_at_once(held, mine[0], taker, by, with_child=with_child)


def brought(hub: Hub, side: Side, by: Any) -> list[Item]:
    """The things of one side; what is described here is entered and counts as looked at, since it lies on the counter."""
    if side.described is None:
        return list(side.items)
    lister = Lister(side.person, by, None, by, Channels.COUNTER, side.guardian_present)
    item = locked_item(list_item(hub=hub, thing=side.described, by=lister, token=new_token()))
    if rules.is_above(side.band, rules.BANDS[-1]):
        raise RuleBroken.of("swap_band_missing")
    put_in(item, side.band, by)
    drop_about(kind=CHECK, subject=ITEM, ref=item.reference, reason="on the spot", by=by)
    return [*side.items, item]


def done_at_once(held: dict[int, Item], first: Item, taker: Side, by: Any, *, with_child: bool) -> Barter:
    """Offer, promise, both words, done."""
    item = held[first.pk]
    Offer.objects.filter(item=item, for_person=taker.person, state=OfferStates.WAITING).update(state=OfferStates.LAPSED, answered_at=clock.now())
    offer: Offer = Offer.objects.create(
        hub_id=item.hub_id, item=item, token=new_token(), channel=Channels.COUNTER, taken_by=by, for_person=taker.person,
        guardian_was_there=taker.guardian_present, made_at=clock.now(),
    )  # fmt: skip
    offer.things.set([thing for thing in held.values() if thing.pk != item.pk])
    barter = promise_it(offer, held, with_child=with_child)
    barter.is_on_the_spot, barter.is_give_away = True, False
    put_words(barter, Sides, by)
    note(BARTER, barter, "swap_on_the_spot", by, ref=barter.reference, items=[thing.reference for thing in held.values()], cap=settings.SWAP_CHILD_BAND)
    complete(barter, held, list(BarterItem.objects.filter(barter=barter)), by)
    return barter
