"""Putting a thing into the shop, putting it right, taking it back, putting it there again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.references import new_reference, new_token
from hub.hubs.models import Hub
from hub.people.models import Resident
from hub.people.states import Channels, Roles
from hub.promises.actions import drop_about, promise
from hub.workdays.calendar import calendar_of
from mutualaid.swapshop import reaching, rules
from mutualaid.swapshop.actions.writing import ITEM, locked_item, note, refuse_item_step, refuse_without_guardian
from mutualaid.swapshop.models import Item, ItemPhoto, Kind
from mutualaid.swapshop.models.item import pictures
from mutualaid.swapshop.pictures import Photo, look_of
from mutualaid.swapshop.states import CAN_BE_CHANGED, CAN_BE_REPOSTED, ItemStates

REFERENCE_TRIES = 5
CHECK = "swap_check"  # what the house owes whoever lists a thing: a look at it
TEXTS = ("title", "about", "wish")


@dataclass(frozen=True, slots=True)
class Described:
    """A thing as somebody describes it."""

    kind: Kind
    title: str
    condition: str
    about: str = ""
    wish: str = ""
    is_give_away: bool = False


@dataclass(frozen=True, slots=True)
class Lister:
    """Who lists, for whom, how; a member of staff who takes it down is `taken_by`, and alone says that a guardian stood there."""

    person: Resident
    user: Any = None
    asked_by: Resident | None = None
    taken_by: Any = None
    channel: str = Channels.WEB
    guardian_present: bool = False


def list_item(*, hub: Hub, thing: Described, by: Lister, photos: Sequence[Photo] = (), token: str) -> Item:
    """Hand a thing in; the house looks at it before anybody sees it. The same token gives the thing that was handed in first."""
    for _try in range(REFERENCE_TRIES):
        try:
            return _list(hub, thing, by, photos, token)
        except IntegrityError as error:
            if "reference" not in str(error) and not Item.objects.filter(token=token).exists():
                raise
    raise RuntimeError("no free reference in five tries")


@transaction.atomic
def _list(hub: Hub, thing: Described, by: Lister, photos: Sequence[Photo], token: str) -> Item:
    person = Resident.objects.at(hub).living().select_for_update().filter(pk=by.person.pk).first()
    earlier: Item | None = Item.objects.filter(token=token).first()
    if earlier:
        same: Item = same_answer(earlier, by.person)
        return same
    if person is None:
        raise RuleBroken.of("swap_person_unknown", "person")
    swapper = reaching.swapper_of(person)
    if swapper is None or not swapper.nickname:
        raise RuleBroken.of("swap_nickname_missing", "person")
    refuse_without_guardian(person, hub.hotline, guardian_present=by.guardian_present and by.taken_by is not None)
    refuse_what_cannot_stand(hub, thing)
    if Item.objects.living().filter(for_person=person).count() >= rules.MOST_LIVING_THINGS:
        raise RuleBroken.of("swap_too_many_things", limit=rules.MOST_LIVING_THINGS)
    item = Item(
        hub=hub, reference=new_reference("swap_item"), token=token, channel=by.channel, taken_by=by.taken_by, asked_by=by.asked_by, for_person=person,
        guardian_was_there=by.guardian_present and by.taken_by is not None, asked_at=clock.now(),
    )  # fmt: skip
    describe(item, thing)
    item.save(force_insert=True)
    add_photos(item, photos)
    note(ITEM, item, "list_item", by.taken_by or by.user, ref=item.reference, person=person, channel=by.channel, kind=thing.kind.name_zh)
    owe_a_look(item)
    return item


def same_answer(earlier: Any, person: Resident) -> Any:
    """What the same token has made before; for somebody else it makes nothing."""
    if earlier.for_person_id != person.pk:
        raise RuleBroken.of("done_otherwise")
    return earlier


def refuse_what_cannot_stand(hub: Hub, thing: Described) -> None:
    """RuleBroken with everything that may not stand in a listing, each at its field."""
    words = reaching.words_of(hub)
    found = [refusal for field in TEXTS if (refusal := rules.text_refusal(getattr(thing, field), field, words))]
    if thing.kind.hub_id != hub.pk or not thing.kind.is_active:
        found.append(RuleBroken.of("swap_kind_gone", "kind").refusals[0])
    if not thing.is_give_away and not thing.wish.strip():
        found.append(RuleBroken.of("swap_wish_missing", "wish").refusals[0])
    if found:
        raise RuleBroken(*found)


def describe(item: Item, thing: Described) -> None:
    """Put the description on the row."""
    item.kind, item.condition, item.is_give_away = thing.kind, thing.condition, thing.is_give_away
    item.title, item.about = thing.title.strip(), thing.about.strip()
    item.wish = "" if thing.is_give_away else thing.wish.strip()


def add_photos(item: Item, photos: Sequence[Photo]) -> None:
    """More photos; the same one once, and no more than fit."""
    known = set(item.photos.values_list("content_hash", flat=True))
    fresh = {photo.content_hash: photo for photo in photos if photo.content_hash not in known}
    if len(known) + len(fresh) > rules.MOST_PHOTOS:
        raise RuleBroken.of("swap_photos_many", "photo_1", most=rules.MOST_PHOTOS)
    for photo in fresh.values():
        row = ItemPhoto(item=item, token=new_token(), content_hash=photo.content_hash, look=look_of(photo.large))
        row.large.save("large.jpg", ContentFile(photo.large), save=False)
        row.small.save("small.jpg", ContentFile(photo.small), save=False)
        row.save()


def owe_a_look(item: Item) -> None:
    """The house looks at it by the next working day."""
    due_at = calendar_of(item.hub).add_working_days(clock.now(), 1)
    promise(hub_id=item.hub_id, kind=CHECK, subject=ITEM, ref=item.reference, due_at=due_at, team=Roles.CLERK)


@transaction.atomic
def change_item(*, item: Item, thing: Described, photos: Sequence[Photo] = (), drop_photos: bool = False, by: Any = None) -> Item:
    """Put a description right; the house looks at it again. `drop_photos` takes the old photos away. The same words again change nothing."""
    item = locked_item(item)
    if item.state not in CAN_BE_CHANGED:
        refuse_item_step(item)
    refuse_what_cannot_stand(item.hub, thing)
    refuse_without_guardian(item.for_person, item.hub.hotline, guardian_present=item.guardian_was_there)
    before = (item.kind_id, item.condition, item.is_give_away, item.title, item.about, item.wish)
    describe(item, thing)
    is_same = before == (item.kind_id, item.condition, item.is_give_away, item.title, item.about, item.wish) and not photos and not drop_photos
    if is_same and item.state in {ItemStates.CHECKING, ItemStates.LISTED}:
        return item
    if drop_photos:
        remove_photos(item)
    add_photos(item, photos)
    to_be_looked_at(item)
    item.save()
    note(ITEM, item, "change_item", by, ref=item.reference, person=item.for_person)
    owe_a_look(item)
    return item


def to_be_looked_at(item: Item) -> None:
    """Back before the house's eyes: nothing of the earlier look counts any more."""
    item.state, item.band, item.asked_at = ItemStates.CHECKING, "", clock.now()
    item.checked_at = item.checked_by = item.expires_at = item.closed_at = item.hidden_at = None
    item.refuse_reason = item.refuse_words = ""


