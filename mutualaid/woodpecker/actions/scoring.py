"""One of the panel scores one entry: blind, once, and not what their family sent."""

from typing import Any

from django.db import IntegrityError, transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from mutualaid.woodpecker import rules
from mutualaid.woodpecker.actions.writing import ERROR, note, open_edition
from mutualaid.woodpecker.models import Credit, Score
from mutualaid.woodpecker.relatives import readers_close_to


def score(*, credit: Credit, points: int, by: Any) -> Score:
    """Points from 0 to 10; they stay. The very same again changes nothing, others are refused."""
    try:
        return _score(credit, points, by)
    except IntegrityError:
        found = Score.objects.filter(credit=credit, reviewer=by).first()
        if found is None:
            raise
        return _same(found, points)


@transaction.atomic
def _score(credit: Credit, points: int, by: Any) -> Score:
    edition = open_edition(credit.error.edition_id)
    if not 0 <= points <= rules.MOST_POINTS:
        raise RuleBroken.of("woodpecker_points", "points", most=rules.MOST_POINTS)
    if not edition.reviewers.filter(pk=by.pk).exists():
        raise RuleBroken.of("woodpecker_not_of_the_panel")
    held = Credit.objects.standing().select_related("report__sender").filter(pk=credit.pk).first()
    if held is None:
        raise RuleBroken.of("woodpecker_not_credited")
    if held.report.sender.reader_id in readers_close_to(by, edition.hub):
        raise RuleBroken.of("woodpecker_own")
    found = Score.objects.filter(credit=held, reviewer=by).first()
    if found is not None:
        return _same(found, points)
    made: Score = Score.objects.create(credit=held, reviewer=by, points=points, at=clock.now())
    note(ERROR, held.error, "score", by, hub_id=edition.hub_id)  # which points stands on the row alone
    return made


def _same(found: Score, points: int) -> Score:
    if found.points != points:
        raise RuleBroken.of("woodpecker_scored", "points")
    return found
