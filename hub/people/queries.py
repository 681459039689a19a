"""What others ask about people."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from hub.core.joins import personal_fields
from hub.core.phones import normal_phone
from hub.hubs.models import Hub
from hub.people.identity import look_up
from hub.people.models import ContactPhone, Entitlement, Organisation, Relationship, Resident
from hub.people.rules import LONGEST_NAME, normal_id
from hub.people.states import IdKinds
from hub.places.models import Building

# The end of a statement for `Entitlement.objects.on` of one resident, with that resident and twice the day: an order asks it with its other questions.
ENTITLED = (
    f"FROM {Entitlement._meta.db_table} WHERE resident_id = %s AND verified_at IS NOT NULL AND revoked_at IS NULL "
    "AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s)"
)


def resident_of(user: Any, hub: Hub) -> Resident | None:
    """The person behind an account at `hub`; None for visitors and for accounts joined to nobody."""
    if not user.is_authenticated:
        return None
    return Resident.objects.at(hub).living().filter(user=user).first()


def people_user_may_act_for(user: Any, hub: Hub) -> Any:
    """Residents this account may ask for: itself, and those whose guardian, family or proxy link is recorded with a standing consent."""
    if not user.is_authenticated:
        return Resident.objects.none()
    linked = Relationship.objects.at(hub).acting().filter(relative__user=user, relative__erased_at=None).values("person_id")
    return Resident.objects.at(hub).living().filter(Q(user=user) | Q(pk__in=linked)).order_by("id")


def people_to_choose(user: Any, hub: Any, me: Resident | None) -> list[tuple[Resident, Any]]:
    """Whom this account can ask for something, with what the page calls them: oneself first, then those one acts for, by name."""
    if not user.is_authenticated:
        return []
    others = [person for person in people_user_may_act_for(user, hub) if me is None or person.pk != me.pk]
    return [*([(me, gettext("myself"))] if me else []), *((person, person.name) for person in others)]


def organisations_of(user: Any, hub: Hub) -> Any:
    """Organisations that have named this account as their contact."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    return Organisation.objects.at(hub).filter(is_active=True, contacts__user=user, contacts__is_active=True).distinct()


def entitlements_on(resident_id: int | None, day: date) -> list[Entitlement]:
    """Entitlements of one resident that are verified and hold on `day`."""
    if resident_id is None:
        return []
    return list(Entitlement.objects.on(day).filter(resident_id=resident_id).order_by("id"))


def relatives_in_building(building: Building) -> Iterable[Relationship]:
    """Every standing link of somebody who lives in `building`, by door: whom to ring when somebody stands before a locked one."""
    return (
        Relationship.objects.standing()
        .filter(person__building=building, person__erased_at=None)
        .select_related("person", "relative")
        .prefetch_related("relative__phones")
        .order_by("person__door", "person_id", "id")
    )


def doors_of(building: Building) -> list[tuple[Resident, list[Relationship]]]:
    """Who lives in `building`, by door, each with their standing links. Four statements, however many live there."""
    links: dict[int, list[Relationship]] = {}
    for link in relatives_in_building(building):
        links.setdefault(link.person_id, []).append(link)
    people = Resident.objects.living().filter(building=building).prefetch_related("phones").order_by("door", "id")
    return [(person, links.get(person.pk, [])) for person in people]


def residents_known_by(number: str, hub: Hub) -> list[Resident]:
    """People without an account for whom `number` (normal form) is recorded: a first sign-in may join one of them by a second fact."""
    rows = Resident.objects.at(hub).living().filter(user=None, phones__number=number)
    return list(rows.distinct().order_by("id")) if number else []


def search_residents(hub: Hub, typed: str, *, limit: int = 20) -> list[Resident]:
    """Residents by name, pinyin initials, phone, last four of the ID or the whole number, the best match first."""
    typed = typed.strip()
    asked = _asked(hub, typed) if 0 < len(typed) <= LONGEST_NAME and "\0" not in typed else None
    if asked is None:
        return []
    rows = Resident.objects.at(hub).living().filter(asked).select_related("building").prefetch_related("phones")
    return list(rows.distinct().order_by("name", "id")[:limit])


def _asked(hub: Hub, name: str) -> Q | None:
    typed = unicodedata.normalize("NFKC", name)
    digits = "".join(character for character in typed if character.isdecimal())
    number = normal_phone(typed, area_code=hub.area_code)
    if number:
        return Q(pk__in=ContactPhone.objects.at(hub).filter(number=number).values("resident_id"))
    if len(digits) >= 17 or (len(typed) >= 15 and typed.isascii()):
        return Q(id_hash__in=[look_up(normal_id(typed, kind), kind) for kind in IdKinds.values])
    if len(typed) == 4 and digits[:3] == typed[:3]:
        ends_so = ContactPhone.objects.at(hub).filter(number__endswith=typed).values("resident_id")
        return Q(id_tail=typed.upper()) | Q(pk__in=ends_so)
    if digits == typed:
        return Q(pk__in=ContactPhone.objects.at(hub).filter(number__startswith=digits).values("resident_id")) if len(digits) >= 5 else None
    if typed.isascii():
        return Q(initials__startswith=typed.lower().replace(" ", "")) | Q(name__istartswith=typed)
    return Q(name__contains=name)


def likely_same(hub: Hub, *, name: str, phones: Iterable[str] = ()) -> list[Resident]:
    """Residents that somebody about to be added may already be: the same number, or the same name."""
    asked = Q(name=name) | Q(pk__in=ContactPhone.objects.at(hub).filter(number__in=list(phones)).values("resident_id"))
    return list(Resident.objects.at(hub).living().filter(asked).select_related("building").order_by("id")[:5])


def personal_data_of(resident: Resident) -> dict[str, list[dict[str, Any]]]:
    """Everything the house keeps about a person, by the registry of personal fields: for handing it over."""
    return {row.name: list(row.export(resident)) for row in personal_fields}
