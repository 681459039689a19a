"""Who was there: by the code at the place, or from the sheet on paper. Whoever does not check out is taken to have left at the shift's end."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.references import new_token
from hub.core.refusals import Refusal
from hub.people.models import Resident
from hub.people.states import Channels
from mutualaid.volunteers import rules
from mutualaid.volunteers.actions.hours import file_hours
from mutualaid.volunteers.actions.shifts import taken_places
from mutualaid.volunteers.actions.writing import locked_shift, locked_sign_up, note, note_shift, user_of
from mutualaid.volunteers.models import HoursEntry, Shift, SignUp
from mutualaid.volunteers.states import SignUpStates, Sources
from mutualaid.volunteers.texts import SIGN_UP


def check_in(*, sign_up: SignUp, code: str, by: Any) -> None:
    """The volunteer is there: the code says so. Again, nothing happens. RuleBroken outside the time, and for a wrong code, which counts."""
    if refused := _check_in(sign_up, code, by):
        raise RuleBroken(refused)


@transaction.atomic
def _check_in(sign_up: SignUp, code: str, by: Any) -> Refusal | None:
    held = locked_sign_up(sign_up)
    if held.came_at is not None:
        return None
    if not held.is_going:
        return Refusal("here_no_place")
    if held.shift.is_called_off or not rules.can_check_in(held.shift.span, clock.now()):
        return Refusal("here_not_now")
    if refused := wrong_code(held, code):
        return refused
    held.came_at = clock.now()
    held.save(update_fields=["came_at"])
    note(held, "check_in", by)
    return None


def wrong_code(held: SignUp, code: str) -> Refusal | None:
    """Compare, and count what was wrong: the count stays although the step is refused, so the caller must not raise in its transaction."""
    if held.wrong_codes_count >= rules.MOST_CODE_TRIES:
        return Refusal("here_code_shut", "code")
    if hmac.compare_digest(held.shift.code.encode(), code.encode()):
        return None
    held.wrong_codes_count += 1
    held.save(update_fields=["wrong_codes_count"])
    left = rules.MOST_CODE_TRIES - held.wrong_codes_count
    return Refusal("here_code_wrong", "code", {"left": left}) if left else Refusal("here_code_shut", "code")


@transaction.atomic
def check_out(*, sign_up: SignUp, by: Any) -> HoursEntry | None:
    """The volunteer goes: the hours are filed, and wait for somebody to confirm them. Again, nothing happens. None when no minute is left to count."""
    held = locked_sign_up(sign_up)
    if held.came_at is None:
        raise RuleBroken.of("here_not_in")
    if held.left_at is None:
        held.left_at = clock.now()
        held.save(update_fields=["left_at"])
        note(held, "check_out", by)
    return hours_of(held, by=held.person.user)


def hours_of(held: SignUp, *, by: Any) -> HoursEntry | None:
    """The entry of who was there; None when nothing counts, or when the book refuses it (other hours at that time, a day that is full)."""
    assert held.came_at is not None and held.left_at is not None  # noqa: S101  the caller has just written both
    span = rules.counted_span(shift=held.shift.span, came_at=clock.local(held.came_at), left_at=clock.local(held.left_at))
    if span is None:
        return None
    opportunity = held.shift.opportunity
    try:
        with transaction.atomic():
            return file_hours(
                resident=held.person, starts_at=span[0], ends_at=span[1], what=opportunity.name_zh, by=by, source=Sources.SHIFT, team=opportunity.team,
                subject=SIGN_UP, ref=str(held.pk), is_end_assumed=held.is_leaving_assumed,
            )  # fmt: skip
    except RuleBroken:
        return None  # the sheet of the shift shows who was there without hours


@transaction.atomic
def settle(*, shift: Shift) -> int:
    """After a shift: who came and did not check out is taken to have left at its end, marked as such. How many; a second time none."""
    held = locked_shift(shift.pk)
    if held.settled_at is not None:
        return 0
    done = 0
    for each in SignUp.objects.going().filter(shift=held, came_at__isnull=False, left_at=None).select_related("for_person__user"):
        each.shift, each.left_at, each.is_leaving_assumed = held, max(held.ends_at, each.came_at), True
        each.save(update_fields=["left_at", "is_leaving_assumed"])
        note(each, "assume_leaving", None)
        hours_of(each, by=each.person.user)
        done += 1
    held.settled_at = clock.now()
    held.save(update_fields=["settled_at"])
    return done


# --- the sheet on paper ---------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet: came and left, or did not come. Neither time: nothing is known yet, nothing is written."""

    sign_up: SignUp
    came_at: datetime | None = None
    left_at: datetime | None = None
    was_absent: bool = False


