"""Confirmed hours are locked: the volunteer asks for a correction, and whoever looks into it reverses them or leaves them."""

from typing import Any

from django.conf import settings
from django.db import transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.people.states import Roles
from hub.promises.actions import keep_about, promise
from hub.workdays.calendar import calendar_of
from mutualaid.volunteers.actions.hours import locked_entry, refuse_ones_own
from mutualaid.volunteers.actions.months import refuse_closed_months
from mutualaid.volunteers.actions.writing import note_hours
from mutualaid.volunteers.models import HoursEntry
from mutualaid.volunteers.states import HoursStates, Sources, TakesTime
from mutualaid.volunteers.texts import HOURS, tell_about_hours

CORRECTION = "hours_correction"  # the kind of promise


@transaction.atomic
def ask_correction(*, entry: HoursEntry, words: str, by: Any) -> HoursEntry:
    """The volunteer says what is wrong with confirmed hours; the coordinators owe an answer. Again, the first words stay."""
    held = locked_entry(entry)
    if held.resident.user_id != by.pk:
        raise RuleBroken.of("hours_not_yours")
    if held.correction:
        return held
    if not held.can_be_corrected:
        raise RuleBroken.of("hours_reversed" if held.is_reversed else "hours_decided", state=held.get_state_display())
    if not words.strip():
        raise RuleBroken.of("hours_correction_missing", "words")
    held.correction = words.strip()[:200]
    held.save(update_fields=["correction"])
    due_at = calendar_of(held.hub).add_working_days(clock.now(), settings.CORRECTION_WORKDAYS)
    promise(hub_id=held.hub_id, kind=CORRECTION, subject=HOURS, ref=str(held.pk), due_at=due_at, team=Roles.COORDINATOR, by=by)
    note_hours(held, "ask_correction", by)
    return held


@transaction.atomic
def reverse(*, entry: HoursEntry, by: Any, reason: str) -> HoursEntry:
    """Take confirmed hours out of the book by an entry of as many minutes with a minus: the reversal. A second time gives the first.

    The time is free again, so that the right hours can be filed. RuleBroken for one's own, and in a month that is closed.
    """
    refuse_closed_months(entry)
    held = locked_entry(entry)
    if held.state != HoursStates.CONFIRMED or held.reverses_id is not None:
        raise RuleBroken.of("hours_not_confirmed")
    earlier: HoursEntry | None = HoursEntry.objects.filter(reverses=held).first()
    if earlier is not None:
        return earlier
    refuse_ones_own(held, by)
    if not reason.strip():
        raise RuleBroken.of("hours_reason_missing", "reason")
    held.takes_time = TakesTime.NO
    held.save(update_fields=["takes_time"])
    now = clock.now()
    made: HoursEntry = HoursEntry.objects.create(
        hub_id=held.hub_id, resident=held.resident, account_id=held.resident.user_id, team=held.team, starts_at=held.starts_at, ends_at=held.ends_at,
        minutes=-held.minutes, what=held.what, source=Sources(held.source), state=HoursStates.CONFIRMED, takes_time=TakesTime.NO, filed_at=now,
        decided_by=by, decided_at=now, reason=reason.strip()[:200], reverses=held,
    )  # fmt: skip
    note_hours(made, "reverse_hours", by, reason=made.reason, reverses=held.pk)
    keep_about(kind=CORRECTION, subject=HOURS, ref=str(held.pk), by=by)
    tell_about_hours(held, "reversed", reason=made.reason)
    return made


@transaction.atomic
def keep_as_it_is(*, entry: HoursEntry, by: Any, reason: str) -> HoursEntry:
    """The correction is not made, and the volunteer reads why; they may ask once more."""
    held = locked_entry(entry)
    if not held.correction:
        raise RuleBroken.of("hours_decided", state=held.get_state_display())
    refuse_ones_own(held, by)
    if not reason.strip():
        raise RuleBroken.of("hours_reason_missing", "reason")
    tell_about_hours(held, "kept", reason=reason.strip()[:200])
    held.correction = ""
    held.save(update_fields=["correction"])
    keep_about(kind=CORRECTION, subject=HOURS, ref=str(held.pk), by=by)
    note_hours(held, "keep_hours", by, reason=reason.strip()[:200])
    return held
