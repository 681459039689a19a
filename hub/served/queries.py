"""Looking rating codes up. Nothing here uses one up."""

from collections.abc import Iterable
from datetime import date

from hub.core import clock
from hub.hubs.models import Hub
from hub.served import rules
from hub.served.codes import hash_of, letters_of
from hub.served.models import RatingCode, ServiceEvent


def code_of(event: ServiceEvent | None) -> str | None:
    """The code to rate this service with, for its slip, its message or a picture a phone reads; None once it is used or has run out."""
    held = RatingCode.objects.filter(event=event, used_at=None, expires_at__gt=clock.now()).first() if event is not None else None
    return letters_of(held.event_id, held.nonce) if held else None


def code_about(subject: str, ref: str) -> str | None:
    """The code of the service that was done about one subject (app.model and its reference)."""
    held = RatingCode.objects.filter(event__subject_label=subject, event__subject_ref=ref, used_at=None, expires_at__gt=clock.now()).first()
    return letters_of(held.event_id, held.nonce) if held else None


def codes_about(subject: str, refs: Iterable[str]) -> dict[str, str]:
    """The codes about several subjects of one kind that can still be used, by their references."""
    rows = RatingCode.objects.filter(event__subject_label=subject, event__subject_ref__in=list(refs), used_at=None, expires_at__gt=clock.now())
    return {ref: letters_of(event_id, nonce) for ref, event_id, nonce in rows.values_list("event__subject_ref", "event", "nonce")}


def rated_before(subject: str, refs: Iterable[str], day: date) -> set[str]:
    """Of these references those whose code was used before that day. Not those of the day itself: the moment would lead to what was said."""
    before = clock.day_bounds(day)[0]
    rows = RatingCode.objects.filter(event__subject_label=subject, event__subject_ref__in=list(refs), used_at__lt=before)
    return set(rows.values_list("event__subject_ref", flat=True))


def code_typed(hub: Hub, typed: str) -> RatingCode | None:
    """What this hub keeps of a code, used or not, with its service; None for one it does not know or that has run out unused."""
    cleaned = rules.clean_code(typed)
    rows = RatingCode.objects.select_related("event").filter(event__hub=hub, code_hash=hash_of(cleaned)) if cleaned else RatingCode.objects.none()
    found: RatingCode | None = rows.first()
    return found if found and (found.used_at or found.expires_at > clock.now()) else None
