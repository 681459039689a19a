"""Offering, taking back, saying no, saying yes."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.references import new_reference, new_token
from mutualaid.swapshop import reaching, rules
from mutualaid.swapshop.actions.listing import REFERENCE_TRIES, Lister, same_answer
from mutualaid.swapshop.actions.writing import BARTER, OFFER, locked_items, locked_offer, note, refuse_without_guardian, tell
from mutualaid.swapshop.models import Barter, BarterItem, Item, Offer
from mutualaid.swapshop.states import IS_SHOWN, ItemStates, OfferStates, Sides


def make_offer(*, item: Item, things: Sequence[Item], by: Lister, token: str) -> Offer:
    """Offer one or several of one's own things for `item`, or ask for what is given away. Word goes to the owner; nobody writes to anybody."""
    try:
        return _offer(item, things, by, token)
    except IntegrityError as error:
        if "for_person" in str(error) or "swap_offer_once_a_person" in str(error):
            raise RuleBroken.of("swap_offer_twice", "things") from None
        earlier: Offer | None = Offer.objects.filter(token=token).first()
        if earlier is None:
            raise
        same: Offer = same_answer(earlier, by.person)
        return same


@transaction.atomic
def _offer(item: Item, things: Sequence[Item], by: Lister, token: str) -> Offer:
    held = locked_items([item.pk, *(thing.pk for thing in things)])
    item, brought = held[item.pk], [held[thing.pk] for thing in things]
    earlier: Offer | None = Offer.objects.filter(token=token).first()
    if earlier:
        same: Offer = same_answer(earlier, by.person)
        return same
    refuse_offer(item, brought, by)
    offer: Offer = Offer.objects.create(
        hub_id=item.hub_id, item=item, token=token, channel=by.channel, taken_by=by.taken_by, asked_by=by.asked_by, for_person=by.person,
        guardian_was_there=by.guardian_present and by.taken_by is not None, made_at=clock.now(),
    )  # fmt: skip
    offer.things.set(brought)
    note(
        OFFER,
        offer,
        "make_offer",
        by.taken_by or by.user,
        ref=item.reference,
        person=by.person,
        channel=by.channel,
        things=[thing.reference for thing in brought],
    )
    tell(item.for_person, "offered", item, url=item.own_url, about=str(offer.pk), subject=OFFER)
    return offer


def refuse_offer(item: Item, brought: Sequence[Item], by: Lister) -> None:
    """RuleBroken with the first thing that speaks against it."""
    person = by.person
    if not item.is_shown or by.person.hub_id != item.hub_id:
        raise RuleBroken.of("swap_item_gone")
    if item.for_person_id == person.pk:
        raise RuleBroken.of("swap_own_thing")
    swapper = reaching.swapper_of(person)
    if swapper is None or not swapper.nickname:
        raise RuleBroken.of("swap_nickname_missing", "person")
    refuse_without_guardian(person, item.hub.hotline, guardian_present=by.guardian_present and by.taken_by is not None)
    if not item.is_give_away and not brought:
        raise RuleBroken.of("swap_offer_nothing", "things")
    if len(brought) > rules.MOST_THINGS_IN_AN_OFFER:
        raise RuleBroken.of("swap_offer_many", "things", most=rules.MOST_THINGS_IN_AN_OFFER)
    if any(thing.for_person_id != person.pk or thing.state not in IS_SHOWN or thing.hidden_at for thing in brought):
        raise RuleBroken.of("swap_offer_not_yours", "things")
    if swapper.is_child or reaching.is_child(item.for_person):
        refuse_what_is_too_valuable([item, *brought])
    if Offer.objects.waiting().filter(item=item, for_person=person).exists():
        raise RuleBroken.of("swap_offer_twice", "things")


def refuse_what_is_too_valuable(things: Sequence[Item]) -> None:
    """Where somebody under eighteen takes part nothing goes above the cap."""
    if any(rules.is_above(thing.band, settings.SWAP_CHILD_BAND) for thing in things):
        raise RuleBroken.of("swap_child_band", "things")


def held_offer(offer: Offer) -> tuple[Offer, dict[int, Item]]:
    """An offer with its things, all locked, the things first."""
    ids = [offer.item_id, *offer.things.order_by().values_list("pk", flat=True)]
    items = locked_items(ids)
    found = locked_offer(offer)
    found.item = items[offer.item_id]
    return found, items


def refuse_over(offer: Offer) -> Any:
    """It has been answered; say how."""
    raise RuleBroken.of("swap_offer_over", state=offer.get_state_display())


