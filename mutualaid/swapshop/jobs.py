"""What happens by itself: a word before a thing leaves the shop, leaving it, children for whom nobody agrees any more, photos put aside."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from hub.core import clock
from mutualaid.swapshop import reaching, stash
from mutualaid.swapshop.actions.barters import lapse_offers
from mutualaid.swapshop.actions.checking import until_words
from mutualaid.swapshop.actions.leaving import take_out_of_shop
from mutualaid.swapshop.actions.listing import leave
from mutualaid.swapshop.actions.writing import ITEM, locked_item, note, tell
from mutualaid.swapshop.models import Item
from mutualaid.swapshop.states import ItemStates

AT_ONCE = 200


def remind() -> int:
    """Owners are told some days before; once for each date."""
    soon = clock.now() + timedelta(days=settings.SWAP_REMIND_DAYS)
    rows = Item.objects.filter(state=ItemStates.LISTED, expires_at__lte=soon, expires_at__gt=clock.now()).select_related("hub__site", "for_person")
    told = 0
    for item in rows.order_by("expires_at", "id")[:AT_ONCE]:
        tell(item.for_person, "reminded", item, url=item.own_url, about=f"{item.expires_at:%Y%m%d}", until=until_words(item))
        told += 1
    return told


def expire() -> int:
    """Things whose time is over leave the shop; one that is promised stays until the promise is kept or broken."""
    ids = list(Item.objects.filter(state=ItemStates.LISTED, expires_at__lte=clock.now()).order_by("expires_at", "id").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_expire(pk) for pk in ids)


@transaction.atomic
def _expire(pk: int) -> bool:
    item = locked_item(Item(pk=pk))
    if item.state != ItemStates.LISTED or not item.is_overdue(clock.now()):
        return False
    leave(item, ItemStates.EXPIRED)
    lapse_offers([item])
    note(ITEM, item, "expire", None, ref=item.reference, person=item.for_person)
    tell(item.for_person, "expired", item, url=item.own_url, about=f"{item.expires_at:%Y%m%d}")
    return True


def take_down_children() -> int:
    """Whose guardian's consent has ended, wherever that was written down, has nothing in the shop any more; how many things left it."""
    rows = reaching.children_without_consent(Item.objects.living().filter(guardian_was_there=False), "for_person")
    people = {item.for_person_id: item.for_person for item in rows.select_related("for_person")[:AT_ONCE]}
    return sum(take_out_of_shop(person=person) for person in people.values())


def clear_stash() -> int:
    """Photos nobody came back for."""
    return stash.forget_old()
