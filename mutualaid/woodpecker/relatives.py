"""Who is too close to somebody to judge what they sent, and who wins nothing."""

from typing import Any

from django.db.models import Q

from hub.hubs.models import Hub
from hub.people.models import Relationship, Resident, Role, User
from hub.people.states import USES_THE_ADMIN
from mutualaid.woodpecker.models import Edition, Reader


def readers_close_to(user: Any, hub: Hub) -> set[int]:
    """Readers who are the user, live in the same household, or are bound by a standing link, in either direction; by number, who is not in our books."""
    if user is None or not user.is_authenticated:
        return set()
    own = list(Resident.objects.at(hub).living().filter(user=user).values_list("pk", "household_id"))
    people = {pk for pk, _household in own}
    links = Relationship.objects.at(hub).standing()
    numbers = {user.phone} if user.phone else set()
    close = set(people)
    for person, relative, phone in links.filter(Q(person__in=people) | Q(relative__in=people)).values_list("person_id", "relative_id", "relative_phone"):
        close |= {person, relative}
        if person in people and phone:
            numbers.add(phone)
    homes = [household for _pk, household in own if household]
    close |= set(Resident.objects.at(hub).filter(household__in=homes).values_list("pk", flat=True)) if homes else set()
    return set(Reader.objects.at(hub).filter(Q(resident__in=close - {None}) | Q(resident=None, phone__in=numbers)).values_list("pk", flat=True))


def readers_who_win_nothing(edition: Edition) -> set[int]:
    """Readers who work at the hub or sit on the edition's panel: by their account, or by its number."""
    staff = set(Role.objects.at(edition.hub).filter(role__in=USES_THE_ADMIN).values_list("user_id", flat=True))
    staff |= set(edition.reviewers.values_list("pk", flat=True))
    numbers = User.objects.filter(pk__in=staff).exclude(phone=None).values_list("phone", flat=True)
    rows = Reader.objects.at(edition.hub).filter(Q(resident__user__in=staff) | Q(resident=None, phone__in=list(numbers)))
    return set(rows.values_list("pk", flat=True))
