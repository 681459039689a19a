"""A shift's life: planned, filled from the waiting list, reminded of, called off."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.letters import new_letters
from mutualaid.volunteers import rules
from mutualaid.volunteers.actions.writing import locked_shift, note, note_shift
from mutualaid.volunteers.models import Opportunity, Shift, SignUp
from mutualaid.volunteers.states import SignUpStates
from mutualaid.volunteers.texts import tell

TRIES = 5


def new_marks() -> dict[str, str]:
    """The word in a shift's address and the six digits at its place, by chance."""
    return {"ref": new_letters(8).lower(), "code": f"{secrets.randbelow(1_000_000):06d}"}


def plan_shift(*, opportunity: Opportunity, starts_at: datetime, ends_at: datetime, places_count: int, by: Any = None) -> Shift:
    """A new shift with its address and its code."""
    facts = {"hub_id": opportunity.hub_id, "opportunity": opportunity, "starts_at": starts_at, "ends_at": ends_at, "places_count": places_count}
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                made: Shift = Shift.objects.create(**facts, **new_marks())
                note_shift(made, "plan_shift", by, places=places_count)
                return made
        except IntegrityError as error:
            if not any(word in str(error) for word in ("ref", "code")):
                raise
    raise RuntimeError("no free code in five tries")


def taken_places(shift: Shift) -> set[int]:
    """The numbers of the places that somebody has."""
    return set(SignUp.objects.going().filter(shift=shift).values_list("place_no", flat=True))


@transaction.atomic
def fill_places(*, shift: Shift, by: Any = None) -> list[SignUp]:
    """Who waits moves up into the free places in the order they came, each told once; nobody once the shift has begun or is called off."""
    held = locked_shift(shift.pk)
    if held.has_begun(clock.now()) or held.is_called_off:
        return []
    moved = []
    while (place := rules.free_place(taken_places(held), held.places_count)) is not None:
        first = next((each for each in first_in_turn(held) if move_up(each, place)), None)
        if first is None:
            break
        first.shift = held
        note(first, "move_up", by, place=place)
        tell(first, "promoted")
        moved.append(first)
    return moved


def first_in_turn(shift: Shift) -> list[SignUp]:
    """Who waits, in the order they came."""
    return list(SignUp.objects.in_turn().filter(shift=shift).select_related("for_person", "hub__site"))


def move_up(sign_up: SignUp, place: int) -> bool:
    """Whether this one got the place. The condition stands in the UPDATE: it decides alone where nothing is locked."""
    sign_up.state, sign_up.place_no, sign_up.promoted_at = SignUpStates.GOING, place, clock.now()
    facts = {"state": sign_up.state, "place_no": place, "promoted_at": sign_up.promoted_at}
    return bool(SignUp.objects.filter(pk=sign_up.pk, state=SignUpStates.WAITING).update(**facts))


@transaction.atomic
def call_off(*, shift: Shift, by: Any, reason: str) -> Shift:
    """It does not take place: everybody who had a place or waited is told why. Again, nothing happens."""
    held = locked_shift(shift.pk)
    if held.is_called_off:
        return held
    if not reason.strip():
        raise RuleBroken.of("reason_missing", "reason")
    if held.has_begun(clock.now()):
        raise RuleBroken.of("shift_over")
    held.called_off_at, held.reason = clock.now(), reason.strip()[:200]
    held.save(update_fields=["called_off_at", "reason"])
    for each in SignUp.objects.living().filter(shift=held).select_related("for_person", "hub__site").order_by("id"):
        each.shift, each.state, each.place_no, each.ended_at, each.reason = held, SignUpStates.CALLED_OFF, None, held.called_off_at, held.reason
        each.save(update_fields=["state", "place_no", "ended_at", "reason"])
        tell(each, "called_off", reason=held.reason)
    note_shift(held, "call_off", by, reason=held.reason)
    return held


@transaction.atomic
def remind(*, sign_up: SignUp) -> bool:
    """Tell once that it is tomorrow; whether it was told now."""
    held = SignUp.objects.select_for_update(of=("self",)).select_related("for_person", "shift__opportunity", "hub__site").get(pk=sign_up.pk)
    if held.reminded_at is not None or not held.is_going or held.shift.is_called_off:
        return False
    held.reminded_at = clock.now()
    held.save(update_fields=["reminded_at"])
    tell(held, "reminder")
    return True


def tomorrow() -> tuple[datetime, datetime]:
    """The next local day."""
    return clock.day_bounds(clock.today() + timedelta(days=1))
