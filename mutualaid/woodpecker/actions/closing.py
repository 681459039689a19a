"""Closing an edition: its result is frozen; opening it again keeps both."""

from typing import Any

from django.db import transaction

from hub.closings import actions as closings
from hub.closings.models import Closing
from hub.core import clock
from hub.core.errors import RuleBroken
from mutualaid.woodpecker.actions.awards import is_awarded, refuse_unfinished
from mutualaid.woodpecker.actions.writing import KIND, locked_edition
from mutualaid.woodpecker.models import Edition
from mutualaid.woodpecker.results import result_of
from mutualaid.woodpecker.texts import tell_winner


@transaction.atomic
def close_edition(*, edition: Edition, by: Any) -> Closing:
    """Freeze who won and what was wrong, and tell the winners. RuleBroken while something is left to do. Again, the first closing is given back."""
    held = locked_edition(edition.pk)
    standing = closings.standing_of(hub=held.hub, kind=KIND, period=held.key)
    if standing is not None:
        return standing
    if clock.now() < held.window.closes_at:
        raise RuleBroken.of("woodpecker_still_running")
    refuse_unfinished(held)
    if not is_awarded(held):
        raise RuleBroken.of("woodpecker_not_awarded")
    made = closings.close(hub=held.hub, kind=KIND, period=held.key, result=result_of(held), by=by)
    for award in held.awards.unclaimed().select_related("prize"):
        tell_winner(award, held)
    return made


@transaction.atomic
def reopen_edition(*, edition: Edition, reason: str, by: Any) -> Closing:
    """For a reason everybody reads; what was handed over stays handed over. RuleBroken without a reason, or when it is open."""
    held = locked_edition(edition.pk)
    standing = closings.standing_of(hub=held.hub, kind=KIND, period=held.key)
    if standing is None:
        raise RuleBroken.of("closing_open_already")
    return closings.reopen(closing=standing, reason=reason, by=by)
