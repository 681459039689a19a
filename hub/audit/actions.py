"""Writing the audit: one line, in the transaction of what it tells about."""

from typing import Any

from django.conf import settings

from hub.audit.models import Line
from hub.audit.verbs import VERBS
from hub.core import clock, logs


def write_line(
    *,
    hub_id: int,
    verb: str,
    subject: str,
    ref: str = "",
    actor: Any = None,
    for_person: str = "",
    channel: str = "",
    changes: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    """One line. `subject` is app.model, `ref` the public reference; personal values in `changes` come masked.

    `actor` is the signed-in user or None (a resident without an account, or the house itself). A verb without words is a mistake of ours:
    LookupError under test and with DEBUG, and its code on the page elsewhere.
    """
    if getattr(settings, "AUDIT_VERBS_STRICT", settings.DEBUG) and verb not in VERBS:
        raise LookupError(f"{verb} has no words in hub/audit/verbs.py")
    Line.objects.create(
        hub_id=hub_id,
        at=clock.now(),
        actor=actor if actor is not None and actor.is_authenticated else None,
        for_person=for_person,
        channel=channel,
        verb=verb,
        subject_label=subject,
        subject_ref=ref,
        changes=changes or {},
        reason=reason[:200],
        request_id=logs.request_id.get(),
    )
