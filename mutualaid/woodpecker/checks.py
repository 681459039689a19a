"""What must never be so with errors, credit and prizes. One sentence a thing."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef

from hub.closings.models import Closing
from mutualaid.woodpecker.actions.awards import spent
from mutualaid.woodpecker.actions.credits import credited
from mutualaid.woodpecker.actions.writing import KIND
from mutualaid.woodpecker.models import Award, CanonicalError, Credit, Edition, Grouping, Report


def without_reports() -> Iterator[str]:
    """Errors that stand, and under which there is nothing; dissolved ones under which there is something."""
    under = Exists(Grouping.objects.filter(error=OuterRef("pk"), ended_at=None))
    for pk in CanonicalError.objects.standing().filter(~under).values_list("pk", flat=True):
        yield f"woodpecker error {pk} has no reports"
    for pk in CanonicalError.objects.filter(under, dissolved_at__isnull=False).values_list("pk", flat=True):
        yield f"woodpecker error {pk} is dissolved, and reports stand under it"


def other_credit() -> Iterator[str]:
    """Errors credited otherwise than the rule says."""
    credits: dict[int, set[int]] = {}
    for error_id, report_id in Credit.objects.standing().values_list("error_id", "report_id"):
        credits.setdefault(error_id, set()).add(report_id)
    for error in CanonicalError.objects.select_related("edition").iterator(chunk_size=1000):
        if set(credited(error, error.edition)) != credits.get(error.pk, set()):
            yield f"woodpecker error {error.pk} is credited otherwise than the rule says"


def other_sums() -> Iterator[str]:
    """Editions that say another sum than their prizes come to, or gave more than they had."""
    for edition in Edition.objects.iterator(chunk_size=1000):
        if spent(edition) != edition.spent_fen or edition.spent_fen > edition.budget_fen:
            yield f"woodpecker edition {edition.key}: its prizes come to {spent(edition)} fen in cash, {edition.spent_fen} stand there of {edition.budget_fen}"


def other_winners() -> Iterator[str]:
    """Closed editions whose frozen winners are not the prizes that stand."""
    for closing in Closing.objects.standing().filter(kind=KIND):
        numbers = [row["number"] for row in closing.result["winners"]]
        rows = Award.objects.standing().filter(edition__hub=closing.hub_id, edition__key=closing.period)
        if sorted(numbers) != sorted(rows.values_list("number", flat=True)):
            yield f"woodpecker edition {closing.period}: its frozen winners are not its prizes"


def strayed() -> Iterator[str]:
    """Rows that belong to another hub or edition than what they are about."""
    for reference in Report.objects.exclude(hub=F("edition__hub")).values_list("reference", flat=True):
        yield f"woodpecker report {reference} belongs to another hub than its edition"
    for pk in Grouping.objects.filter(ended_at=None).exclude(report__edition=F("error__edition")).values_list("pk", flat=True):
        yield f"woodpecker sorting {pk}: the report is about another edition than the error"
    for reference in Report.objects.filter(sender=None).values_list("reference", flat=True):
        yield f"woodpecker report {reference} has no sender"
