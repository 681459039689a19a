"""What every change in the shop shares: locks in one order, the audit line, the message."""

from collections.abc import Iterable
from typing import Any

from hub.audit.actions import write_line
from hub.core.errors import RuleBroken
from hub.notifications.actions import queue_message
from hub.people.models import Resident
from mutualaid.swapshop import reaching
from mutualaid.swapshop.models import Barter, BarterItem, Item, Offer
from mutualaid.swapshop.texts import text_of

ITEM, OFFER, BARTER = "swapshop.item", "swapshop.offer", "swapshop.barter"  # of audit lines, messages, promises and ledger rows


def locked_items(ids: Iterable[int]) -> dict[int, Item]:
    """Things as they stand now, locked in the order of their ids; offers and barters are locked after them, never before."""
    rows = Item.objects.select_for_update(of=("self",)).select_related("hub", "kind", "for_person").filter(pk__in=set(ids)).order_by("pk")
    return {item.pk: item for item in rows}


def locked_item(item: Item) -> Item:
    """One thing as it stands now, locked."""
    return locked_items([item.pk])[item.pk]


def locked_offer(offer: Offer) -> Offer:
    """An offer as it stands now, locked; its things have been locked before."""
    found: Offer = Offer.objects.select_for_update(of=("self",)).select_related("hub", "for_person").get(pk=offer.pk)
    return found


def locked_barter(barter: Barter) -> tuple[Barter, dict[int, Item], list[BarterItem]]:
    """A barter with its things, all locked, the things first. Which things they are never changes."""
    rows = list(BarterItem.objects.filter(barter_id=barter.pk).order_by("pk"))
    items = locked_items(row.item_id for row in rows)
    found: Barter = Barter.objects.select_for_update(of=("self",)).select_related("hub", "owner", "taker", "offer__item").get(pk=barter.pk)
    return found, items, rows


def refuse_without_guardian(person: Resident, hotline: str, *, guardian_present: bool) -> None:
    """Under eighteen a guardian's consent is on file, or the guardian stands at the counter beside whoever writes it down."""
    if not guardian_present and reaching.is_child(person) and not reaching.has_consent(person):
        raise RuleBroken.of("swap_guardian_missing", "person", hotline=hotline)


def refuse_item_step(item: Item) -> Any:
    """It has gone on; say where it stands."""
    raise RuleBroken.of("swap_item_step", state=item.get_state_display())


def note(subject: str, row: Any, verb: str, by: Any, *, ref: str, person: Resident | None = None, channel: str = "", reason: str = "", **changes: Any) -> None:
    """One audit line. Nothing that somebody wrote stands in it."""
    user = by if by is not None and by.is_authenticated else None
    who = str(person.pk) if person else ""
    write_line(hub_id=row.hub_id, actor=user, verb=verb, subject=subject, ref=ref, for_person=who, channel=channel, changes=changes, reason=reason)


def tell(person: Resident, kind: str, item: Item, *, url: str, about: str, reference: str = "", subject: str = ITEM, **words: str) -> None:
    """One message to a person (for a child: to the guardians); a second about the same is not sent."""
    ref = reference or item.reference
    for place, address in enumerate(reaching.addresses_of(person)):
        queue_message(
            hub_id=item.hub_id,
            key=f"swap:{kind}:{ref}:{person.pk}:{place}:{about}"[:100],
            kind=f"swap_{kind}",
            text=text_of(kind, item.hub, title=item.title, reference=ref, url=url, **words),
            phone=address.phone,
            user_id=address.user_id,
            subject=subject,
            ref=ref,
        )