@transaction.atomic
def withdraw_offer(*, offer: Offer, by: Any = None) -> Offer:
    """Whoever made it takes it back. Again, nothing happens."""
    offer, _items = held_offer(offer)
    if offer.state == OfferStates.WITHDRAWN:
        return offer
    return close(offer, OfferStates.WITHDRAWN, "withdraw_offer", by)


@transaction.atomic
def decline_offer(*, offer: Offer, by: Any = None) -> Offer:
    """The owner says no, thank you. Again, nothing happens."""
    offer, _items = held_offer(offer)
    if offer.state == OfferStates.DECLINED:
        return offer
    close(offer, OfferStates.DECLINED, "decline_offer", by)
    tell(offer.for_person, "declined", offer.item, url=offer.url, about=str(offer.pk), subject=OFFER)
    return offer


def close(offer: Offer, state: str, verb: str, by: Any) -> Offer:
    """Answer a waiting one."""
    if not offer.is_waiting:
        refuse_over(offer)
    offer.state, offer.answered_at = OfferStates(state), clock.now()
    offer.save(update_fields=["state", "answered_at"])
    note(OFFER, offer, verb, by, ref=offer.item.reference, person=offer.for_person)
    return offer


def accept_offer(*, offer: Offer, by: Any = None, guardian_present: bool = False) -> Barter:
    """The owner says yes: everything in it is promised, the other offers queue behind it. Again, the same barter comes back.

    RuleBroken `swap_promised_already` when one of the things has just been promised elsewhere.
    """
    for _try in range(REFERENCE_TRIES):
        try:
            return _accept(offer, by, guardian_present)
        except IntegrityError as error:
            if is_promised_elsewhere(error):
                raise RuleBroken.of("swap_promised_already") from None
            if "reference" not in str(error):
                raise
    raise RuntimeError("no free reference in five tries")


def is_promised_elsewhere(error: IntegrityError) -> bool:
    """Whether the database's own guard spoke: a thing in two living barters, an item with two accepted offers, an offer with two barters."""
    said = str(error)
    names = ("swap_item_in_one_living_barter", "swap_offer_accepted_once", "swapshop_barteritem.item_id", "swapshop_offer.item_id", "offer_id")
    return any(name in said for name in names)


@transaction.atomic
def _accept(offer: Offer, by: Any, guardian_present: bool) -> Barter:
    offer, items = held_offer(offer)
    if offer.state == OfferStates.ACCEPTED:
        again: Barter = offer.barter
        return again
    if not offer.is_waiting:
        refuse_over(offer)
    refuse_promised(items)
    owner, taker = offer.item.for_person, offer.for_person
    refuse_without_guardian(owner, offer.hub.hotline, guardian_present=guardian_present or offer.item.guardian_was_there)
    refuse_without_guardian(taker, offer.hub.hotline, guardian_present=guardian_present or offer.guardian_was_there)
    with_child = reaching.is_child(owner) or reaching.is_child(taker)
    if with_child:
        refuse_what_is_too_valuable(list(items.values()))
    barter = promise_it(offer, items, with_child=with_child)
    note(BARTER, barter, "accept_offer", by, ref=barter.reference, person=owner, items=[item.reference for item in items.values()])
    for side in Sides:
        tell(barter.person(side), "promised", offer.item, url=barter.url_for(side), about="promised", reference=barter.reference, subject=BARTER)
    return barter


def refuse_promised(items: dict[int, Item]) -> None:
    """Everything in it has to be still to be had."""
    if any(item.state != ItemStates.LISTED or item.hidden_at for item in items.values()):
        raise RuleBroken.of("swap_promised_already")


def promise_it(offer: Offer, items: dict[int, Item], *, with_child: bool) -> Barter:
    """The barter with its things; they are held from now on."""
    now = clock.now()
    offer.state, offer.answered_at = OfferStates.ACCEPTED, now
    offer.save(update_fields=["state", "answered_at"])
    barter: Barter = Barter.objects.create(
        hub_id=offer.hub_id, offer=offer, reference=new_reference("barter"), owner=offer.item.for_person, taker=offer.for_person, owner_token=new_token(),
        taker_token=new_token(), is_give_away=offer.item.is_give_away, with_child=with_child, made_at=now,
    )  # fmt: skip
    for item in items.values():
        BarterItem.objects.create(barter=barter, item=item, side=Sides.OWNER if item.pk == offer.item_id else Sides.TAKER)
        item.state = ItemStates.PROMISED
        item.save(update_fields=["state"])
    return barter
