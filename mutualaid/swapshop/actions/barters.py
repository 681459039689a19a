"""From the promise to the hand-over: a time at the house, both words, or a promise broken."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.wording import when_words
from hub.served.actions import record_service
from hub.served.states import Posts
from mutualaid.swapshop import queries
from mutualaid.swapshop.actions.listing import leave
from mutualaid.swapshop.actions.writing import BARTER, OFFER, locked_barter, note, refuse_without_guardian, tell
from mutualaid.swapshop.models import Barter, BarterItem, Item, Offer
from mutualaid.swapshop.rules import SLOT
from mutualaid.swapshop.states import BarterStates, ItemStates, OfferStates, RenegeReasons, Sides

OTHER = {Sides.OWNER: Sides.TAKER, Sides.TAKER: Sides.OWNER}


def refuse_over(barter: Barter) -> Any:
    """It has ended; say how."""
    raise RuleBroken.of("swap_barter_over", state=barter.get_state_display())


@transaction.atomic
def choose_slot(*, barter: Barter, slot_at: datetime, by: Any = None) -> Barter:
    """Agree a time at the house, or another one; both are told. With somebody under eighteen it lies in the daytime."""
    barter, items, _rows = locked_barter(barter)
    if not barter.is_living:
        refuse_over(barter)
    if barter.slot_at == slot_at:
        return barter
    if slot_at not in queries.free_slots(barter.hub, with_child=barter.with_child):
        raise RuleBroken.of("swap_slot_wrong", "slot")
    barter.slot_at = slot_at
    barter.save(update_fields=["slot_at"])
    note(BARTER, barter, "choose_slot", by, ref=barter.reference, slot_at=slot_at.isoformat())
    item = items[barter.offer.item_id]
    for side in Sides:
        words = {"when": when_words(slot_at, slot_at + SLOT), "reference": barter.reference}
        tell(barter.person(side), "slot", item, url=barter.url_for(side), about=f"{slot_at:%m%d%H%M}", subject=BARTER, **words)
    return barter


@transaction.atomic
def confirm(*, barter: Barter, sides: Collection[str], by: Any = None, as_staff: bool = False, guardian_present: bool = False) -> Barter:
    """These sides say that the things have changed hands; `as_staff` when `by` writes it down for who stands there. Once both have, everything in
    it goes at once. Again, nothing happens."""
    barter, items, rows = locked_barter(barter)
    if barter.is_done:
        return barter
    if not barter.is_living:
        refuse_over(barter)
    if not sides:
        raise RuleBroken.of("swap_nobody_stands_here", "sides")
    fresh = [side for side in Sides if side in sides and barter.confirmed_at(side) is None]
    for side in fresh:
        refuse_without_guardian(barter.person(side), barter.hub.hotline, guardian_present=guardian_present or was_there(barter, side))
    if not fresh:
        return barter
    put_words(barter, fresh, by if as_staff else None)
    note(BARTER, barter, "confirm", by, ref=barter.reference, sides=[str(side) for side in fresh])
    if barter.is_done:
        complete(barter, items, rows, by)
    else:
        other = OTHER[fresh[0]]
        item = items[barter.offer.item_id]
        tell(barter.person(other), "one_side", item, url=barter.url_for(other), about="one_side", reference=barter.reference, subject=BARTER)
    return barter


def was_there(barter: Barter, side: str) -> bool:
    """Whether the guardian stood there when that side's thing or offer was taken down."""
    return barter.offer.item.guardian_was_there if side == Sides.OWNER else barter.offer.guardian_was_there


def put_words(barter: Barter, sides: Iterable[str], staff: Any) -> None:
    """Each side's word with its time, and who wrote it down; with the second the barter is done, in the same statement."""
    now = clock.now()
    for side in sides:
        setattr(barter, f"{side}_confirmed_at", now)
        setattr(barter, f"{side}_recorded_by", staff)
    if barter.owner_confirmed_at and barter.taker_confirmed_at:
        barter.state, barter.ended_at = BarterStates.DONE, now
    barter.save()


def complete(barter: Barter, items: dict[int, Item], rows: Iterable[BarterItem], by: Any) -> None:
    """Both sides' things go together; whoever else had asked for one of them is told; the ledger gets its row."""
    BarterItem.objects.filter(barter=barter).update(is_living=False)
    Offer.objects.filter(pk=barter.offer_id).update(state=OfferStates.DONE)
    for row in rows:
        item = items[row.item_id]
        item.lies_here_since, item.shelf = None, ""
        leave(item, ItemStates.GIVEN if barter.is_give_away else ItemStates.SWAPPED)
    lapse_offers(items.values())
    first = items[barter.offer.item_id]
    record_service(
        hub_id=barter.hub_id, post=Posts.MUTUAL_AID, what=f"换客 {first.title}", subject=BARTER, ref=barter.reference, happened_at=clock.now(),
        for_person_id=barter.taker_id, by=by if by is not None and by.is_authenticated else None,
    )  # fmt: skip
    for side in Sides:
        tell(barter.person(side), "done", first, url=barter.url_for(side), about="done", reference=barter.reference, subject=BARTER)


