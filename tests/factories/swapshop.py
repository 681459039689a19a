"""The swap shop for tests."""

from datetime import date
from io import BytesIO
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from hub.people.models import Resident
from hub.people.states import ConsentPurposes, RelationKinds
from mutualaid.swapshop import actions
from mutualaid.swapshop.actions import Described, Lister
from mutualaid.swapshop.models import Barter, Item, Kind, Offer
from mutualaid.swapshop.pictures import Photo, photo_of
from tests.cast import user_with
from tests.factories.people import ConsentFactory, RelationshipFactory, ResidentFactory, UserFactory

_number = count(1)
GROWN_UP, TEN = date(1980, 5, 1), date(2016, 5, 1)


def a_swapper(hub: Any, nickname: str = "", *, born: date | None = GROWN_UP, name: str = "", **facts: Any) -> Resident:
    """A resident with a nickname, a phone and an account."""
    number = next(_number)
    person: Resident = ResidentFactory(hub=hub, name=name or f"赵甲{number}", birth_on=born, phone=f"1391000{number:04d}", user=UserFactory(), **facts)
    actions.join(person=person, nickname=nickname or f"换客{number}号", said_child=False)
    return person


def a_child(hub: Any, nickname: str = "", *, agreed: bool = True, guardian: Resident | None = None, **facts: Any) -> Resident:
    """Ten years old, with a guardian on file, who has agreed to swapping unless it is said otherwise."""
    guardian = guardian or a_swapper(hub)
    child = a_swapper(hub, nickname, born=TEN, **facts)
    consent = ConsentFactory(resident=child, purpose=ConsentPurposes.CHILD, given_by=guardian)
    RelationshipFactory(person=child, relative=guardian, kind=RelationKinds.GUARDIAN, may_act=True, consent=consent)
    if agreed:
        actions.agree_for_child(child=child, guardian=guardian)
    return child


def a_thing(hub: Any, *, title: str = "恐龙立体书", wish: str = "跳绳", about: str = "", is_give_away: bool = False, kind: Kind | None = None) -> Described:
    """A book for a rope."""
    return Described(kind or Kind.objects.at(hub).first(), title, "good", about, "" if is_give_away else wish, is_give_away)


def handed_in(person: Resident, *, photos: Any = (), **words: Any) -> Item:
    """Waiting to be looked at."""
    return actions.list_item(hub=person.hub, thing=a_thing(person.hub, **words), by=Lister(person), photos=photos, token=f"swap-token-{next(_number):08d}")


def in_the_shop(person: Resident, *, band: str = "small", **words: Any) -> Item:
    """Looked at and shown."""
    return actions.approve(item=handed_in(person, **words), band=band, by=user_with("clerk", person.hub))


def an_offer(item: Item, *things: Item, person: Resident | None = None) -> Offer:
    """From whose the things are."""
    giver = person or things[0].for_person
    return actions.make_offer(item=item, things=list(things), by=Lister(giver), token=f"swap-offer-{next(_number):08d}")


def promised(item: Item, *things: Item, person: Resident | None = None) -> Barter:
    """Offered and accepted."""
    return actions.accept_offer(offer=an_offer(item, *things, person=person))


def a_photo(colour: str = "#9f3220", name: str = "photo.jpg") -> SimpleUploadedFile:
    """A small picture as a phone would send it."""
    out = BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, format="JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def photo(colour: str = "#9f3220") -> Photo:
    """The same in the shop's two sizes."""
    return photo_of(a_photo(colour))