def remove_photos(item: Item) -> None:
    """Rows now, files once it is certain."""
    for photo in list(item.photos.all()):
        names = [photo.large.name, photo.small.name]
        photo.delete()
        transaction.on_commit(partial(delete_files, names))


def delete_files(names: Iterable[str]) -> None:
    """Photos that stand with nothing any more."""
    for name in names:
        pictures().delete(name)


@transaction.atomic
def add_item_photos(*, item: Item, photos: Sequence[Photo], by: Any) -> Item:
    """Photos taken at the counter, before or while the house looks at it."""
    item = locked_item(item)
    if item.state != ItemStates.CHECKING:
        refuse_item_step(item)
    add_photos(item, photos)
    note(ITEM, item, "add_photos", by, ref=item.reference, person=item.for_person, photos=len(photos))
    return item


@transaction.atomic
def repost_item(*, item: Item, by: Any = None) -> Item:
    """There again in one tap; what the house has looked at need not be looked at again. Again, nothing happens."""
    item = locked_item(item)
    if item.state in {ItemStates.LISTED, ItemStates.CHECKING}:
        return item
    if item.state not in CAN_BE_REPOSTED or item.for_person.is_erased:
        refuse_item_step(item)
    refuse_without_guardian(item.for_person, item.hub.hotline, guardian_present=item.guardian_was_there)
    if item.checked_at is None:
        to_be_looked_at(item)
        owe_a_look(item)
    else:
        item.state, item.closed_at, item.expires_at = ItemStates.LISTED, None, shown_until()
    item.save()
    note(ITEM, item, "repost_item", by, ref=item.reference, person=item.for_person)
    return item


def shown_until() -> Any:
    """How long a thing stands in the shop from now."""
    return clock.now() + timedelta(days=settings.SWAP_SHOWN_DAYS)


def leave(item: Item, state: str) -> None:
    """A locked thing leaves the shop; what the house owed about it falls away."""
    item.state, item.closed_at = ItemStates(state), clock.now()
    item.save()
    drop_about(kind=CHECK, subject=ITEM, ref=item.reference, reason=str(state))
