"""The hours' part of the reviewer's page: decide about what waits, close the month."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub.closings.actions import reopen, standing_of
from hub.closings.models import Closing
from hub.core import clock, wording
from hub.core.joins import ResultText, ReviewStep
from mutualaid.volunteers.actions.months import HOURS_MONTH, waiting_in
from mutualaid.volunteers.permissions import user_can_see_hours
from mutualaid.volunteers.states import HoursStates


def steps(hub: Any, month: date, user: Any) -> Iterable[ReviewStep]:
    """What waits in the month, then its closing."""
    start, end = clock.month_bounds(month)
    waiting = waiting_in(hub, month).count()
    asked = {"state": HoursStates.FILED.value, "starts_at_from": f"{clock.local(start):%Y-%m-%d}", "starts_at_to": f"{clock.local(end):%Y-%m-%d}"}
    url = f"{reverse('hoursentry:index')}?{urlencode(asked)}" if user_can_see_hours(user) else ""
    yield ReviewStep(_("Decide about hours that were filed"), waiting, url=url, waits="" if url else _("the coordinator decides about them"))
    is_closed = standing_of(hub=hub, kind=HOURS_MONTH, period=f"{month:%Y-%m}") is not None
    waits = _("when the month is over") if end > clock.now() else _("when every entry is decided") if waiting else ""
    way = "" if waits or is_closed else reverse("hoursentry:close_month", args=[f"{month:%Y-%m}"])
    yield ReviewStep(_("Close the month's hours"), 0 if is_closed else 1, url=way, waits=waits)


def period_words(closing: Closing) -> str:
    """2026年10月."""
    return wording.month_words(date.fromisoformat(f"{closing.period}-01"))


def words(closing: Closing) -> ResultText:
    """The month in two numbers; nobody is named."""
    lines = {}
    for language in ("zh-hans", "en"):
        with override(language):
            facts = {"month": period_words(closing), "hours": wording.hours_words(closing.result["minutes"]), "people": closing.result["people"]}
            lines[language] = (
                _("Volunteer hours of %(month)s") % facts,
                (("p", _("%(people)s volunteers gave %(hours)s. Every hour was confirmed by somebody else than who filed it. Thank you.") % facts),),
            )
    (title_zh, lines_zh), (title_en, lines_en) = lines["zh-hans"], lines["en"]
    return ResultText(title_zh, title_en, f"volunteer-hours-{closing.period}", lines_zh, lines_en)


def url(closing: Closing) -> str:
    """The reviewer's page of it."""
    return reverse("review:closing", args=[closing.pk])


def open_again(closing: Closing, reason: str, by: Any) -> Closing:
    """Entries of the month can be decided and reversed again."""
    return reopen(closing=closing, reason=reason, by=by)
