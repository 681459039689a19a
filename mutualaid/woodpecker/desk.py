"""The woodpecker board on the operator's desk: a caller's reports, taking one down while they talk, prizes that wait for them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hub.core import clock, wording
from hub.core.joins import Caller, DeskDone, DeskPreview, DeskRow
from hub.core.references import grouped
from hub.core.wording import spoken_reference
from hub.people.caller_forms import CallerForm
from mutualaid.woodpecker import queries
from mutualaid.woodpecker.actions import Reporter, report_error
from mutualaid.woodpecker.actions.reports import look_over
from mutualaid.woodpecker.forms import WrongForm
from mutualaid.woodpecker.models import Award, Report
from mutualaid.woodpecker.states import Ways

LAST = 5
MOST_ON_BOARD = 20


# --- taking a report down -------------------------------------------------------------------------------------------
class DeskReportForm(CallerForm, WrongForm):
    """What is wrong, told on the telephone or at the counter."""

    field_order = ["edition", "page", "title", "wrong", "right", "reason", "whom", "name", "phone"]


def form(hub: Any, caller: Caller, data: Any, initial: Any) -> DeskReportForm:
    """Unbound without data."""
    made = DeskReportForm(data, hub=hub, caller=caller, initial=initial, editions=queries.running_editions(hub))
    made.order_fields(made.field_order)
    return made


def reporter(caller: Caller, typed: Any, by: Any) -> Reporter:
    """Who found it, who asks, who takes it down."""
    way = Ways.COUNTER if caller.channel in {Ways.COUNTER, "visit"} else Ways.PHONE
    return Reporter(
        name=typed["contact_name"], phone=typed["contact_phone"], way=way, user=by, asked_by=caller.person, for_person=typed["for_person"], taken_by=by
    )


def preview(hub: Any, caller: Caller, typed: Any) -> DeskPreview:
    """What others have reported, and what to say; asks the rules that reporting asks, and writes nothing."""
    edition, wrong = edition_of(hub, typed), WrongForm.found_in(typed)
    look_over(edition, wrong, reporter(caller, typed, None))
    lines = (
        (pgettext("newspaper", "Edition"), edition.called),
        (_("Reports until"), wording.moment_words(edition.last_moment)),
    )
    same = tuple(row_of(row) for row in queries.reports_like(edition, wrong.page, wrong.title, wrong.wrong))
    return DeskPreview(lines, sentences(edition, wrong), same)


def edition_of(hub: Any, typed: Any) -> Any:
    """The edition named; the form has checked that it runs."""
    return next(row for row in queries.running_editions(hub) if row.key == typed["edition"])


def sentences(edition: Any, wrong: Any, reference: str = "") -> tuple[str, ...]:
    """Short ones, to be said one after the other."""
    facts = {"paper": edition.called, "page": wrong.page, "title": wrong.title, "reference": spoken_reference(reference) if reference else ""}
    lines = [_("%(paper)s, page %(page)s, %(title)s: I write down what you say is wrong.") % facts]
    if reference:
        lines.append(_("The number is %(reference)s. We tell you what the reviewers think of it.") % facts)
    return tuple(lines)


def act(hub: Any, caller: Caller, typed: Any, by: Any, token: str) -> DeskDone:
    """Written down with the time of the call."""
    edition, wrong = edition_of(hub, typed), WrongForm.found_in(typed)
    made = report_error(edition=edition, wrong=wrong, by=reporter(caller, typed, by), token=token)
    return DeskDone(made.reference, reverse("woodpecker_report:inspect", args=[made.pk]), sentences(edition, wrong, made.reference))


# --- card, finder, board --------------------------------------------------------------------------------------------
def card(hub: Any, caller: Caller, user: Any) -> list[DeskRow]:
    """The caller's latest reports, and prizes that wait for them first."""
    if caller.person is None and not caller.phone:
        return []
    mine = {"sender__reader__resident": caller.person} if caller.person else {"sender__contact_phone": caller.phone, "sender__reader__resident": None}
    rows = queries.with_standing(Report.objects.at(hub).filter(**mine).select_related("edition")).order_by("-received_at", "-pk")[:LAST]
    prizes = Award.objects.at(hub).unclaimed().select_related("prize", "edition__newspaper")
    whose = {"reader__resident": caller.person} if caller.person else {"reader__phone": caller.phone}
    return [*(prize_row(row) for row in prizes.filter(**whose)[:LAST]), *(row_of(row) for row in rows)]


def row_of(report: Any) -> DeskRow:
    """One line: when, which number, how it stands."""
    when = wording.month_day(clock.local(report.received_at).date())
    state = str(queries.standing_of_report(report).label) if hasattr(report, "is_judged") else report.wrong[:30]
    what = f"{grouped(report.reference)} {_('page %(n)s') % {'n': report.page}} {report.title}"
    return DeskRow(when, what, state, reverse("woodpecker_report:inspect", args=[report.pk]))


def prize_row(award: Award) -> DeskRow:
    """A prize that waits."""
    what = f"{award.edition.called} {award.prize.name} {award.prize.what}"
    return DeskRow(wording.month_day(award.claim_by), what, _("waits to be collected"), reverse("woodpecker_award:inspect", args=[award.pk]), award.is_overdue)


def find(hub: Any, reference: str) -> tuple[Caller, str] | None:
    """Whose report it is."""
    found = Report.objects.at(hub).select_related("sender__for_person", "sender__asked_by").filter(reference=reference).first()
    if found is None:
        return None
    sender = found.sender
    person = sender.for_person or sender.asked_by
    return Caller(person, sender.contact_name, sender.contact_phone, sender.channel), reverse("woodpecker_report:inspect", args=[found.pk])


def board(hub: Any, user: Any) -> list[DeskRow]:
    """Prizes of closed editions that nobody has come for, those whose time is over first."""
    rows = queries.unclaimed_prizes(hub)[:MOST_ON_BOARD]
    return [prize_row(row) for row in rows]
