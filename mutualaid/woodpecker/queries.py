"""What pages ask about editions, reports and errors."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hub.closings.models import Closing
from hub.core import clock
from hub.core.wording import is_chinese
from hub.hubs.models import Hub
from hub.people.queries import people_user_may_act_for
from mutualaid.woodpecker import rules
from mutualaid.woodpecker.models import Award, CanonicalError, Credit, Edition, Grouping, Judgement, PastWinner, Report
from mutualaid.woodpecker.states import Stages, Standings, Statuses, Verdicts

KIND = "woodpecker.edition"
MOST_ALIKE = 5


# --- editions -------------------------------------------------------------------------------------------------------
def running_editions(hub: Hub) -> list[Edition]:
    """Which take reports now, the first to close before the others."""
    return list(Edition.objects.at(hub).running(clock.today()).select_related("newspaper", "hub").prefetch_related("prizes"))


def stages_of(editions: Iterable[Edition]) -> dict[int, str]:
    """Where each stands."""
    rows = list(editions)
    closed = set(Closing.objects.standing().filter(kind=KIND, period__in=[row.key for row in rows]).values_list("period", flat=True))
    today = clock.today()
    return {row.pk: Stages.CLOSED if row.key in closed else stage_on(row, today) for row in rows}


def stage_on(edition: Edition, today: Any) -> str:
    """By its dates alone."""
    if today < edition.issued_on:
        return Stages.COMING
    return Stages.RUNNING if today <= edition.deadline_on else Stages.JUDGING


def last_closing(edition: Edition) -> Closing | None:
    """The newest frozen result, whether it still stands or was opened again."""
    found: Closing | None = Closing.objects.at(edition.hub).of(KIND, edition.key).select_related("reopening").last()
    return found


def closed_editions(hub: Hub, most: int = 12) -> list[tuple[Edition, Closing]]:
    """Those with a frozen result that stands, the latest first."""
    closings = {row.period: row for row in Closing.objects.at(hub).standing().filter(kind=KIND)}
    rows = Edition.objects.at(hub).filter(key__in=closings).select_related("newspaper").order_by("-issued_on", "-pk")[:most]
    return [(row, closings[row.key]) for row in rows]


def judging_editions(hub: Hub) -> list[Edition]:
    """Those whose deadline is over and that are not closed, the oldest first."""
    closed = Closing.objects.at(hub).standing().filter(kind=KIND).values("period")
    rows = Edition.objects.at(hub).filter(deadline_on__lt=clock.today()).exclude(key__in=closed)
    return list(rows.select_related("newspaper", "hub").order_by("deadline_on", "pk"))


# --- reports --------------------------------------------------------------------------------------------------------
def with_standing(rows: Any) -> Any:
    """Each with what the slip says: `error_verdict`, `error_status`, `is_credited`, `is_judged`."""
    grouping = Grouping.objects.filter(report=OuterRef("pk"), ended_at=None)
    return rows.annotate(
        error_verdict=grouping.values("error__verdict")[:1], error_status=grouping.values("error__status")[:1],
        is_grouped=Exists(grouping), is_credited=Exists(Credit.objects.standing().filter(report=OuterRef("pk"))),
        is_judged=Exists(Judgement.objects.filter(report=OuterRef("pk"), ended_at=None)),
    )  # fmt: skip


def standing_of_report(report: Any) -> Standings:
    """What its sender reads; nothing of an error that the reviewers still work on."""
    if report.is_judged:
        return Standings.NO_ERROR
    if report.error_status != Statuses.SETTLED:
        return Standings.WAITING
    if report.error_verdict != Verdicts.VALID:
        return Standings.NO_ERROR
    return Standings.CREDITED if report.is_credited else Standings.THANKED


def raw_reports(edition: Edition) -> "QuerySet[Report]":
    """Reports that nobody has sorted yet: under no error, and not judged by themselves."""
    is_grouped = Exists(Grouping.objects.filter(report=OuterRef("pk"), ended_at=None))
    is_judged = Exists(Judgement.objects.filter(report=OuterRef("pk"), ended_at=None))
    return Report.objects.filter(~is_grouped, ~is_judged, edition=edition).order_by("page", "title", "received_at", "pk")


def reports_of_person(user: Any, hub: Hub) -> Any:
    """Reports of this account and those it may act for, the latest first."""
    people = people_user_may_act_for(user, hub).values("pk")
    rows = Report.objects.at(hub).filter(sender__for_person__in=people).select_related("edition__newspaper", "sender")
    return with_standing(rows).order_by("-received_at", "-pk")


# --- what is alike --------------------------------------------------------------------------------------------------
def reports_like(edition: Edition, page: int, title: str, wrong: str, *, but: int | None = None) -> list[Report]:
    """Reports of the same edition most like these words, the likest first."""
    rows = Report.objects.filter(edition=edition).exclude(pk=but).order_by().values_list("pk", "page", "title", "wrong")
    found = rules.most_alike(rules.Asked.of(page, title, wrong), rows, MOST_ALIKE)
    reports = Report.objects.in_bulk([pk for pk, _much in found])
    return [reports[pk] for pk, _much in found]


def errors_like(edition: Edition, report: Report) -> list[CanonicalError]:
    """Errors to which a raw report most likely belongs, by their own words and by those of the reports under them."""
    asked = rules.Asked.of(report.page, report.title, report.wrong)
    standing = CanonicalError.objects.standing().filter(edition=edition)
    rows = list(standing.order_by().values_list("pk", "page", "title", "what"))
    grouped = Grouping.objects.filter(ended_at=None, report__edition=edition).order_by()
    rows += list(grouped.values_list("error_id", "report__page", "report__title", "report__wrong"))
    best: dict[int, float] = {}
    for pk, much in rules.most_alike(asked, rows, rules.LOOKED_AT_CLOSELY):
        best[pk] = max(much, best.get(pk, 0))
    first = sorted(best, key=lambda pk: (-best[pk], pk))[:MOST_ALIKE]
    errors = standing.select_related("kind").in_bulk(first)
    return [errors[pk] for pk in first]


def with_counts(errors: Any) -> Any:
    """Each with how many reports stand under it."""
    return errors.annotate(reports_count=Count("groupings", filter=Q(groupings__ended_at=None)))


# --- winners by year ------------------------------------------------------------------------------------------------
def standings(hub: Hub, year: int) -> list[tuple[str, list[tuple[str, int]]]]:
    """Of one year who won what how often, by prize: from the frozen editions and from the lists of earlier years. Names as they were printed."""
    found: dict[str, dict[str, int]] = {}
    order: list[str] = []
    keys = Closing.objects.at(hub).standing().filter(kind=KIND).values("period")
    awards = Award.objects.at(hub).standing().filter(edition__key__in=keys, edition__issued_on__year=year)
    named = awards.order_by("prize__rank", "pk").values_list("prize__name_zh", "prize__name_en", "name")
    rows = [(zh if is_chinese() else en or zh, name) for zh, en, name in named]
    rows += list(PastWinner.objects.at(hub).filter(year=year).order_by("pk").values_list("prize_name", "name"))
    for prize, name in rows:
        order.append(prize)
        found.setdefault(prize, {})[name] = found.get(prize, {}).get(name, 0) + 1
    return [(prize, sorted(found[prize].items(), key=lambda row: (-row[1], row[0]))) for prize in dict.fromkeys(order)]


def years(hub: Hub) -> list[int]:
    """Which years have winners, the latest first."""
    keys = Closing.objects.at(hub).standing().filter(kind=KIND).values("period")
    found = set(Edition.objects.at(hub).filter(key__in=keys).values_list("issued_on__year", flat=True))
    return sorted(found | set(PastWinner.objects.at(hub).values_list("year", flat=True)), reverse=True)


# --- the director's figures -----------------------------------------------------------------------------------------
def count_reports(hub: Hub, start: datetime, end: datetime) -> int:
    """Reports received in [start, end)."""
    return Report.objects.at(hub).filter(received_at__gte=start, received_at__lt=end).count()


def count_valid(hub: Hub, start: datetime, end: datetime) -> int:
    """Errors that were recognised in [start, end)."""
    return CanonicalError.objects.at(hub).valid().filter(decided_at__gte=start, decided_at__lt=end).count()


def count_unclaimed(hub: Hub, start: datetime, end: datetime) -> int:
    """Prizes awarded in [start, end) that nobody has come for."""
    return Award.objects.at(hub).unclaimed().filter(awarded_at__gte=start, awarded_at__lt=end).count()


# --- what a sender is told on the slip ------------------------------------------------------------------------------
def reply_to(report: Any) -> str:
    """The reviewers' words to the sender, once they are done."""
    if report.is_judged:
        row = Judgement.objects.filter(report=report, ended_at=None).first()
        return row.reply or str(row.get_reason_code_display()) if row else ""
    if report.error_status != Statuses.SETTLED:
        return ""
    error = CanonicalError.objects.filter(groupings__report=report, groupings__ended_at=None).first()
    return (error.reply or str(error.get_reason_code_display() if error.reason_code else "")) if error else ""


def editions_of_month(hub: Hub, month: Any, *, with_earlier: bool) -> list[Edition]:
    """Whose deadline day lies in the month (its first day); with earlier ones that are still open. The oldest first."""
    rows = Edition.objects.at(hub).select_related("newspaper", "hub").order_by("deadline_on", "pk")
    found = list(rows.filter(deadline_on__year=month.year, deadline_on__month=month.month))
    earlier = [row for row in judging_editions(hub) if row.deadline_on < month] if with_earlier else []
    return [*earlier, *found]


def unclaimed_prizes(hub: Hub) -> Any:
    """Of closed editions, those nobody has come for; the first to lapse first."""
    closed = Closing.objects.at(hub).standing().filter(kind=KIND).values("period")
    rows = Award.objects.at(hub).unclaimed().filter(edition__key__in=closed).select_related("prize", "edition__newspaper")
    return rows.order_by("claim_by", "pk")
