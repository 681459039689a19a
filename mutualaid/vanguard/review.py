"""The vanguard posts' part of the reviewer's page: what is left to do before a month is closed, in its order."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from hub.closings.actions import standing_of
from hub.core.joins import ReviewStep
from mutualaid.vanguard import months, queries
from mutualaid.vanguard.actions.closing import open_boxes
from mutualaid.vanguard.actions.writing import MONTH
from mutualaid.vanguard.models import Rating
from mutualaid.vanguard.permissions import user_can_close
from mutualaid.vanguard.states import WordsStates


def steps(hub: Any, month: date, user: Any) -> list[ReviewStep]:
    """Bursts, words, boxes, corrections, the closing."""
    period = months.period_of(month)
    rows = Rating.objects.at(hub).of_month(month)
    aside, words = rows.filter(set_aside_at__isnull=False, looked_at=None), rows.filter(words_state=WordsStates.WAITING)
    owed = queries.to_correct(hub).of_month(month)
    boxes = open_boxes(hub, month).count()
    is_closed = standing_of(hub=hub, kind=MONTH, period=period) is not None
    return [
        ReviewStep(_("Look at ratings the rule has set aside"), aside.count(), listed(month=period, unseen="true")),
        ReviewStep(_("Read words before they are shown"), words.count(), listed(month=period, words_state=WordsStates.WAITING.value)),
        ReviewStep(_("Count paper boxes a second time"), boxes, f"{reverse('boxcount:type')}?{urlencode({'month': period})}"),
        ReviewStep(_("See that low grades are put right"), owed.count(), reverse("vanguard_rating:corrections")),
        closing_step(month, user, is_closed=is_closed, boxes=boxes),
    ]


def closing_step(month: date, user: Any, *, is_closed: bool, boxes: int) -> ReviewStep:
    """Close the month, or why not yet."""
    period = months.period_of(month)
    waits = ""
    if not is_closed and not months.is_over(month):
        waits = _("when the month is over")
    elif not is_closed and boxes:
        waits = _("when the boxes are counted twice")
    elif not is_closed and not user_can_close(user, month):
        waits = _("somebody else closes it: you held a post in it")
    what = _("Look at the figures and close %(month)s") % {"month": months.month_words(month)}
    return ReviewStep(what, 0 if is_closed else 1, reverse("vanguard_rating:month", args=[period]), waits=waits)


def listed(**asked: str) -> str:
    """The list of the very rows a step counts."""
    return f"{reverse('vanguard_rating:index')}?{urlencode(asked)}"
