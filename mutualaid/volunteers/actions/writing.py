"""What every change of a sign-up or an entry shares: the locks, the audit lines."""

from typing import Any

from hub.audit.actions import write_line
from hub.core.errors import RuleBroken
from hub.people.models import Resident
from mutualaid.volunteers.models import HoursEntry, Shift, SignUp
from mutualaid.volunteers.texts import HOURS, SIGN_UP

SHIFT = "volunteers.shift"


def locked_shift(shift_id: int) -> Shift:
    """The shift as it stands now, locked: whoever takes or frees one of its places locks it first."""
    found: Shift = Shift.objects.select_for_update(of=("self",)).select_related("opportunity", "hub__site").get(pk=shift_id)
    return found


def locked_sign_up(sign_up: SignUp) -> SignUp:
    """The sign-up as it stands now, its shift locked before it."""
    shift = locked_shift(sign_up.shift_id)
    held: SignUp = SignUp.objects.select_for_update(of=("self",)).select_related("for_person", "hub__site").get(pk=sign_up.pk)
    held.shift = shift
    return held


def locked_person(resident_id: int) -> Resident:
    """Whose hours are written: one entry of a person at a time."""
    found: Resident = Resident.objects.select_for_update(of=("self",)).get(pk=resident_id)
    if found.is_erased:
        raise RuleBroken.of("already_erased")
    return found


def user_of(by: Any) -> Any:
    """Somebody signed in, or None."""
    return by if by is not None and by.is_authenticated else None


def note(sign_up: SignUp, verb: str, by: Any, *, reason: str = "", channel: str = "", **changes: Any) -> None:
    """One audit line about a sign-up."""
    write_line(
        hub_id=sign_up.hub_id, actor=user_of(by), verb=verb, subject=SIGN_UP, ref=str(sign_up.pk), for_person=str(sign_up.for_person_id), channel=channel,
        changes={"shift": sign_up.shift_id, "state": str(sign_up.state), **changes}, reason=reason,
    )  # fmt: skip


def note_shift(shift: Shift, verb: str, by: Any, *, reason: str = "", **changes: Any) -> None:
    """One audit line about a shift."""
    write_line(hub_id=shift.hub_id, actor=user_of(by), verb=verb, subject=SHIFT, ref=str(shift.pk), changes=changes, reason=reason)


def note_hours(entry: HoursEntry, verb: str, by: Any, *, reason: str = "", **changes: Any) -> None:
    """One audit line about an entry of the hours book."""
    write_line(
        hub_id=entry.hub_id, actor=user_of(by), verb=verb, subject=HOURS, ref=str(entry.pk), for_person=str(entry.resident_id),
        changes={"minutes": entry.minutes, "state": str(entry.state), **changes}, reason=reason,
    )  # fmt: skip
