"""Filing hours, and deciding about them. Nobody decides about their own, or about what they filed; the database says so, too."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from hub.core import clock, wording
from hub.core.errors import RuleBroken
from hub.core.refusals import Refusal
from hub.people.models import Resident
from mutualaid.volunteers import rules
from mutualaid.volunteers.actions.months import refuse_closed_months
from mutualaid.volunteers.actions.writing import locked_person, note_hours, user_of
from mutualaid.volunteers.models import HoursEntry, Team, no_overlap
from mutualaid.volunteers.rules import Span
from mutualaid.volunteers.states import HoursStates, Sources, TakesTime
from mutualaid.volunteers.texts import tell_about_hours


def file_hours(
    *,
    resident: Resident,
    starts_at: datetime,
    ends_at: datetime,
    what: str,
    by: Any,
    source: str = Sources.OWN,
    team: Team | None = None,
    subject: str = "",
    ref: str = "",
    is_end_assumed: bool = False,
    token: str = "",
) -> HoursEntry:
    """Write hours down; they count once somebody else has confirmed them. The same token or source row gives the first entry.

    RuleBroken with every complaint; what two write at once the database refuses as an overlap.
    """
    span = rules.to_the_minute(clock.local(starts_at)), rules.to_the_minute(clock.local(ends_at))
    facts = {"what": what, "source": source, "team": team, "subject_label": subject, "subject_ref": ref, "is_end_assumed": is_end_assumed}
    try:
        return _file(resident, span, facts, by, token)
    except IntegrityError as error:
        if earlier := filed_before(token, subject, ref):
            return earlier
        if no_overlap.was_broken_by(error):
            raise RuleBroken.of("hours_overlap", "starts", when=wording.when_words(*span)) from None
        raise


@transaction.atomic
def _file(resident: Resident, span: Span, facts: dict[str, Any], by: Any, token: str) -> HoursEntry:
    held = locked_person(resident.pk)
    if earlier := filed_before(token, facts["subject_label"], facts["subject_ref"]):
        return earlier
    if facts["source"] == Sources.OWN and not facts["what"].strip():
        raise RuleBroken.of("hours_what_missing", "what")
    refuse_what_cannot_be(held, span)
    made: HoursEntry = HoursEntry.objects.create(
        hub_id=held.hub_id, resident=held, account_id=held.user_id, starts_at=span[0], ends_at=span[1], minutes=rules.minutes_of(span), filed_by=user_of(by),
        filed_at=clock.now(), **{**facts, "what": facts["what"].strip()[:100]}, **({"token": token} if token else {}),
    )  # fmt: skip
    note_hours(made, "file_hours", by, source=str(made.source))
    return made


def filed_before(token: str, subject: str, ref: str) -> HoursEntry | None:
    """The entry of this token, or of this source row."""
    same = Q(token=token) if token else Q(subject_label=subject, subject_ref=ref, reverses=None)
    found: HoursEntry | None = HoursEntry.objects.filter(same).first() if token or ref else None
    return found


def refuse_what_cannot_be(resident: Resident, span: Span, *, but: int | None = None) -> None:
    """RuleBroken with what the rules have against this span for this person; the entry `but` is the one that is being changed."""
    found = rules.hours_complaints(
        span, now=clock.now(), earliest=clock.local(clock.now()) - rules.EARLIEST_OWN, others=spans_around(resident, span, but=but),
        cap_minutes=settings.VOLUNTEER_HOURS_A_DAY * 60,
    )  # fmt: skip
    if found:
        raise RuleBroken(*(said(refusal) for refusal in found))


def spans_around(resident: Resident, span: Span, *, but: int | None = None) -> list[Span]:
    """The person's entries that keep their time, of all days this span touches."""
    if span[1] <= span[0]:
        return []
    start = datetime.combine(span[0].date(), time.min, tzinfo=span[0].tzinfo)
    rows = HoursEntry.objects.taking_time().filter(resident=resident).meeting(start, clock.day_bounds(span[1].date())[1]).exclude(pk=but)
    return [(clock.local(first), clock.local(last)) for first, last in rows.values_list("starts_at", "ends_at")]


def said(refusal: Refusal) -> Refusal:
    """The rules give days and instants, the sentences words."""
    facts = dict(refusal.facts)
    if "starts_at" in facts:
        facts = {"when": wording.when_words(facts["starts_at"], facts["ends_at"])}
    for name in ("day", "first"):
        if name in facts:
            facts[name] = wording.day_words(facts[name], with_year=name == "first")
    return Refusal(refusal.code, refusal.field, facts)


