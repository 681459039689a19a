"""Who is credited: worked out anew from what stands, each time something changed. Called under the edition's lock."""

from typing import Any

from hub.core import clock
from mutualaid.volunteers.actions import contribute, take_back_contribution
from mutualaid.woodpecker import rules
from mutualaid.woodpecker.actions.writing import CREDIT, ERROR, note
from mutualaid.woodpecker.models import CanonicalError, Credit, Edition, Judgement, Report
from mutualaid.woodpecker.states import Credits, Verdicts

SCHEME = "woodpecker"


def recompute_credit(error: CanonicalError, edition: Edition, by: Any) -> None:
    """End what is no longer credited, credit what is now; the contribution book follows."""
    wanted = credited(error, edition)
    now = clock.now()
    standing = {row.report_id: row for row in Credit.objects.standing().filter(error=error)}
    gone = [row for report_id, row in standing.items() if report_id not in wanted]
    for row in gone:
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        take_back_contribution(scheme=SCHEME, subject=CREDIT, ref=str(row.pk), by=by)
    new = [pk for pk in wanted if pk not in standing]
    for report in Report.objects.filter(pk__in=new).select_related("sender__reader__resident").order_by("received_at", "pk"):
        _give(error, edition, report, by)
    if gone or new:
        note(ERROR, error, "credit", by, hub_id=error.hub_id, credited=len(new), taken_away=len(gone))


def credited(error: CanonicalError, edition: Edition) -> tuple[int, ...]:
    """What the rule says now."""
    if error.verdict != Verdicts.VALID or error.dissolved_at is not None:
        return ()
    rows = list(Report.objects.filter(groupings__error=error, groupings__ended_at=None).values_list("pk", "received_at"))
    judged = set(Judgement.objects.filter(report__in=[pk for pk, _at in rows], ended_at=None).values_list("report_id", flat=True))
    return rules.credit((rules.Found(pk, at, pk not in judged) for pk, at in rows), edition.credit)


def _give(error: CanonicalError, edition: Edition, report: Report, by: Any) -> None:
    made = Credit.objects.create(error=error, report=report, is_sole=edition.credit == Credits.FIRST, at=clock.now())
    person = report.sender.reader.resident
    if person is not None and not person.is_erased:
        what = f"{edition.newspaper.name_zh}{edition.title_zh} {error.title}"
        contribute(resident=person, scheme=SCHEME, subject=CREDIT, ref=str(made.pk), what=what, given_at=report.received_at, by=by)