def lapse_offers(items: Iterable[Item]) -> None:
    """Waiting offers for or with one of these things are over; who made one is told."""
    gone = {item.pk: item for item in items}
    waiting = Offer.objects.waiting().select_related("for_person", "item__hub").filter(item__in=gone) | Offer.objects.waiting().select_related(
        "for_person", "item__hub"
    ).filter(things__in=gone)
    for offer in waiting.distinct():
        Offer.objects.filter(pk=offer.pk).update(state=OfferStates.LAPSED, answered_at=clock.now())
        if offer.item_id in gone:
            tell(offer.for_person, "lapsed", gone[offer.item_id], url=offer.url, about=str(offer.pk), subject=OFFER)


@transaction.atomic
def renege(*, barter: Barter, side: str, reason: str, by: Any = None) -> Barter:
    """One side does not keep the promise, for a reason that is chosen: everything is to be had again, and who waits next is proposed.

    A thing that is gone leaves the shop. Again, nothing happens.
    """
    barter, items, rows = locked_barter(barter)
    if barter.state == BarterStates.RENEGED:
        return barter
    if not barter.is_living:
        refuse_over(barter)
    if reason not in RenegeReasons.values or side not in Sides.values:
        raise RuleBroken.of("swap_reason_missing", "reason")
    end(barter, BarterStates.RENEGED, broken_by=side, reason=reason)
    note(BARTER, barter, "renege", by, ref=barter.reference, person=barter.person(side), side=str(side), why=reason)
    gone = {row.item_id for row in rows if row.side == side} if reason == RenegeReasons.GONE else set()
    first = items[barter.offer.item_id]
    for each in Sides:
        words = {"reason": str(RenegeReasons(reason).label), "reference": barter.reference}
        tell(barter.person(each), "reneged", first, url=barter.url_for(each), about="reneged", subject=BARTER, **words)
    free(items, gone, OfferStates.RENEGED, barter)
    return barter


@transaction.atomic
def call_off(*, barter: Barter, words: str, by: Any = None) -> Barter:
    """The house ends a promise, in words that both read. Again, nothing happens."""
    barter, items, _rows = locked_barter(barter)
    if barter.state == BarterStates.CALLED_OFF:
        return barter
    if not barter.is_living:
        refuse_over(barter)
    if not words.strip():
        raise RuleBroken.of("reason_missing", "words")
    end(barter, BarterStates.CALLED_OFF, words=words.strip()[:100])
    note(BARTER, barter, "call_off", by, ref=barter.reference, reason=words.strip())
    first = items[barter.offer.item_id]
    for side in Sides:
        about = {"reason": barter.words, "reference": barter.reference}
        tell(barter.person(side), "called_off", first, url=barter.url_for(side), about="called_off", subject=BARTER, **about)
    free(items, set(), OfferStates.LAPSED, barter)
    return barter


def end(barter: Barter, state: str, **fields: str) -> None:
    """A barter that comes to nothing; what one side may have said counts no more."""
    barter.state, barter.ended_at = BarterStates(state), clock.now()
    for name, value in fields.items():
        setattr(barter, name, value)
    barter.save()
    BarterItem.objects.filter(barter=barter).update(is_living=False)


def free(items: dict[int, Item], gone: set[int], offer_state: str, barter: Barter) -> None:
    """The things are to be had again, but for those that are gone; the next offer for each is proposed to its owner."""
    Offer.objects.filter(pk=barter.offer_id).update(state=offer_state)
    for item in items.values():
        if item.pk in gone:
            item.lies_here_since, item.shelf = None, ""
            leave(item, ItemStates.WITHDRAWN)
        else:
            item.state = ItemStates.LISTED
            item.save(update_fields=["state"])
    lapse_offers(item for item in items.values() if item.pk in gone)
    for item in items.values():
        propose_next(item)


def propose_next(item: Item) -> None:
    """Point the owner of a thing that is free again to the first offer that can still be accepted."""
    if item.state != ItemStates.LISTED:
        return
    for offer in Offer.objects.waiting().filter(item=item).prefetch_related("things"):
        if all(thing.state == ItemStates.LISTED for thing in offer.things.all()):
            Offer.objects.filter(pk=offer.pk).update(proposed_at=clock.now())
            tell(item.for_person, "proposed", item, url=item.own_url, about=str(offer.pk), subject=OFFER)
            return
