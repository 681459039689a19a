"""What the swap shop keeps about a person: handing it over, and blanking it."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from mutualaid.swapshop.actions.leaving import take_out_of_shop
from mutualaid.swapshop.actions.listing import remove_photos
from mutualaid.swapshop.models import Item, Swapper, Wish
from mutualaid.swapshop.states import RenegeReasons

FIELDS = ("nickname", "title", "about", "wish", "photos", "refuse_words", "wishes.words")


def export(resident: Any) -> Iterator[dict[str, Any]]:
    """Nickname, things, wishes; photos are handed over at the desk."""
    for swapper in Swapper.objects.filter(resident=resident):
        yield {"nickname": swapper.nickname, "since": swapper.joined_at.isoformat()}
    for item in Item.objects.filter(for_person=resident).select_related("kind").prefetch_related("photos").order_by("pk"):
        yield {
            "number": item.reference,
            "kind": item.kind.name_zh,
            "title": item.title,
            "about": item.about,
            "wish": item.wish,
            "state": item.state,
            "photos": len(item.photos.all()),
        }
    for wish in Wish.objects.filter(person=resident).order_by("pk"):
        yield {"looks_for": wish.words, "since": wish.made_at.isoformat()}


@transaction.atomic
def erase(resident: Any) -> int:
    """Nothing of theirs stays in the shop, and no word or photo of theirs anywhere; that things changed hands stays counted."""
    take_out_of_shop(person=resident, reason=RenegeReasons.CHANGED_MIND)
    items = Item.objects.filter(for_person=resident)
    for item in items.filter(photos__isnull=False).distinct():
        remove_photos(item)
    Wish.objects.filter(person=resident).delete()
    Swapper.objects.filter(resident=resident).update(nickname="")
    return int(items.update(title="", about="", wish="", refuse_words=""))
