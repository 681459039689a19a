"""Whom word goes to, and who may stand for whom in the shop."""

from dataclasses import dataclass
from typing import Any

from hub.core import clock
from hub.hubs.models import Hub
from hub.people.models import Consent, ContactPhone, Relationship, Resident
from hub.people.states import ConsentPurposes, RelationKinds
from mutualaid.swapshop.models import BannedWord, Swapper
from mutualaid.swapshop.rules import GROWN_UP_FROM, Word


@dataclass(frozen=True, slots=True)
class Address:
    """A number, or an account that reads it on the site."""

    phone: str
    user_id: int | None


def swapper_of(person: Resident) -> Swapper | None:
    """Their row in the shop, with the person on it."""
    return Swapper.objects.select_related("resident").filter(resident=person).first()


def is_child(person: Resident) -> bool:
    """Whether somebody is under eighteen today, by the books or by their own word."""
    swapper = swapper_of(person) or Swapper(resident=person)
    return swapper.is_child


def guardians_of(person: Resident) -> list[Resident]:
    """Residents whose guardianship is recorded and stands."""
    links = Relationship.objects.acting().filter(person=person, kind=RelationKinds.GUARDIAN, relative__erased_at=None).select_related("relative")
    return [link.relative for link in links.order_by("id") if link.relative]


def has_consent(person: Resident) -> bool:
    """Whether a guardian's consent to swapping is on file."""
    return Consent.objects.standing().filter(resident=person, purpose=ConsentPurposes.SWAP, given_by__isnull=False).exists()


def addresses_of(person: Resident) -> list[Address]:
    """Where word goes: a grown-up's first number, else the account; for a child the guardians', and the child's own account on the site."""
    if not is_child(person):
        own = _address(person)
        return [own] if own else []
    found = [address for guardian in guardians_of(person) if (address := _address(guardian))]
    return [*found, Address("", person.user_id)] if person.user_id else found


def _address(person: Resident) -> Address | None:
    first = ContactPhone.objects.filter(resident=person).order_by("-is_first", "id").values_list("number", flat=True).first()
    number = first or (person.user.phone if person.user else "") or ""
    return Address(number, None if number else person.user_id) if number or person.user_id else None


def words_of(hub: Hub) -> list[Word]:
    """The hub's own words that may not stand in a listing."""
    rows = BannedWord.objects.at(hub).in_use().values_list("word", "group")
    return [Word(text, group) for text, group in rows]


def children_without_consent(rows: Any, path: str) -> Any:
    """Of rows that lead to a person by `path` those of people under eighteen for whom no guardian's consent stands."""
    today = clock.today()
    grown_up = today.replace(year=today.year - GROWN_UP_FROM, day=min(today.day, 28) if today.month == 2 else today.day)
    agreed = Consent.objects.standing().filter(purpose=ConsentPurposes.SWAP, given_by__isnull=False).values("resident_id")
    young = rows.filter(**{f"{path}__birth_on__gt": grown_up}) | rows.filter(**{f"{path}__birth_on": None, f"{path}__swapper__said_child": True})
    return young.exclude(**{f"{path}__in": agreed})
