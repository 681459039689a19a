"""The panel's work: which entries a reviewer still has to score, and what the scores come to. Blind: nothing here carries a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch

from mutualaid.woodpecker import rules
from mutualaid.woodpecker.models import Credit, Edition, Score
from mutualaid.woodpecker.relatives import readers_close_to, readers_who_win_nothing


@dataclass(frozen=True, slots=True)
class Entry:
    """A credited correction of somebody who can win."""

    credit: Credit
    reader: int
    points: tuple[int, ...]
    scored_by: frozenset[int]

    @property
    def as_rule(self) -> rules.Correction:
        kind = self.credit.error.kind
        return rules.Correction(self.points, kind.weight if kind else 1, bool(kind and kind.is_light))


def entries_of(edition: Edition) -> list[Entry]:
    """Every correction that can win something, in the order it was credited."""
    out = readers_who_win_nothing(edition)
    return [entry for entry in _all_entries(edition) if entry.reader not in out]


def _all_entries(edition: Edition) -> list[Entry]:
    rows = Credit.objects.standing().filter(error__edition=edition).select_related("error__kind", "report__sender")
    rows = rows.prefetch_related(Prefetch("scores", queryset=Score.objects.order_by("pk"))).order_by("pk")
    return [
        Entry(row, row.report.sender.reader_id, tuple(score.points for score in row.scores.all()), frozenset(score.reviewer_id for score in row.scores.all()))
        for row in rows
    ]


def to_score(edition: Edition, reviewer: Any) -> list[Entry]:
    """What this reviewer has not scored, without what their family or household sent; nothing for who is not of the panel."""
    if not edition.reviewers.filter(pk=reviewer.pk).exists():
        return []
    close = readers_close_to(reviewer, edition.hub)
    return [entry for entry in entries_of(edition) if reviewer.pk not in entry.scored_by and entry.reader not in close]


@dataclass(frozen=True, slots=True)
class Unscored:
    """What is still missing: scores that somebody of the panel can give, and entries that nobody of the panel may score."""

    missing: int
    nobody: int


def unscored(edition: Edition) -> Unscored:
    """Over the whole panel."""
    panel = list(edition.reviewers.order_by("pk"))
    close = {reviewer.pk: readers_close_to(reviewer, edition.hub) for reviewer in panel}
    missing = nobody = 0
    for entry in entries_of(edition):
        may = [pk for pk in close if entry.reader not in close[pk]]
        nobody += not may and not entry.points
        missing += sum(pk not in entry.scored_by for pk in may)
    return Unscored(missing, nobody)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A reader in the order of prizes."""

    reader: int
    mark: Fraction
    corrections_count: int
    first_at: datetime


def ranking(edition: Edition) -> list[Ranked]:
    """Everybody who can win, the best first."""
    entrants = rules.rank(_entrants(entries_of(edition)), edition.light_most)
    return [Ranked(row.reader, rules.mark(row.corrections, edition.light_most), len(row.corrections), row.first_at) for row in entrants]


def _entrants(entries: Iterable[Entry]) -> list[rules.Entrant]:
    rows = list(entries)
    firsts: dict[int, tuple[datetime, int]] = {}
    for entry in rows:
        this = entry.credit.report.received_at, entry.credit.report_id
        firsts[entry.reader] = min(this, firsts.get(entry.reader, this))
    corrections = rules.by_group((entry.reader, entry.as_rule) for entry in rows)
    return [rules.Entrant(reader, each, *firsts[reader]) for reader, each in corrections.items()]
