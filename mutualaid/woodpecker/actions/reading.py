"""Names that are masked elsewhere: shown in the answer to a press, and each look is a line in the audit. The caller has asked who may."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hub.audit.actions import write_line
from hub.hubs.models import Hub
from mutualaid.woodpecker.actions.writing import AWARD, REPORT, note
from mutualaid.woodpecker.models import Award, Report, Sender

Shown = list[tuple[str, str]]  # (label, words)


@transaction.atomic
def look_who(*, report: Report, by: Any) -> Shown:
    """The sender's name and number."""
    found: Sender = Sender.objects.get(report=report)
    note(REPORT, report, "look_who", by, hub_id=report.hub_id, ref=report.reference)
    return [(pgettext("of a person", "Name"), found.contact_name), (_("Phone"), found.contact_phone)]


@transaction.atomic
def look_winner(*, award: Award, by: Any) -> Shown:
    """The winner's name and number, to ring them, to hand the prize over, to print the certificate."""
    note(AWARD, award, "look_winner", by, hub_id=award.hub_id)
    return [(pgettext("of a person", "Name"), award.full_name or award.name), (_("Phone"), award.phone)]


@transaction.atomic
def look_register(*, hub: Hub, by: Any) -> None:
    """The whole register with full names, to print and sign: one line for the sheet."""
    write_line(hub_id=hub.pk, actor=by, verb="look_register", subject=AWARD)
