"""Sums of confirmed minutes. One way of counting for everybody: what the volunteer sees is what the coordinator's page and a figure add up to.

Everything that begins in the period is summed whole, from an index alone; then the few entries that lie across one of its ends are put right.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, Sum

from hub.core import clock
from hub.core.names import masked_name
from hub.hubs.models import Hub
from hub.people.models import Resident
from mutualaid.volunteers import rules
from mutualaid.volunteers.models import HoursEntry
from mutualaid.volunteers.states import HoursStates


@dataclass(frozen=True, slots=True)
class Total:
    """One volunteer's confirmed minutes in a period; the name is masked, '' of somebody erased."""

    resident_id: int
    masked_name: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Own:
    """What a volunteer sees of their own book, in minutes."""

    confirmed: int
    filed: int
    refused: int


def minutes_by_person(hub: Hub, start: datetime, end: datetime, *, resident_id: int | None = None) -> dict[int, int]:
    """Confirmed minutes of each resident with any in [start, end), cut at its ends."""
    book: Any = HoursEntry.objects.at(hub).counted()
    if resident_id is not None:
        book = book.filter(resident_id=resident_id)
    begins = Q(starts_at__gte=start, starts_at__lt=end)
    if end - start < LONG or resident_id is not None:
        begun, summed = book.filter(begins), Sum("minutes")
    else:
        begun, summed = book, Sum("minutes", filter=begins, default=0)
    sums: dict[int, int] = dict(begun.order_by("resident_id").values_list("resident_id").annotate(sum=summed))
    for person, first, last, minutes in across(book, end):
        sums[person] = sums.get(person, 0) - signed(rules.minutes_of((end, last)), minutes) if first >= start else sums.get(person, 0)
    for person, _first, last, minutes in across(book, start):
        sums[person] = sums.get(person, 0) + signed(rules.within((start, last), (start, end)), minutes)
    return {person: minutes for person, minutes in sums.items() if minutes}


LONG = timedelta(days=200)  # of so much most of the book is read anyway: person by person from one index, without sorting


def across(book: Any, moment: datetime) -> list[tuple[int, datetime, datetime, int]]:
    """Entries that begin before `moment` and end after it."""
    rows = book.filter(starts_at__gt=moment - rules.LONGEST, starts_at__lt=moment, ends_at__gt=moment).order_by("id")
    return list(rows.values_list("resident_id", "starts_at", "ends_at", "minutes"))


def signed(part: int, minutes: int) -> int:
    """A part of a reversal counts with a minus, like the whole."""
    return part if minutes > 0 else -part


def totals(hub: Hub, start: datetime, end: datetime) -> list[Total]:
    """Everybody with confirmed hours in [start, end), the most first."""
    sums = minutes_by_person(hub, start, end)
    people = Resident.objects.at(hub)
    people = people.filter(pk__in=list(sums)) if len(sums) < MANY else people.filter(pk__in=HoursEntry.objects.at(hub).values("resident_id"))
    names = dict(people.order_by().values_list("pk", "name"))
    return sorted((Total(pk, masked_name(names[pk]), minutes) for pk, minutes in sums.items()), key=lambda row: (-row.minutes, row.resident_id))


MANY = 1_000  # from so many on a list of numbers costs more than looking who stands in the book


def own_totals(resident: Resident) -> Own:
    """All of a volunteer's book."""
    rows = HoursEntry.objects.filter(resident=resident).order_by("state").values_list("state").annotate(sum=Sum("minutes"))
    found: dict[str, int] = dict(rows)
    return Own(*(found.get(state, 0) for state in (HoursStates.CONFIRMED, HoursStates.FILED, HoursStates.REFUSED)))


def months_of(resident: Resident) -> list[tuple[str, int]]:
    """Confirmed minutes by local month, `2026-11`, the latest first."""
    sums: dict[str, int] = {}
    for start, end, minutes in HoursEntry.objects.counted().filter(resident=resident).values_list("starts_at", "ends_at", "minutes"):
        for day, part in rules.by_day((clock.local(start), clock.local(end))):
            sums[f"{day:%Y-%m}"] = sums.get(f"{day:%Y-%m}", 0) + signed(part, minutes)
    return sorted(((month, minutes) for month, minutes in sums.items() if minutes), reverse=True)
