"""Certificates of confirmed hours."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.letters import CERTIFICATE, new_letters
from hub.people.models import Resident
from mutualaid.volunteers import rules
from mutualaid.volunteers.actions.writing import locked_person, user_of
from mutualaid.volunteers.models import Certificate, HoursEntry
from mutualaid.volunteers.states import TakesTime

SUBJECT = "volunteers.certificate"
TRIES = 5


def draw_certificate(*, resident: Resident, first_on: date, last_on: date, by: Any) -> Certificate:
    """What is confirmed from one day to another, both included, frozen under a number nobody guesses. The very same again gives the first one."""
    for _try in range(TRIES):
        try:
            return _draw(resident, first_on, last_on, by)
        except IntegrityError as error:
            if "number" not in str(error):
                raise
    raise RuntimeError("no free number in five tries")


@transaction.atomic
def _draw(resident: Resident, first_on: date, last_on: date, by: Any) -> Certificate:
    held = locked_person(resident.pk)
    if last_on < first_on or last_on > clock.today() or first_on < rules.EARLIEST:
        raise RuleBroken.of("certificate_dates", "last_on")
    bounds = clock.day_bounds(first_on)[0], clock.day_bounds(last_on)[1]
    entries = list(HoursEntry.objects.counted().filter(resident=held, takes_time=TakesTime.YES).meeting(*bounds).order_by("id"))
    minutes = sum(rules.within(entry.span, bounds) for entry in entries)
    if not minutes:
        raise RuleBroken.of("certificate_empty", "first_on")
    known: Certificate | None = Certificate.objects.filter(resident=held, first_on=first_on, last_on=last_on, minutes=minutes).first()
    if known is not None and set(known.entries.values_list("pk", flat=True)) == {entry.pk for entry in entries}:
        return known
    number = new_letters(CERTIFICATE)
    made: Certificate = Certificate.objects.create(
        hub_id=held.hub_id, resident=held, number=number, first_on=first_on, last_on=last_on, minutes=minutes, drawn_at=clock.now(), drawn_by=user_of(by)
    )
    made.entries.set(entries)
    changes = {"minutes": minutes, "first_on": first_on.isoformat(), "last_on": last_on.isoformat()}
    write_line(hub_id=held.hub_id, actor=user_of(by), verb="draw_certificate", subject=SUBJECT, ref=str(made.pk), for_person=str(held.pk), changes=changes)
    return made
