"""Writing the ledger, and using a rating code."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.joins import Rating, rating_takers
from hub.served import rules
from hub.served.codes import hash_of, letters_of
from hub.served.models import RatingCode, ServiceEvent

__all__ = ["hash_of", "rate_service", "record_service", "use_code"]


@transaction.atomic
def record_service(
    *,
    hub_id: int,
    post: str,
    what: str,
    subject: str,
    ref: str,
    happened_at: datetime,
    for_person_id: int | None = None,
    organisation_id: int | None = None,
    by: Any = None,
    done_by: Any = None,
    started_at: datetime | None = None,
) -> tuple[ServiceEvent, str | None]:
    """Write that something was done, with the code to rate it. Of one subject once: a second call gives the first row and no code.

    Only a keyed hash of the code is kept; `queries.code_of` gives it again as long as it can be used. `post` is one of `states.Posts`, `what` a few
    words in Chinese. `done_by` is who did it, where that is not `by`, who writes it down; `started_at` tells how long it took.
    """
    event, is_new = ServiceEvent.objects.get_or_create(
        subject_label=subject,
        subject_ref=ref,
        defaults={
            "hub_id": hub_id,
            "post": post,
            "what": what,
            "started_at": started_at,
            "happened_at": happened_at,
            "for_person_id": for_person_id,
            "organisation_id": organisation_id,
            "by": done_by or by,
            "recorded_at": clock.now(),
        },
    )
    if not is_new:
        return event, None
    changes = {"post": post, "about": f"{subject} {ref}"}
    write_line(hub_id=hub_id, actor=by, verb="record_service", subject="served.serviceevent", ref=str(event.pk), changes=changes)
    return event, _issue_code(event)


@transaction.atomic
def use_code(*, code: str, hub_id: int | None = None) -> ServiceEvent:
    """Use up a rating code (of this hub) and give what it rates. The caller writes its rating in the same transaction.

    RuleBroken `code_unknown` (also for a code that has run out) or `code_used`: of two at once only one goes through.
    """
    cleaned = rules.clean_code(code)
    held = locked_code(hash_of(cleaned)) if cleaned else None
    now = clock.now()
    if held is None or held.expires_at <= now or hub_id not in {None, held.event.hub_id}:
        raise RuleBroken.of("code_unknown", "code")
    if not use_up(held, now):
        raise RuleBroken.of("code_used", "code")
    return held.event


def locked_code(code_hash: str) -> RatingCode | None:
    """The code kept under this hash, locked, with its service."""
    return RatingCode.objects.select_for_update(of=("self",)).select_related("event__for_person").filter(code_hash=code_hash).first()


def use_up(held: RatingCode, now: datetime) -> bool:
    """Whether it was still to be used. The condition stands in the UPDATE as well: it decides alone where a database has no row locks.

    The day alone is kept: the very moment would lead from a service to what was said about it.
    """
    return bool(RatingCode.objects.filter(pk=held.pk, used_at=None).update(used_at=clock.day_bounds(clock.local(now).date())[0]))


@transaction.atomic
def rate_service(*, subject: str, ref: str, rating: Rating) -> ServiceEvent | None:
    """A domain was told on its own slip what somebody thinks: the service's code is used up, and whoever takes ratings is told. Nobody is asked twice.

    None when there is no such service, or when its code was used or has run out: then nobody is told.
    """
    rows = RatingCode.objects.select_for_update(of=("self",)).select_related("event__for_person")
    found = rows.filter(event__subject_label=subject, event__subject_ref=ref).first()
    now = clock.now()
    if found is None or found.expires_at <= now or not use_up(found, now):
        return None
    for taker in rating_takers:
        taker.take(found.event, rating)
    return found.event


def _issue_code(event: ServiceEvent) -> str:
    nonce = secrets.token_hex(16)
    code = letters_of(event.pk, nonce)
    RatingCode.objects.create(event=event, nonce=nonce, code_hash=hash_of(code), expires_at=event.recorded_at + rules.VALID_FOR)
    return code
