"""Writing the ledger, and using a rating code."""

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.served import rules
from hub.served.models import RatingCode, ServiceEvent


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

    The code is given here and never again, only its hash is kept. `post` is one of `states.Posts`, `what` a few words in Chinese. `done_by` is
    who did it, where that is not `by`, who writes it down; `started_at` tells how long it took.
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
def use_code(*, code: str) -> ServiceEvent:
    """Use up a rating code and give what it rates. The caller writes its rating in the same transaction.

    RuleBroken `code_unknown` (also for a code that has run out) or `code_used`: of two at once only one goes through.
    """
    cleaned = rules.clean_code(code)
    held = RatingCode.objects.select_for_update(of=("self",)).select_related("event").filter(code_hash=hash_of(cleaned)).first() if cleaned else None
    now = clock.now()
    if held is None or held.expires_at <= now:
        raise RuleBroken.of("code_unknown", "code")
    # The condition stands in the UPDATE as well: it decides alone where a database has no row locks.
    if not RatingCode.objects.filter(pk=held.pk, used_at=None).update(used_at=now):
        raise RuleBroken.of("code_used", "code")
    return held.event


def hash_of(code: str) -> str:
    """The keyed hash under which a code is kept."""
    return salted_hmac("served.rating_code", code, secret=settings.INDEX_KEY, algorithm="sha256").hexdigest()


def _issue_code(event: ServiceEvent) -> str:
    code = "".join(secrets.choice(rules.LETTERS) for _each in range(rules.CODE_LENGTH))
    RatingCode.objects.create(event=event, code_hash=hash_of(code), expires_at=event.recorded_at + rules.VALID_FOR)
    return code