def locked_entry(entry: HoursEntry) -> HoursEntry:
    """The entry as it stands now; its person is locked before it."""
    locked_person(entry.resident_id)
    held: HoursEntry = HoursEntry.objects.select_for_update(of=("self",)).select_related("resident", "hub", "team").get(pk=entry.pk)
    return held


def change_hours(*, entry: HoursEntry, starts_at: datetime, ends_at: datetime, what: str, by: Any) -> HoursEntry:
    """The volunteer puts own hours right that nobody has decided about."""
    span = rules.to_the_minute(clock.local(starts_at)), rules.to_the_minute(clock.local(ends_at))
    try:
        return _change(entry, span, what, by)
    except IntegrityError as error:
        if no_overlap.was_broken_by(error):
            raise RuleBroken.of("hours_overlap", "starts", when=wording.when_words(*span)) from None
        raise


@transaction.atomic
def _change(entry: HoursEntry, span: Span, what: str, by: Any) -> HoursEntry:
    held = locked_entry(entry)
    refuse_what_is_not_to_be_changed(held, by)
    if not what.strip():
        raise RuleBroken.of("hours_what_missing", "what")
    refuse_what_cannot_be(held.resident, span, but=held.pk)
    before = held.minutes
    held.starts_at, held.ends_at, held.minutes, held.what = span[0], span[1], rules.minutes_of(span), what.strip()[:100]
    held.save(update_fields=["starts_at", "ends_at", "minutes", "what"])
    note_hours(held, "change_hours", by, before=before)
    return held


def refuse_what_is_not_to_be_changed(held: HoursEntry, by: Any) -> None:
    """Others' hours, and those that are decided or come from a shift."""
    if held.filed_by_id != by.pk:
        raise RuleBroken.of("hours_not_yours")
    if held.state == HoursStates.CONFIRMED:
        raise RuleBroken.of("hours_locked")
    if not held.can_be_changed:
        raise RuleBroken.of("hours_decided", state=held.get_state_display())


@transaction.atomic
def take_back(*, entry: HoursEntry, by: Any) -> None:
    """The volunteer takes own hours back that nobody has decided about: the entry goes, the audit line stays."""
    held = locked_entry(entry)
    refuse_what_is_not_to_be_changed(held, by)
    note_hours(held, "take_back_hours", by)
    held.delete()


@transaction.atomic
def confirm(*, entry: HoursEntry, by: Any) -> HoursEntry:
    """From now on they count. Again, nothing happens. RuleBroken for one's own hours, for those one filed,
    and in a month that is closed."""
    refuse_closed_months(entry)
    held = locked_entry(entry)
    if held.state == HoursStates.CONFIRMED and held.reverses_id is None:
        return held
    refuse_to_decide(held, by)
    return _decide(held, HoursStates.CONFIRMED, "confirm_hours", by, "")


@transaction.atomic
def refuse(*, entry: HoursEntry, by: Any, reason: str) -> HoursEntry:
    """They do not count; the volunteer reads why. Again, nothing happens."""
    held = locked_entry(entry)
    if held.state == HoursStates.REFUSED:
        return held
    if not reason.strip():
        raise RuleBroken.of("hours_reason_missing", "reason")
    refuse_to_decide(held, by)
    held.takes_time = TakesTime.NO
    _decide(held, HoursStates.REFUSED, "refuse_hours", by, reason.strip()[:200])
    tell_about_hours(held, "refused", reason=held.reason)
    return held


def refuse_to_decide(held: HoursEntry, by: Any) -> None:
    """Somebody has decided; or they are one's own, or one filed them."""
    if not held.is_filed:
        raise RuleBroken.of("hours_decided", state=held.get_state_display())
    refuse_ones_own(held, by)
    if held.filed_by_id == by.pk:
        raise RuleBroken.of("hours_filed_by_you")


def refuse_ones_own(held: HoursEntry, by: Any) -> None:
    """Whoever has an account now, and whoever had one when it was written."""
    if by.pk in {held.account_id, held.resident.user_id}:
        raise RuleBroken.of("hours_own")


def _decide(held: HoursEntry, state: str, verb: str, by: Any, reason: str) -> HoursEntry:
    held.state, held.decided_by, held.decided_at, held.reason = state, by, clock.now(), reason
    held.account_id = held.resident.user_id or held.account_id
    held.save(update_fields=["state", "decided_by", "decided_at", "reason", "takes_time", "account"])
    note_hours(held, verb, by, reason=reason)
    return held
