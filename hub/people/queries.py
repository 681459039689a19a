"""What others ask about people."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from hub.hubs.models import Hub
from hub.people.models import Entitlement, Organisation, Relationship, Resident
from hub.places.models import Building


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
