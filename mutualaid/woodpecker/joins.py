"""Where the woodpecker board appears elsewhere."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from hub.core import errors
from hub.core.joins import (
    BoardPanel,
    ClosingKind,
    DemoSeed,
    DeskCard,
    DeskFinder,
    DeskTask,
    Figure,
    Finder,
    HubOpener,
    IntegrityCheck,
    MyThings,
    PeriodicJob,
    PersonalFields,
    ReviewPart,
    board_panels,
    closing_kinds,
    demo_seeds,
    desk_cards,
    desk_finders,
    desk_tasks,
    figures,
    finders,
    hub_openers,
    integrity_checks,
    my_things,
    periodic_jobs,
    personal_fields,
    review_parts,
)
from mutualaid.volunteers.schemes import Scheme, schemes
from mutualaid.woodpecker import checks, defaults, demo, desk, personal, queries, results, review
from mutualaid.woodpecker.actions import forget_names
from mutualaid.woodpecker.actions.credits import SCHEME
from mutualaid.woodpecker.actions.writing import KIND, REPORT
from mutualaid.woodpecker.models import Report
from mutualaid.woodpecker.permissions import user_can_close, user_can_hand_over, user_can_take_reports
from mutualaid.woodpecker.sentences import SENTENCES


def find(hub: Any, reference: str, phone: str) -> str | None:
    """A report's private page, by its number and the phone it was sent with."""
    found = Report.objects.at(hub).filter(reference=reference, sender__contact_phone=phone).first()
    return found.url if found else None


def listed(screen: str, field: str, **more: str) -> Any:
    """The address of the list whose rows a figure counts."""

    def address(first_day: date, last_day: date) -> str:
        dates = {f"{field}_from": first_day.isoformat(), f"{field}_to": last_day.isoformat()}
        return f"{reverse(f'{screen}:index')}?{urlencode([*dates.items(), *more.items()])}"

    return address


errors.SENTENCES.update(SENTENCES)
hub_openers.register(HubOpener("woodpecker.kinds", defaults.open_kinds, order=45))
schemes.register(Scheme(SCHEME, _("errors found in the newspaper")))
closing_kinds.register(ClosingKind(KIND, _("Edition of the newspaper"), results.words, results.period_words, results.staff_url))
review_parts.register(ReviewPart("woodpecker", _("Errors in the newspaper"), review.error_steps, user_can_close, order=10))
review_parts.register(ReviewPart("woodpecker.prizes", _("Prizes for readers"), review.prize_steps, user_can_close, (KIND,), order=40))
figures.register(Figure("woodpecker.reports", _("Newspaper errors reported"), queries.count_reports, listed("woodpecker_report", "received_at"), order=70))
figures.register(
    Figure("woodpecker.errors", _("Newspaper errors recognised"), queries.count_valid, listed("woodpecker_error", "decided_at", verdict="valid"), order=71)
)
figures.register(
    Figure("woodpecker.unclaimed", _("Prizes not collected"), queries.count_unclaimed, listed("woodpecker_award", "awarded_at", unclaimed="true"), order=72)
)
finders.register(Finder(REPORT, find))
my_things.register(MyThings(REPORT, _("Errors I have reported"), queries.reports_of_person, "woodpecker/mine.html", order=45))
integrity_checks.register(IntegrityCheck("woodpecker.reports", checks.without_reports))
integrity_checks.register(IntegrityCheck("woodpecker.credit", checks.other_credit))
integrity_checks.register(IntegrityCheck("woodpecker.budget", checks.other_sums))
integrity_checks.register(IntegrityCheck("woodpecker.frozen", checks.other_winners))
integrity_checks.register(IntegrityCheck("woodpecker.strayed", checks.strayed))
periodic_jobs.register(PeriodicJob("woodpecker.forget", forget_names, 24 * 60, "Blanks who reported what, a year after the edition was closed."))
personal_fields.register(PersonalFields(REPORT, personal.FIELDS, personal.export_reports, personal.erase))
demo_seeds.register(DemoSeed("woodpecker", demo.seed, order=65))
desk_cards.register(DeskCard("woodpecker", _("Errors in the newspaper"), desk.card, user_can_take_reports, order=45))
desk_tasks.register(DeskTask("woodpecker", _("Report an error"), desk.form, desk.preview, desk.act, user_can_take_reports, order=45))
desk_finders.register(DeskFinder("woodpecker", desk.find, user_can_take_reports))
board_panels.register(BoardPanel("woodpecker", _("Prizes not collected"), desk.board, user_can_hand_over, order=45))
