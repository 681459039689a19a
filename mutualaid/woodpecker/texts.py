"""What readers are told: once about each outcome, by the outbox after the transaction."""

from typing import Any

from django.utils.translation import gettext as _

from hub.core import wording
from hub.core.references import grouped
from hub.notifications.actions import queue_message
from mutualaid.woodpecker.models import Award, CanonicalError, Credit, Edition, Judgement, Report, Sender
from mutualaid.woodpecker.states import Standings, Verdicts

REPORT, AWARD = "woodpecker.report", "woodpecker.award"  # of their messages


def facts_of(report: Report, edition: Edition, reply: str = "") -> dict[str, Any]:
    """What every sentence may name."""
    house = edition.hub
    return {
        "house": house.name, "paper": edition.called, "page": report.page, "reference": grouped(report.reference), "reply": reply,
        "link": f"{house.origin}{report.url}", "hotline": house.hotline,
    }  # fmt: skip


def text_of(outcome: str, facts: dict[str, Any]) -> str:
    """credited, thanked or no_error."""
    sentences = {
        Standings.CREDITED: _("%(house)s: thank you. What you found in %(paper)s, page %(page)s, is an error, and it is credited to you. %(reply)s %(link)s"),
        Standings.THANKED: _("%(house)s: thank you. What you found in %(paper)s, page %(page)s, is an error; a neighbour told us first. %(reply)s %(link)s"),
        Standings.NO_ERROR: _(
            "%(house)s: thank you for reading so closely. Report %(reference)s, page %(page)s: the reviewers found no error. %(reply)s Questions: %(hotline)s"
        ),
    }
    return " ".join((sentences[Standings(outcome)] % facts).split())


def tell(report: Report, sender: Sender, outcome: str, edition: Edition, reply: str = "") -> None:
    """One message; a second about the same outcome is not sent. Who left no way to be reached reads the slip."""
    told_at = sender.told_at()
    if told_at is None:
        return
    queue_message(
        hub_id=edition.hub_id, key=f"woodpecker:{report.pk}:{outcome}", kind=f"woodpecker_{outcome}", text=text_of(outcome, facts_of(report, edition, reply)),
        phone=told_at[0], user_id=told_at[1], subject=REPORT, ref=report.reference,
    )  # fmt: skip


def tell_outcomes(error: CanonicalError, edition: Edition) -> None:
    """Everybody under a settled error; a report judged by itself has been told."""
    credited = set(Credit.objects.standing().filter(error=error).values_list("report_id", flat=True))
    judged = set(Judgement.objects.filter(report__groupings__error=error, ended_at=None).values_list("report_id", flat=True))
    rows = Report.objects.filter(groupings__error=error, groupings__ended_at=None).select_related("sender__asked_by").order_by("pk")
    for report in rows:
        if report.pk in judged:
            continue
        found = Standings.CREDITED if report.pk in credited else Standings.THANKED
        outcome = found if error.verdict == Verdicts.VALID else Standings.NO_ERROR
        tell(report, report.sender, outcome, edition, error.reply or (reason_words(error.reason_code) if error.verdict == Verdicts.INVALID else ""))


def tell_judged(judgement: Judgement, report: Report, edition: Edition) -> None:
    """Why a report does not count."""
    tell(report, report.sender, Standings.NO_ERROR, edition, judgement.reply or reason_words(judgement.reason_code))


def reason_words(code: str) -> str:
    """What a message says where the reviewers wrote nothing of their own."""
    sentences = {
        "correct": _("As it is printed, it is right."),
        "style": _("It could be said otherwise, but it is not wrong."),
        "not_there": _("We do not find it on that page."),
        "other_edition": _("It is about another edition or newspaper."),
        "nothing_said": _("We could not see what is wrong."),
    }
    return sentences.get(code, "")


def tell_winner(award: Award, edition: Edition) -> None:
    """What they have won, and until when it waits."""
    if not award.phone and award.account_id is None:
        return
    facts = {
        "house": edition.hub.name, "paper": edition.called, "prize": award.prize.name, "what": award.prize.what, "until": wording.day_words(award.claim_by),
        "number": award.grouped_number, "hotline": edition.hub.hotline,
    }  # fmt: skip
    text = _(
        "%(house)s: congratulations. For %(paper)s you are %(prize)s: %(what)s. Please collect it at the counter until %(until)s, with this number: "
        "%(number)s. Questions: %(hotline)s"
    )
    queue_message(
        hub_id=edition.hub_id, key=f"woodpecker:award:{award.pk}", kind="woodpecker_award", text=text % facts, phone=award.phone,
        user_id=None if award.phone else award.account_id, subject=AWARD, ref=str(award.pk),
    )  # fmt: skip
