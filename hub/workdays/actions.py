"""What can be done with the calendar: fill a year, confirm it; every change gives it a new version."""

import secrets
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from hub.audit.actions import write_line
from hub.core import clock
from hub.hubs.models import Hub
from hub.workdays import official
from hub.workdays.models import SpecialDay, YearConfirmed
from hub.workdays.states import Sources

WIDEST_STEP = 1000
SAME = ("kind", "label_zh", "label_en", "hours_of")


def renew_version(hub: Hub) -> None:
    """Give the hub's calendar a new version, in the transaction of what changed it.

    The step is of random width: a version written in a transaction that was rolled back, and kept by this process, must not be
    mistaken for a later one.
    """
    Hub.objects.filter(pk=hub.pk).update(calendar_version=F("calendar_version") + 1 + secrets.randbelow(WIDEST_STEP))
    hub.refresh_from_db(fields=["calendar_version"])


@transaction.atomic
def seed_year(*, hub: Hub, year: int, by: Any = None) -> int:
    """Put a year's holidays and make-up days there; how many days changed, 0 when all stood already.

    What staff wrote or changed stays, a confirmed year stays whole; days seeded before that the list no longer has go.
    """
    Hub.objects.select_for_update().get(pk=hub.pk)
    if YearConfirmed.objects.at(hub).filter(year=year).exists():
        return 0
    standing = {row.day_on: row for row in SpecialDay.objects.at(hub).filter(day_on__year=year)}
    wanted = {day.day_on: day for day in official.days_of_year(year)}
    new = [_new_day(hub, day) for day_on, day in wanted.items() if day_on not in standing]
    changed_count = _drop_outdated(standing, wanted) + _mend(standing, wanted) + len(SpecialDay.objects.bulk_create(new))
    if changed_count:
        renew_version(hub)
        write_line(hub_id=hub.pk, actor=by, verb="seed_year", subject="workdays.specialday", ref=str(year), changes={"days": changed_count})
    return changed_count


@transaction.atomic
def confirm_year(*, hub: Hub, year: int, by: Any) -> YearConfirmed:
    """Somebody has looked the year through against the official notice; a second time changes nothing."""
    confirmed, is_new = YearConfirmed.objects.get_or_create(hub=hub, year=year, defaults={"confirmed_by": by, "confirmed_at": clock.now()})
    if is_new:
        SpecialDay.objects.at(hub).filter(day_on__year=year).update(is_confirmed=True)
        renew_version(hub)
        write_line(hub_id=hub.pk, actor=by, verb="confirm_year", subject="workdays.yearconfirmed", ref=str(year))
    return confirmed


def _drop_outdated(standing: dict[date, SpecialDay], wanted: dict[date, official.OfficialDay]) -> int:
    outdated = [row.pk for day_on, row in standing.items() if row.source == Sources.SEEDED and day_on not in wanted]
    return SpecialDay.objects.filter(pk__in=outdated).delete()[0]


def _mend(standing: dict[date, SpecialDay], wanted: dict[date, official.OfficialDay]) -> int:
    """Bring days seeded before up to the list; how many differed."""
    mended_count = 0
    for day_on, day in wanted.items():
        values, row = _values(day), standing.get(day_on)
        if row is not None and row.source == Sources.SEEDED and any(getattr(row, name) != value for name, value in values.items()):
            mended_count += SpecialDay.objects.filter(pk=row.pk).update(**values)
    return mended_count


def _new_day(hub: Hub, day: official.OfficialDay) -> SpecialDay:
    return SpecialDay(hub=hub, day_on=day.day_on, source=Sources.SEEDED, is_confirmed=False, **_values(day))


def _values(day: official.OfficialDay) -> dict[str, Any]:
    return {name: getattr(day, name) for name in SAME}
