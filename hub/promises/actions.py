"""What can be done with promises: make one, take it, keep it, drop it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.promises.models import Promise
from hub.promises.states import Outcomes


@transaction.atomic
def promise(
    *,
    hub_id: int,
    kind: str,
    subject: str,
    ref: str,
    due_at: datetime,
    owner: Any = None,
    team: str = "",
    note: str = "",
    by: Any = None,
) -> Promise:
    """Promise something; while a promise of that kind about that thing is open, a second call gives it back unchanged.

    `kind` stands in `joins.promise_kinds`, `subject` is app.model, `team` a role's name. `due_at` is computed once, by the caller's
    dated rule. The reference takes part in no lookup by hub: it is unique in the install.
    """
    now = clock.now()
    made, is_new = Promise.objects.get_or_create(
        kind=kind,
        subject_label=subject,
        subject_ref=ref,
        done_at=None,
        defaults={"hub_id": hub_id, "due_at": due_at, "owner": owner, "taken_at": now if owner else None, "team": team, "note": note, "made_at": now},
    )
    if is_new:
        _write_line(made, "promise", by, due_at=due_at.isoformat())
    return made


@transaction.atomic
def take(*, promise: Promise, by: Any) -> Promise:
    """Somebody takes it upon themselves, also from somebody else; twice by the same changes nothing. RuleBroken when it is done."""
    held = _locked(promise)
    if not held.is_open:
        raise RuleBroken.of("already_decided")
    if held.owner_id != by.pk:
        before, held.owner, held.taken_at = held.owner_id, by, clock.now()
        held.save(update_fields=["owner", "taken_at"])
        _write_line(held, "take", by, owner=[before, by.pk])
    return held


@transaction.atomic
def keep(*, promise: Promise, by: Any = None) -> Promise:
    """It is done; a second time changes nothing. RuleBroken when it was dropped."""
    return _close(_locked(promise), Outcomes.KEPT, by, "")


@transaction.atomic
def drop(*, promise: Promise, reason: str, by: Any = None) -> Promise:
    """It will not be done, for `reason`; a second time changes nothing. RuleBroken without a reason, or when it was kept."""
    if not reason.strip():
        raise RuleBroken.of("reason_missing", "reason")
    return _close(_locked(promise), Outcomes.DROPPED, by, reason.strip()[:200])


@transaction.atomic
def keep_about(*, kind: str, subject: str, ref: str, by: Any = None) -> Promise | None:
    """Keep the open promise of that kind about that thing; None when there is none."""
    held = Promise.objects.select_for_update().open().about(subject, ref).filter(kind=kind).first()
    return _close(held, Outcomes.KEPT, by, "") if held else None


@transaction.atomic
def drop_about(*, kind: str, subject: str, ref: str, reason: str, by: Any = None) -> Promise | None:
    """Drop the open promise of that kind about that thing; None when there is none."""
    held = Promise.objects.select_for_update().open().about(subject, ref).filter(kind=kind).first()
    return drop(promise=held, reason=reason, by=by) if held else None


def _locked(promise: Promise) -> Promise:
    held: Promise = Promise.objects.select_for_update().get(pk=promise.pk)
    return held


def _close(held: Promise, outcome: str, by: Any, reason: str) -> Promise:
    if not held.is_open:
        if held.outcome != outcome:
            raise RuleBroken.of("already_decided")
        return held
    held.done_at, held.outcome, held.reason = clock.now(), outcome, reason
    held.save(update_fields=["done_at", "outcome", "reason"])
    _write_line(held, "keep" if outcome == Outcomes.KEPT else "drop", by, reason=reason)
    return held


def _write_line(held: Promise, verb: str, by: Any, *, reason: str = "", **changes: Any) -> None:
    write_line(
        hub_id=held.hub_id,
        actor=by,
        verb=verb,
        subject="promises.promise",
        ref=str(held.pk),
        changes={"kind": held.kind, "about": f"{held.subject_label} {held.subject_ref}", **changes},
        reason=reason,
    )
