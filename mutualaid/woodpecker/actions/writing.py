"""What every change in an edition shares: its lock, whether it is still open, the audit line."""

from typing import Any

from hub.audit.actions import write_line
from hub.closings.actions import standing_of
from hub.core.errors import RuleBroken
from mutualaid.woodpecker.models import CanonicalError, Edition

REPORT, ERROR, EDITION, AWARD = "woodpecker.report", "woodpecker.canonicalerror", "woodpecker.edition", "woodpecker.award"
CREDIT = "woodpecker.credit"  # what the contribution book calls it
KIND = "woodpecker.edition"  # of closing


def locked_edition(pk: int) -> Edition:
    """The edition as it stands now; whoever changes anything about its reports, errors or prizes locks it first."""
    found: Edition = Edition.objects.select_for_update(of=("self",)).select_related("newspaper", "hub__site").get(pk=pk)
    return found


def is_closed(edition: Edition) -> bool:
    """Whether its result is frozen."""
    return standing_of(hub=edition.hub, kind=KIND, period=edition.key) is not None


def open_edition(pk: int) -> Edition:
    """Locked, and RuleBroken when its result is frozen."""
    held = locked_edition(pk)
    if is_closed(held):
        raise RuleBroken.of("woodpecker_closed")
    return held


def seen(error: CanonicalError, version: int | None) -> CanonicalError:
    """The error as it stands now; RuleBroken when somebody has changed it since `version` was shown (None: that is not asked)."""
    held: CanonicalError = CanonicalError.objects.select_for_update(of=("self",)).get(pk=error.pk)
    if held.dissolved_at is not None or (version is not None and held.version != version):
        raise RuleBroken.of("woodpecker_stale")
    return held


def touch(error: CanonicalError, *fields: str) -> None:
    """Save these fields, and let those who have it on their screens know."""
    error.version += 1
    error.save(update_fields=["version", *fields])


def user_of(by: Any) -> Any:
    """Somebody signed in, or None."""
    return by if by is not None and by.is_authenticated else None


def note(subject: str, row: Any, verb: str, by: Any, *, hub_id: int, ref: str = "", reason: str = "", channel: str = "", **changes: Any) -> None:
    """One audit line."""
    write_line(hub_id=hub_id, actor=user_of(by), verb=verb, subject=subject, ref=ref or str(row.pk), reason=reason, channel=channel, changes=changes)
