"""What the reviewers think: of an error, and of a report by itself. Nobody judges what they or their family sent."""

from typing import Any

from django.db import IntegrityError, transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from mutualaid.woodpecker.actions.credits import recompute_credit
from mutualaid.woodpecker.actions.writing import ERROR, REPORT, note, open_edition, seen, touch, user_of
from mutualaid.woodpecker.models import CanonicalError, Edition, ErrorKind, Grouping, Judgement, Report
from mutualaid.woodpecker.relatives import readers_close_to
from mutualaid.woodpecker.states import DECIDED, Reasons, Statuses, Verdicts
from mutualaid.woodpecker.texts import tell_judged, tell_outcomes


@transaction.atomic
def decide(
    *, error: CanonicalError, verdict: str, kind: ErrorKind | None = None, reason_code: str = "", reply: str = "", is_settled: bool = True,
    version: int | None = None, by: Any,
) -> CanonicalError:  # fmt: skip
    """An error or none; once settled, everybody under it is told. The very same again changes nothing."""
    edition = open_edition(error.edition_id)
    held = CanonicalError.objects.get(pk=error.pk)
    asked = (verdict, kind.pk if kind else None, reason_code if verdict == Verdicts.INVALID else "", reply.strip()[:300])
    if held.status == Statuses.SETTLED and is_settled and asked == (held.verdict, held.kind_id, held.reason_code, held.reply):
        return held
    held = seen(error, version)
    refuse_own(edition, held, by)
    refuse_undecided(held, verdict, kind, reason_code, is_settled)
    held.verdict, held.kind, held.reason_code, held.reply = Verdicts(verdict), kind, asked[2], asked[3]
    held.decided_by, held.decided_at = (user_of(by), clock.now()) if verdict in DECIDED else (None, None)
    held.status = Statuses.SETTLED if is_settled else Statuses.OPEN
    touch(held, "verdict", "kind", "reason_code", "reply", "decided_by", "decided_at", "status")
    note(ERROR, held, "decide", by, hub_id=held.hub_id, verdict=str(verdict), reason=held.reason_code, settled=is_settled)
    recompute_credit(held, edition, by)
    if is_settled:
        tell_outcomes(held, edition)
    return held


def refuse_own(edition: Edition, error: CanonicalError, by: Any) -> None:
    """Not where oneself, one's family or one's household has sent something."""
    close = readers_close_to(by, edition.hub)
    if close and Grouping.objects.filter(error=error, ended_at=None, report__sender__reader__in=close).exists():
        raise RuleBroken.of("woodpecker_own")


def refuse_undecided(error: CanonicalError, verdict: str, kind: ErrorKind | None, reason_code: str, is_settled: bool) -> None:
    """A settled error has a verdict, an error a kind of this house, no error a reason."""
    if verdict not in Verdicts.values or (is_settled and verdict == Verdicts.UNDECIDED):
        raise RuleBroken.of("woodpecker_verdict_missing", "verdict")
    if verdict == Verdicts.VALID and (kind is None or kind.hub_id != error.hub_id):
        raise RuleBroken.of("woodpecker_kind_missing", "kind")
    if verdict == Verdicts.INVALID and reason_code not in Reasons.values:
        raise RuleBroken.of("woodpecker_reason_missing", "reason_code")


@transaction.atomic
def open_again(*, error: CanonicalError, version: int | None = None, by: Any) -> CanonicalError:
    """Take a settled error into work again; the verdict stands until another is given."""
    open_edition(error.edition_id)
    held = seen(error, version)
    if held.status == Statuses.SETTLED:
        held.status = Statuses.OPEN
        touch(held, "status")
        note(ERROR, held, "open_again", by, hub_id=held.hub_id)
    return held


def judge_report(*, report: Report, reason_code: str, reply: str = "", by: Any) -> Judgement:
    """A report is none, whatever becomes of the error it stands under; if it was credited, the next takes its place. Again, nothing happens."""
    try:
        return _judge(report, reason_code, reply.strip()[:300], by)
    except IntegrityError:
        found: Judgement | None = Judgement.objects.filter(report=report, ended_at=None).first()
        if found is None:
            raise
        return found


@transaction.atomic
def _judge(report: Report, reason_code: str, reply: str, by: Any) -> Judgement:
    edition = open_edition(report.edition_id)
    found: Judgement | None = Judgement.objects.filter(report=report, ended_at=None).first()
    if found is not None:
        return found
    if reason_code not in Reasons.values:
        raise RuleBroken.of("woodpecker_reason_missing", "reason_code")
    if report.sender.reader_id in readers_close_to(by, edition.hub):
        raise RuleBroken.of("woodpecker_own")
    made: Judgement = Judgement.objects.create(report=report, reason_code=reason_code, reply=reply, by=user_of(by), at=clock.now())
    note(REPORT, report, "judge_report", by, hub_id=report.hub_id, ref=report.reference, reason=reason_code)
    tell_judged(made, report, edition)
    _credit_follows(report, edition, by)
    return made


@transaction.atomic
def unjudge_report(*, report: Report, by: Any) -> None:
    """It was one after all. Again, nothing happens."""
    edition = open_edition(report.edition_id)
    row = Judgement.objects.select_for_update().filter(report=report, ended_at=None).first()
    if row is None:
        return
    row.ended_at, row.ended_by = clock.now(), user_of(by)
    row.save(update_fields=["ended_at", "ended_by"])
    note(REPORT, report, "unjudge_report", by, hub_id=report.hub_id, ref=report.reference)
    _credit_follows(report, edition, by)


def _credit_follows(report: Report, edition: Edition, by: Any) -> None:
    """The error it stands under, if any, is credited anew."""
    row = Grouping.objects.filter(report=report, ended_at=None).select_related("error").first()
    if row is not None:
        touch(row.error)
        recompute_credit(row.error, edition, by)
        if row.error.status == Statuses.SETTLED:
            tell_outcomes(row.error, edition)
