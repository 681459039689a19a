"""Taking a place in a shift, and giving it back.

In one transaction: the shift is locked, the rules are asked, the first free place is taken or the end of the waiting list. The database's
own guards (one place number, one sign-up a person) have the last word.
"""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from hub.core import clock, wording
from hub.core.errors import RuleBroken
from hub.core.refusals import Refusal
from hub.people.actions.consents import record_consent
from hub.people.models import Consent, Relationship, Resident
from hub.people.states import CONSENT_TEXT_VERSION, Channels, ConsentPurposes, RelationKinds
from mutualaid.volunteers import rules
from mutualaid.volunteers.actions.shifts import fill_places, taken_places
from mutualaid.volunteers.actions.writing import locked_shift, locked_sign_up, note, user_of
from mutualaid.volunteers.models import Shift, SignUp
from mutualaid.volunteers.states import SignUpStates
from mutualaid.volunteers.texts import tell

TRIES = 8  # of a place that somebody else took in the meantime, where nothing was locked


@dataclass(frozen=True, slots=True)
class Joiner:
    """Who joins, how it came, who asked, who took it down. `guardian_agrees`: the guardian who asks has just said yes."""

    person: Resident
    phone: str = ""
    channel: str = Channels.WEB
    asked_by: Resident | None = None
    taken_by: Any = None
    user: Any = None
    guardian_agrees: bool = False


def sign_up(*, shift: Shift, by: Joiner, token: str) -> SignUp:
    """A place, or the end of the waiting list. The same token gives the first answer. RuleBroken with every complaint."""
    for _try in range(TRIES):
        try:
            return _sign_up(shift, by, token)
        except IntegrityError as error:
            if (earlier := made_before(token)) is not None:
                return earlier
            if "once_a_shift" in str(error) or "for_person" in str(error):
                raise RuleBroken.of("volunteer_there", "who") from None
            if "place" not in str(error):
                raise
    raise RuntimeError("no free place in eight tries")


@transaction.atomic
def _sign_up(shift: Shift, by: Joiner, token: str) -> SignUp:
    held = locked_shift(shift.pk)
    if (earlier := made_before(token)) is not None:
        return earlier
    refuse_what_cannot_be(held, by)
    place = rules.free_place(taken_places(held), held.places_count)
    made: SignUp = SignUp.objects.create(
        hub_id=held.hub_id, shift=held, token=token, contact_phone=by.phone, channel=by.channel, asked_by=by.asked_by, taken_by=user_of(by.taken_by),
        for_person=by.person, asked_at=clock.now(), place_no=place, state=SignUpStates.WAITING if place is None else SignUpStates.GOING,
    )  # fmt: skip
    note(made, "sign_up", by.user, channel=by.channel)
    tell(made, "going" if made.is_going else "waiting")
    return made


def made_before(token: str) -> SignUp | None:
    """What the same form has made already."""
    found: SignUp | None = SignUp.objects.filter(token=token).first()
    return found


def refuse_what_cannot_be(shift: Shift, by: Joiner, *, is_look: bool = False) -> None:
    """RuleBroken with what the rules have against it; a guardian's word given now is recorded, unless this `is_look`."""
    if SignUp.objects.living().filter(shift=shift, for_person=by.person).exists():
        raise RuleBroken.of("volunteer_there", "who")
    born, day = by.person.birth_on, clock.local(shift.starts_at).date()
    has_word = not rules.is_minor(born, day) or guardians_word(by.person) or agree_now(by, is_look=True)
    around = SignUp.objects.living().filter(for_person=by.person, shift__starts_at__lt=shift.ends_at, shift__ends_at__gt=shift.starts_at)
    others = [(other.shift.span, other.shift.opportunity.name) for other in around.select_related("shift__opportunity")]
    found = rules.join_complaints(shift.facts, born=born, has_guardians_word=has_word, now=clock.now(), others=others)
    if found:
        raise RuleBroken(*(Refusal(one.code, one.field, {"hotline": shift.hub.hotline, **one.facts}) for one in found))
    if not is_look and rules.is_minor(born, day) and not guardians_word(by.person):
        agree_now(by)


def guardians_word(person: Resident) -> bool:
    """Whether a guardian's consent to volunteering is on file and stands."""
    return Consent.objects.standing().filter(resident=person, purpose=ConsentPurposes.VOLUNTEER_CHILD, given_by__isnull=False).exists()


def agree_now(by: Joiner, *, is_look: bool = False) -> bool:
    """Whether who asks is the person's recorded guardian and says yes; recorded unless `is_look`."""
    guardian = by.asked_by
    if not by.guardian_agrees or guardian is None:
        return False
    if not Relationship.objects.acting().filter(person=by.person, relative=guardian, kind=RelationKinds.GUARDIAN).exists():
        return False
    if not is_look:
        record_consent(
            resident=by.person, purpose=ConsentPurposes.VOLUNTEER_CHILD, text_version=CONSENT_TEXT_VERSION, channel=by.channel, by=user_of(by.taken_by),
            given_by=guardian,
        )  # fmt: skip
    return True


@transaction.atomic
def withdraw(*, sign_up: SignUp, by: Any = None, reason: str = "", as_staff: bool = False) -> SignUp:
    """Give the place back; the first who waits moves up and is told. Again, it stays withdrawn. A volunteer until the stated time, staff until
    the shift begins, with a reason."""
    held = locked_sign_up(sign_up)
    now = clock.now()
    if held.state == SignUpStates.WITHDRAWN:
        return held
    if not held.lives:
        raise RuleBroken.of("signup_over", state=held.get_state_display())
    if held.shift.has_begun(now):
        raise RuleBroken.of("shift_has_begun")
    if as_staff and not reason.strip():
        raise RuleBroken.of("reason_missing", "reason")
    if not as_staff and not held.can_withdraw(now):
        raise RuleBroken.of("signup_too_late", until=wording.moment_words(held.shift.withdraw_by), hotline=held.hub.hotline)
    held.state, held.place_no, held.ended_at, held.reason = SignUpStates.WITHDRAWN, None, now, reason.strip()[:200]
    held.save(update_fields=["state", "place_no", "ended_at", "reason"])
    note(held, "withdraw", by, reason=held.reason)
    tell(held, "withdrawn")
    fill_places(shift=held.shift, by=by)
    return held
