"""The contribution book: schemes write into it, residents decide whether it is shown."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.people.actions.consents import record_consent, withdraw_consent
from hub.people.models import Resident
from hub.people.states import CONSENT_TEXT_VERSION, Channels, ConsentPurposes
from mutualaid.volunteers import rules
from mutualaid.volunteers.actions.writing import locked_person, user_of
from mutualaid.volunteers.models import Contribution, Shown
from mutualaid.volunteers.schemes import schemes

SUBJECT = "volunteers.contribution"


@transaction.atomic
def contribute(*, resident: Resident, scheme: str, subject: str, ref: str, what: str, given_at: datetime | None = None, by: Any = None) -> Contribution:
    """A scheme writes that a resident gave something; of one subject once, a second call gives the first row. KeyError for a scheme nobody registered."""
    schemes[scheme]
    now = clock.now()
    made, is_new = Contribution.objects.get_or_create(
        scheme=scheme, subject_label=subject, subject_ref=ref,
        defaults={"hub_id": resident.hub_id, "resident": resident, "what": what[:100], "given_at": given_at or now},
    )  # fmt: skip
    if is_new:
        changes = {"scheme": scheme, "about": f"{subject} {ref}"}
        write_line(
            hub_id=resident.hub_id, actor=user_of(by), verb="contribute", subject=SUBJECT, ref=str(made.pk), for_person=str(resident.pk), changes=changes
        )
    return made


@transaction.atomic
def show(*, resident: Resident, nickname: str, by: Any, given_by: Resident | None = None) -> Shown:
    """The resident wants to be thanked in public, under this name or a masked one; of somebody under 18 a guardian says so. The consent is recorded."""
    held = locked_person(resident.pk)
    nickname = " ".join(nickname.split())
    if refusal := rules.nickname_refusal(nickname):
        raise RuleBroken(refusal)
    is_minor = rules.is_minor(held.birth_on, clock.today())
    if is_minor and given_by in (None, held):
        raise RuleBroken.of("thanks_guardian", hotline=held.hub.hotline)
    consent = record_consent(
        resident=held, purpose=ConsentPurposes.THANKED, text_version=CONSENT_TEXT_VERSION, channel=Channels.WEB, by=user_of(by), given_by=given_by
    )
    shown, _is_new = Shown.objects.update_or_create(resident=held, defaults={"hub_id": held.hub_id, "nickname": nickname, "consent": consent})
    return shown


@transaction.atomic
def hide(*, resident: Resident, by: Any) -> None:
    """They change their mind: the name is off the board, the consent withdrawn. Again, nothing happens."""
    shown = Shown.objects.select_related("consent").filter(resident=locked_person(resident.pk)).first()
    if shown is None:
        return
    consent = shown.consent
    shown.delete()
    if consent.is_standing:
        withdraw_consent(consent=consent, by=user_of(by), channel=Channels.WEB)


@transaction.atomic
def take_back_contribution(*, scheme: str, subject: str, ref: str, by: Any = None) -> bool:
    """A scheme takes back what it wrote about one subject, and the line in the audit stays; whether there was anything."""
    row = Contribution.objects.select_for_update(of=("self",)).filter(scheme=scheme, subject_label=subject, subject_ref=ref).first()
    if row is None:
        return False
    changes = {"scheme": scheme, "about": f"{subject} {ref}"}
    write_line(
        hub_id=row.hub_id, actor=user_of(by), verb="take_back", subject=SUBJECT, ref=str(row.pk), for_person=str(row.resident_id), changes=changes
    )
    row.delete()
    return True
