"""Recording what people agree to, and that they changed their mind."""

from typing import Any

from django.db import transaction

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.people import rules
from hub.people.models import Consent, Relationship, Resident
from hub.people.states import Channels

SUBJECT = "people.consent"


@transaction.atomic
def record_consent(
    *, resident: Resident, purpose: str, text_version: str, channel: str = Channels.COUNTER, by: Any = None, given_by: Resident | None = None
) -> Consent:
    """One agreement to one purpose. A child under 14 agrees through a guardian (`given_by`); the same again changes nothing."""
    resident = Resident.objects.select_for_update().get(pk=resident.pk)
    if resident.is_erased:
        raise RuleBroken.of("already_erased")
    if rules.needs_guardian(resident.birth_on, clock.today()) and given_by in (None, resident):
        raise RuleBroken.of("guardian_must_consent", "given_by")
    standing: Consent | None = Consent.objects.standing().filter(resident=resident, purpose=purpose, text_version=text_version).first()
    if standing:
        return standing
    consent = Consent.objects.create(
        hub_id=resident.hub_id, resident=resident, purpose=purpose, text_version=text_version, channel=channel,
        given_at=clock.now(), given_by=given_by, taken_by=by,
    )  # fmt: skip
    _line(consent, resident, by, "consent")
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: Any = None, channel: str = Channels.COUNTER) -> Consent:
    """From now on it does not hold: whoever acted by it acts no more."""
    resident = Resident.objects.select_for_update().get(pk=consent.resident_id)
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if not consent.is_standing:
        raise RuleBroken.of("consent_withdrawn")
    consent.withdrawn_at = clock.now()
    consent.save(update_fields=["withdrawn_at"])
    Relationship.objects.filter(consent=consent, may_act=True).update(may_act=False)
    _line(consent, resident, by, "withdraw_consent", channel)
    return consent


def _line(consent: Consent, resident: Resident, by: Any, verb: str, channel: str = "") -> None:
    write_line(
        hub_id=consent.hub_id, actor=by, verb=verb, subject=SUBJECT, ref=str(consent.pk), for_person=resident.masked_name,
        channel=channel or consent.channel, changes={"purpose": consent.purpose, "text_version": consent.text_version},
    )  # fmt: skip
