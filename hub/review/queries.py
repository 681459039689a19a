"""The month's work as the domains joined it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hub.closings.models import Closing
from hub.core.joins import ClosingKind, ReviewPart, ReviewStep, closing_kinds, review_parts
from hub.hubs.models import Hub

SHOWN = 12  # closings of a part, the latest first


@dataclass(frozen=True, slots=True)
class Closed:
    """One version of a closed month or edition."""

    closing: Closing
    kind: ClosingKind

    @property
    def period(self) -> str:
        return self.kind.period_words(self.closing)

    @property
    def url(self) -> str:
        return self.kind.url(self.closing)

    @property
    def reopening(self) -> Any:
        """Who opened it again; None while it stands."""
        return getattr(self.closing, "reopening", None)

    def can_be_reopened_by(self, user: Any) -> bool:
        """Whether it stands, is opened here, and by this user."""
        may = self.kind.may_reopen
        return self.reopening is None and self.kind.reopen is not None and may is not None and may(user)

    def reopen(self, reason: str, by: Any) -> None:
        """As the domain does it. RuleBroken as its action says."""
        assert self.kind.reopen is not None  # noqa: S101  asked in can_be_reopened_by
        self.kind.reopen(self.closing, reason, by)


@dataclass(frozen=True, slots=True)
class Part:
    """One part with its steps and what was closed in it."""

    part: ReviewPart
    steps: list[ReviewStep]
    closed: list[Closed]

    @property
    def left(self) -> int:
        return sum(step.left for step in self.steps)


def parts_of(hub: Hub, month: date, user: Any) -> list[Part]:
    """What this user sees of the month, in the order in which it is done."""
    shown = [part for part in review_parts if part.may(user)]
    closed = closed_of(hub, {kind for part in shown for kind in part.closings})
    return [Part(part, list(part.steps(hub, month, user)), [row for row in closed if row.kind.name in part.closings][:SHOWN]) for part in shown]


def next_step(parts: Iterable[Part]) -> ReviewStep | None:
    """The first that is not done and need not wait."""
    return next((step for part in parts for step in part.steps if step.left and not step.waits), None)


def closed_of(hub: Hub, kinds: set[str]) -> list[Closed]:
    """Every closing of these kinds, the latest first."""
    rows = Closing.objects.at(hub).filter(kind__in=kinds).select_related("reopening__by", "closed_by").order_by("-closed_at", "-id")
    return [Closed(row, closing_kinds[row.kind]) for row in rows[: SHOWN * max(len(kinds), 1)] if row.kind in closing_kinds]
