"""Closing a month or an edition, and opening it again. A domain calls these inside its own action, after it has locked and computed."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from hub.audit.actions import write_line
from hub.closings.models import Closing, Reopening
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.hubs.models import Hub


@transaction.atomic
def close(*, hub: Any, kind: str, period: str, result: Any, by: Any = None) -> Closing:
    """Freeze `result` (plain data) as what `kind` found for `period`. While it stands closed, a second call gives the first closing back.

    The hub's row is locked meanwhile, so that two who close at once get one closing; the version in the unique key holds where that lock is not.
    """
    hold(hub)
    versions: list[Closing] = list(Closing.objects.at(hub).of(kind, period).select_related("reopening"))
    if versions and standing(versions[-1]):
        return versions[-1]
    closing = Closing.objects.create(
        hub=hub,
        kind=kind,
        period=period,
        version=len(versions) + 1,
        result=result,
        closed_at=clock.now(),
        closed_by=by if by is not None and by.is_authenticated else None,
    )
    _note(closing, "close", by)
    return closing


@transaction.atomic
def reopen(*, closing: Closing, reason: str, by: Any) -> Closing:
    """Open it again, for a reason everybody reads; the frozen result stays. RuleBroken without a reason, or when it is open already."""
    hold(closing.hub)
    if not reason.strip():
        raise RuleBroken.of("closing_reason_missing", "reason")
    if not standing(closing):
        raise RuleBroken.of("closing_open_already")
    Reopening.objects.create(closing=closing, reason=reason.strip()[:200], at=clock.now(), by=by)
    _note(closing, "reopen", by, reason=reason.strip())
    return closing


def standing(closing: Closing) -> bool:
    """Whether nobody has opened it again."""
    return not Reopening.objects.filter(closing=closing).exists()


def standing_of(*, hub: Any, kind: str, period: str) -> Closing | None:
    """The closing that holds now; None while the month or edition is open."""
    found: Closing | None = Closing.objects.at(hub).standing().of(kind, period).last()
    return found


def refuse_closed(*, hub: Any, kind: str, periods: Iterable[str]) -> None:
    """RuleBroken when one of these months or editions stands closed. Asked inside an action that changes what a closing counts: from here to the
    end of its transaction nobody closes anything at this hub, so that nothing slips in behind a count."""
    hold(hub)
    if Closing.objects.at(hub).standing().filter(kind=kind, period__in=list(periods)).exists():
        raise RuleBroken.of("closing_stands")


def hold(hub: Any) -> None:
    """Until this transaction ends nobody else closes or opens anything at this hub. Without the key: rows that point at it are still written."""
    Hub.objects.select_for_update(no_key=True).get(pk=hub.pk)


def _note(closing: Closing, verb: str, by: Any, reason: str = "") -> None:
    changes = {"kind": closing.kind, "period": closing.period, "version": closing.version}
    write_line(hub_id=closing.hub_id, actor=by, verb=verb, subject="closings.closing", ref=str(closing.pk), changes=changes, reason=reason)
