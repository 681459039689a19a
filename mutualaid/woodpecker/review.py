"""What the reviewer still has to do with an edition, in order: for the edition's own page and for the month's (/review/)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hub.core import clock
from hub.core.joins import ReviewStep
from hub.hubs.models import Hub
from mutualaid.woodpecker import queries
from mutualaid.woodpecker.actions.awards import is_awarded
from mutualaid.woodpecker.models import Award, CanonicalError, Edition
from mutualaid.woodpecker.panel import to_score, unscored
from mutualaid.woodpecker.permissions import user_can_award, user_can_close
from mutualaid.woodpecker.states import Stages

ABOUT_PRIZES = 2  # the last steps of an edition: award and close while it is open, closed and hand over afterwards


def steps_of(edition: Edition, user: Any, *, is_named: bool = False) -> list[ReviewStep]:
    """Sorting, verdicts, scores, prizes, closing, hand-over; `is_named` says with each which edition."""
    stage = queries.stages_of([edition])[edition.pk]
    page = reverse("woodpecker_edition:desk", args=[edition.pk])
    name = _(" (%(paper)s)") % {"paper": edition.called} if is_named else ""
    if stage == Stages.CLOSED:
        unclaimed = Award.objects.unclaimed().filter(edition=edition).count()
        return [
            ReviewStep(_("Close the edition") + name, 0, page),
            ReviewStep(_("Hand the prizes over") + name, unclaimed, f"{reverse('woodpecker_award:index')}?edition={edition.pk}&unclaimed=true"),
        ]
    is_over, raw = stage == Stages.JUDGING, queries.raw_reports(edition).count()
    to_settle, missing = CanonicalError.objects.to_settle().filter(edition=edition).count(), unscored(edition)
    errors = f"{reverse('woodpecker_error:index')}?edition={edition.pk}&status=open"
    is_ready = is_over and not (raw or to_settle or missing.missing or missing.nobody)
    is_given = is_ready and is_awarded(edition)
    return [
        ReviewStep(_("Sort reports") + name, raw, reverse("woodpecker_edition:sort", args=[edition.pk])),
        ReviewStep(_("Decide about errors") + name, to_settle, errors),
        ReviewStep(
            _("Give points") + name,
            len(to_score(edition, user)),
            reverse("woodpecker_edition:score", args=[edition.pk]),
            waits=waits_for_scores(missing.missing, missing.nobody),
        ),  # fmt: skip
        ReviewStep(
            _("Award the prizes") + name,
            int(not is_given),
            reverse("woodpecker_edition:give", args=[edition.pk]) if is_ready and user_can_award(user) else page,
            waits="" if is_ready else not_yet(is_over),
        ),  # fmt: skip
        ReviewStep(
            _("Close the edition") + name,
            1,
            page,
            press=reverse("woodpecker_edition:close", args=[edition.pk]) if is_given and user_can_close(user) else "",
            press_label=_("Close it"),
            waits="" if is_given else _("The prizes come first.") if is_ready else not_yet(is_over),
        ),  # fmt: skip
    ]


def waits_for_scores(missing: int, nobody: int) -> str:
    """Whose points are missing."""
    if nobody:
        return _("Of %(n)s entries everybody on the panel is family: the editor puts somebody else on it.") % {"n": nobody}
    return _("%(n)s scores of the whole panel are missing.") % {"n": missing} if missing else ""


def not_yet(is_over: bool) -> str:
    """Why nothing can be awarded or closed."""
    return _("Reports, errors and scores come first.") if is_over else _("The deadline is not over yet.")


def error_steps(hub: Hub, month: date, user: Any) -> Iterator[ReviewStep]:
    """What is done about reports and errors, edition by edition."""
    for steps in steps_of_month(hub, month, user):
        yield from steps[:-ABOUT_PRIZES]


def prize_steps(hub: Hub, month: date, user: Any) -> Iterator[ReviewStep]:
    """What is done about prizes, the closing among it."""
    for steps in steps_of_month(hub, month, user):
        yield from steps[-ABOUT_PRIZES:]


def steps_of_month(hub: Hub, month: date, user: Any) -> Iterator[list[ReviewStep]]:
    """Of the editions whose deadline falls into the month; those of earlier months that are still open come first. Today's month alone has these."""
    is_now = (month.year, month.month) == (clock.today().year, clock.today().month)
    for edition in queries.editions_of_month(hub, month, with_earlier=is_now):
        yield steps_of(edition, user, is_named=True)