@transaction.atomic
def write_in(*, shift: Shift, rows: list[Row], by: Any) -> list[HoursEntry]:
    """Take a signed sheet into the book: all of it, or nothing and every complaint. Who has hours of this shift already keeps them.

    The hours are filed by whoever types the sheet, so somebody else confirms them.
    """
    held = locked_shift(shift.pk)
    if held.starts_at > clock.now():
        raise RuleBroken.of("here_not_now")
    refusals = [refusal for row in rows if (refusal := row_refusal(held, row))]
    if refusals:
        raise RuleBroken(*refusals)
    found = (take_row(held, row, by) for row in rows if row.came_at is not None or row.was_absent)
    filed = [entry for entry in found if entry is not None]
    note_shift(held, "write_in", by, rows=len(rows), entries=len(filed))
    return filed


def row_refusal(shift: Shift, row: Row) -> Refusal | None:
    """Times that cannot be."""
    if row.came_at is None or row.was_absent:
        return None
    name = row.sign_up.person.masked_name
    left_at = row.left_at or shift.ends_at
    if left_at <= row.came_at:
        return Refusal("here_times_wrong", None, {"name": name})
    if not (row.came_at < shift.ends_at and left_at > shift.starts_at and left_at <= max(clock.now(), shift.ends_at)):
        return Refusal("here_outside", None, {"name": name})
    return None


def take_row(shift: Shift, row: Row, by: Any) -> HoursEntry | None:
    """One line; who has hours already, or lost the place meanwhile, is left as it is."""
    held: SignUp = SignUp.objects.select_for_update(of=("self",)).select_related("for_person__user", "hub__site").get(pk=row.sign_up.pk)
    held.shift = shift
    if not held.is_going or HoursEntry.objects.filter(subject_label=SIGN_UP, subject_ref=str(held.pk)).exists():
        return None
    if row.was_absent:
        held.state, held.place_no, held.ended_at, held.came_at, held.left_at = SignUpStates.ABSENT, None, clock.now(), None, None
        held.save(update_fields=["state", "place_no", "ended_at", "came_at", "left_at"])
        note(held, "absent", by)
        return None
    held.came_at, held.left_at, held.is_leaving_assumed = row.came_at, row.left_at or shift.ends_at, row.left_at is None
    held.save(update_fields=["came_at", "left_at", "is_leaving_assumed"])
    note(held, "write_in", by)
    return hours_of(held, by=by)


@transaction.atomic
def add_who_came(*, shift: Shift, person: Resident, by: Any) -> SignUp:
    """Somebody who stands on the sheet and had not signed up gets a place beside the others; again, the first one."""
    held = locked_shift(shift.pk)
    if held.starts_at > clock.now() or held.is_called_off:
        raise RuleBroken.of("here_not_now")
    there: SignUp | None = SignUp.objects.living().filter(shift=held, for_person=person).select_related("for_person").first()
    if there is not None and there.is_going:
        return there
    number = max(taken_places(held), default=0) + 1
    if there is not None:
        there.state, there.place_no = SignUpStates.GOING, number
        there.save(update_fields=["state", "place_no"])
        note(there, "came_too", by)
        return there
    made: SignUp = SignUp.objects.create(
        hub_id=held.hub_id, shift=held, token=new_token(), channel=Channels.VISIT, taken_by=user_of(by), for_person=person, asked_at=clock.now(),
        state=SignUpStates.GOING, place_no=number,
    )  # fmt: skip
    note(made, "came_too", by)
    return made
