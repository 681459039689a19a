"""Who is never sent to whom."""

from typing import Any

from django.db import transaction

from bookings.dispatch.models import KeptApart, Provider
from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.people.models import Resident

SUBJECT = "dispatch.keptapart"


@transaction.atomic
def keep_apart(*, provider: Provider, resident: Resident, reason: str, by: Any) -> KeptApart:
    """Never send this helper to that resident; again, nothing happens. RuleBroken without a reason."""
    if not reason.strip():
        raise RuleBroken.of("reason_missing", "reason")
    if provider.hub_id != resident.hub_id:
        raise RuleBroken.of("offer_helper_unknown", "provider")
    values = {"hub_id": provider.hub_id, "reason": reason.strip()[:200], "by": by, "made_at": clock.now()}
    pair, is_new = KeptApart.objects.get_or_create(provider=provider, resident=resident, defaults=values)
    if is_new:
        _write(pair, "keep_apart", by)
    return pair


@transaction.atomic
def let_together(*, pair: KeptApart, by: Any) -> None:
    """They may meet again; again, nothing happens."""
    held = KeptApart.objects.select_for_update().filter(pk=pair.pk).first()
    if held is not None:
        _write(held, "let_together", by)
        held.delete()


def _write(pair: KeptApart, verb: str, by: Any) -> None:
    changes = {"provider": pair.provider_id}
    write_line(hub_id=pair.hub_id, actor=by, verb=verb, subject=SUBJECT, ref=str(pair.pk), for_person=str(pair.resident_id), changes=changes)
