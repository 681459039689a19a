"""Putting raw reports together under one error, and taking them apart again. Everything locks the edition first."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from mutualaid.woodpecker import rules
from mutualaid.woodpecker.actions.credits import recompute_credit
from mutualaid.woodpecker.actions.writing import ERROR, note, open_edition, seen, touch, user_of
from mutualaid.woodpecker.models import CanonicalError, Edition, ErrorKind, Grouping, Judgement, Report
from mutualaid.woodpecker.states import Statuses
from mutualaid.woodpecker.texts import tell_outcomes


def make_error(
    *, edition: Edition, reports: Sequence[Report], page: int, title: str, what: str, right: str = "", kind: ErrorKind | None = None, by: Any
) -> CanonicalError:
    """A new error with these reports under it. RuleBroken when one of them was sorted in the meantime, or says nothing."""
    try:
        return _make(edition, reports, page, title.strip(), what.strip(), right.strip(), kind, by)
    except IntegrityError as error:
        raise _sorted_already(error) from None


@transaction.atomic
def _make(edition: Edition, reports: Sequence[Report], page: int, title: str, what: str, right: str, kind: ErrorKind | None, by: Any) -> CanonicalError:
    held = open_edition(edition.pk)
    if not reports:
        raise RuleBroken.of("woodpecker_nothing_chosen", "reports")
    if refused := rules.page_refusal(page, held.pages_count):
        raise RuleBroken(refused)
    if not title or not what:
        raise RuleBroken.of("woodpecker_wrong_missing" if title else "woodpecker_title_missing", "what" if title else "title")
    refuse_what_is_sorted(held, reports)
    made: CanonicalError = CanonicalError.objects.create(
        hub_id=held.hub_id, edition=held, page=page, title=title[:60], what=what[:300], right=right[:300], kind=kind, created_at=clock.now()
    )
    _put(made, reports, by)
    note(ERROR, made, "make_error", by, hub_id=held.hub_id, reports=[report.reference for report in reports])
    return made


def group(*, error: CanonicalError, reports: Sequence[Report], version: int | None = None, by: Any) -> CanonicalError:
    """Put these reports under an error that is there; who comes too late to be first is thanked. Those that stand there already stay."""
    try:
        return _group(error, reports, version, by)
    except IntegrityError as refused:
        raise _sorted_already(refused) from None


@transaction.atomic
def _group(error: CanonicalError, reports: Sequence[Report], version: int | None, by: Any) -> CanonicalError:
    edition = open_edition(error.edition_id)
    there = set(Grouping.objects.filter(error=error, ended_at=None).values_list("report_id", flat=True))
    new = [report for report in reports if report.pk not in there]
    if reports and not new:
        return seen(error, None)
    held = seen(error, version)
    if not reports:
        raise RuleBroken.of("woodpecker_nothing_chosen", "reports")
    refuse_what_is_sorted(edition, new)
    _put(held, new, by)
    touch(held)
    note(ERROR, held, "group", by, hub_id=held.hub_id, reports=[report.reference for report in new])
    _settle_anew(edition, held, by)
    return held


def refuse_what_is_sorted(edition: Edition, reports: Sequence[Report]) -> None:
    """Somebody was quicker, or a report is of another edition."""
    if any(report.edition_id != edition.pk for report in reports):
        raise RuleBroken.of("woodpecker_other_edition", "reports")
    is_sorted = Grouping.objects.filter(report__in=reports, ended_at=None).exists() or Judgement.objects.filter(report__in=reports, ended_at=None).exists()
    if is_sorted:
        raise RuleBroken.of("woodpecker_sorted", "reports")


def _put(error: CanonicalError, reports: Sequence[Report], by: Any) -> None:
    now, user = clock.now(), user_of(by)
    Grouping.objects.bulk_create(Grouping(report=report, error=error, by=user, at=now) for report in reports)


def _sorted_already(error: IntegrityError) -> Exception:
    """The guard's own word as a sentence; any other error as it is."""
    return RuleBroken.of("woodpecker_sorted", "reports") if "report_under_one_error" in str(error) or "report_id" in str(error) else error


def _settle_anew(edition: Edition, error: CanonicalError, by: Any) -> None:
    """Credit follows, and of a settled error whoever is new is told."""
    recompute_credit(error, edition, by)
    if error.status == Statuses.SETTLED:
        tell_outcomes(error, edition)


@transaction.atomic
def ungroup(*, report: Report, version: int | None = None, by: Any) -> CanonicalError:
    """Take a report out again; it is raw as it was. An error that has lost its last report is dissolved."""
    edition = open_edition(report.edition_id)
    row = Grouping.objects.select_for_update(of=("self",)).filter(report=report, ended_at=None).select_related("error").first()
    if row is None:
        raise RuleBroken.of("woodpecker_sorted", "reports")
    held = seen(row.error, version)
    row.ended_at, row.ended_by = clock.now(), user_of(by)
    row.save(update_fields=["ended_at", "ended_by"])
    is_empty = not Grouping.objects.filter(error=held, ended_at=None).exists()
    if is_empty:
        held.dissolved_at = clock.now()
    touch(held, "dissolved_at")
    note(ERROR, held, "ungroup", by, hub_id=held.hub_id, report=report.reference, dissolved=is_empty)
    _settle_anew(edition, held, by)
    return held
