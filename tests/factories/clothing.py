"""Clothes and parcels for tests: made as every way in makes them."""

from itertools import count
from typing import Any

from hub.people.models import Resident
from mutualaid.clothing.actions import Asker, choose, take_in
from mutualaid.clothing.models import CollectionHour, Garment, Intake, Parcel
from mutualaid.clothing.rules import Brought, Slot
from mutualaid.clothing.timetable import slots_of
from tests.factories.orders import entitled

_token = count(1)
PHONE = "13800001234"


def brought(**given: Any) -> Brought:
    """One winter coat for women, size L, as good as new."""
    return Brought(**{"kind": "coat", "fit": "women", "size": "L", "season": "winter", "condition": "like_new", "piece_count": 1, **given})


def intake(hub: Any, *, by: Any = None, giver: Any = None, shelf: str = "", bag: Any = None, token: str = "", **given: Any) -> Intake:
    """Taken in at the counter."""
    return take_in(hub=hub, brought=brought(**given), by=by, giver=giver, shelf=shelf, bag=bag, token=token)


def garment(hub: Any, **given: Any) -> Garment:
    """On the shelf."""
    made = intake(hub, **given).garment
    assert made is not None
    made.refresh_from_db()
    return made


def a_slot(hub: Any, place: int = 0) -> Slot:
    """The first time to collect, or a later one."""
    return slots_of(hub)[place]


def somebody(hub: Any, **given: Any) -> Resident:
    """Somebody with an entitlement that holds."""
    return entitled(hub, **given).resident


def asker(person: Resident | None = None, **given: Any) -> Asker:
    """Somebody with a name and a phone."""
    return Asker(**{"name": person.name if person else "王秀兰", "phone": PHONE, "for_person": person, "asked_by": person, **given})


def parcel(hub: Any, *garments: Garment, person: Resident | None = None, token: str = "", slot: Slot | None = None, **given: Any) -> Parcel:
    """One piece of each garment (a coat, when none is named), kept for somebody."""
    person = person or somebody(hub)
    rows = garments or (garment(hub),)
    wanted = {row.pk: 1 for row in rows}
    by = asker(person, **given)
    return choose(hub=hub, wanted=wanted, slot=slot or a_slot(hub), by=by, token=token or f"parcel-token-{next(_token):06d}")


def collection_hour(hub: Any) -> CollectionHour:
    """One of the hub's."""
    found = CollectionHour.objects.at(hub).first()
    assert found is not None
    return found
