"""What is frozen when an edition is closed, and how it is read again. Names in it are masked; whose name is printed in full stands on the award, where
it can still be blanked."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub.closings.models import Closing
from hub.core.joins import ResultText
from hub.core.names import masked_name
from hub.core.wording import amount_words, is_chinese
from mutualaid.woodpecker.models import Award, CanonicalError, Edition, Report
from mutualaid.woodpecker.panel import ranking


def result_of(edition: Edition) -> dict[str, Any]:
    """Everything about a closed edition that does not change any more: plain data."""
    reports = Report.objects.filter(edition=edition)
    errors = CanonicalError.objects.filter(edition=edition)
    valid = list(errors.valid().select_related("kind").prefetch_related("credits__report__sender").order_by("page", "pk"))
    return {
        "edition": {
            "key": edition.key, "number": edition.number, "title_zh": edition.title_zh, "title_en": edition.title_en,
            "newspaper_zh": edition.newspaper.name_zh, "newspaper_en": edition.newspaper.name_en, "issued_on": edition.issued_on.isoformat(),
            "deadline_on": edition.deadline_on.isoformat(),
        },
        "counts": {
            "reports": reports.count(), "readers": reports.order_by().values("sender__reader").distinct().count(),
            "errors": errors.standing().count(), "valid": len(valid), "ranked": len(ranking(edition)),
        },
        "rules": {"credit": edition.credit, "light_most": edition.light_most, "panel": edition.reviewers.count(), "budget_fen": edition.budget_fen},
        "winners": [winner_of(row) for row in awards_of(edition)],
        "errors": [error_of(row) for row in valid],
    }  # fmt: skip


def awards_of(edition: Edition) -> list[Award]:
    """What stands, the best first."""
    return list(Award.objects.standing().filter(edition=edition).select_related("prize").order_by("prize__rank", "place"))


def winner_of(award: Award) -> dict[str, Any]:
    """One line of the winners."""
    prize = award.prize
    return {
        "prize_zh": prize.name_zh, "prize_en": prize.name_en, "place": award.place, "name": masked_name(award.full_name) or award.name,
        "number": award.number, "mark": award.marks, "corrections": award.corrections_count, "cash_fen": award.cash_fen,
        "souvenir_zh": prize.souvenir_zh, "souvenir_en": prize.souvenir_en,
    }  # fmt: skip


def error_of(error: CanonicalError) -> dict[str, Any]:
    """One line of the known errors; who is credited stands there masked."""
    finders = [row.report.sender.masked_name for row in error.credits.all() if row.ended_at is None]
    kind = error.kind
    return {
        "page": error.page, "title": error.title, "what": error.what, "right": error.right, "kind_zh": kind.name_zh if kind else "",
        "kind_en": kind.name_en if kind else "", "finders": finders,
    }  # fmt: skip


# --- reading it again -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Winner:
    """A winner as the pages print them, in the page's language."""

    prize: str
    name: str
    what: str
    mark: str
    corrections_count: int


def said(row: dict[str, Any], name: str) -> str:
    """`name_zh` or `name_en`, as the page is read; the Chinese one where the other is empty."""
    return str(row.get(f"{name}_zh" if is_chinese() else f"{name}_en") or row.get(f"{name}_zh") or "")


def winners_in(result: dict[str, Any]) -> list[Winner]:
    """The frozen winners; a full name only where it is still to be printed."""
    numbers = [row["number"] for row in result["winners"]]
    printed = dict(Award.objects.filter(number__in=numbers).exclude(full_name="").values_list("number", "name"))
    return [Winner(said(row, "prize"), printed.get(row["number"], row["name"]), what_of(row), row["mark"], row["corrections"]) for row in result["winners"]]


def what_of(row: dict[str, Any]) -> str:
    """100元; a souvenir."""
    parts = [amount_words(row["cash_fen"]) if row["cash_fen"] else "", said(row, "souvenir")]
    return ("，" if is_chinese() else ", ").join(part for part in parts if part)


def errors_in(result: dict[str, Any]) -> list[dict[str, Any]]:
    """The frozen errors, their kind in the page's language."""
    return [{**row, "kind": said(row, "kind"), "finders": ("、" if is_chinese() else ", ").join(row["finders"])} for row in result["errors"]]


def called(result: dict[str, Any]) -> str:
    """社区晨报2026年10月版."""
    return f"{said(result['edition'], 'newspaper')}{'' if is_chinese() else ' '}{said(result['edition'], 'title')}"


def lines_of(result: dict[str, Any]) -> list[tuple[str, str]]:
    """The result as paragraphs, in the language that is on."""
    counts = result["counts"]
    facts = {"paper": called(result), "readers": counts["readers"], "reports": counts["reports"], "valid": counts["valid"]}
    sent = _("%(readers)s readers sent %(reports)s reports about %(paper)s.") % facts
    found = ngettext("The reviewers found %(valid)s error. Thank you all.", "The reviewers found %(valid)s errors. Thank you all.", facts["valid"]) % facts
    lines = [("p", f"{sent}{'' if is_chinese() else ' '}{found}")]
    winners = winners_in(result)
    if not winners:
        lines.append(("p", _("This time nobody wins a prize.")))
    for prize in dict.fromkeys(row.prize for row in winners):
        lines.append(("h2", prize))
        lines += [("li", f"{row.name}{'　' if is_chinese() else ', '}{row.what}") for row in winners if row.prize == prize]
    return lines


def words(closing: Closing) -> ResultText:
    """For the editor's notice."""
    result = closing.result
    by_language: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            by_language[language] = _("Woodpeckers of %(paper)s") % {"paper": called(result)}, tuple(lines_of(result))
    chinese, english = by_language["zh-hans"], by_language["en"]
    return ResultText(chinese[0], english[0], f"woodpecker-{closing.period}", chinese[1], english[1])


def period_words(closing: Closing) -> str:
    """Which edition."""
    return called(closing.result)


def staff_url(closing: Closing) -> str:
    """Where staff look at it."""
    pk = Edition.objects.filter(hub=closing.hub_id, key=closing.period).values_list("pk", flat=True).first()
    return reverse("woodpecker_edition:desk", args=[pk]) if pk else ""
