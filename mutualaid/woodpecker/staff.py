"""The buttons of the staff's screens: each asks its permission, shows a form, calls one action."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hub.audit.staff_forms import ask, posted, show_once
from hub.closings.models import Closing
from hub.core.references import grouped
from hub.people.forms import ReasonForm
from mutualaid.woodpecker import actions
from mutualaid.woodpecker.actions import Reporter
from mutualaid.woodpecker.actions.reading import look_who, look_winner
from mutualaid.woodpecker.models import Award, CanonicalError, Edition, ErrorKind, Report
from mutualaid.woodpecker.permissions import (
    user_can_award,
    user_can_close,
    user_can_hand_over,
    user_can_review,
    user_can_see_reports,
    user_can_see_sender,
    user_can_take_reports,
)
from mutualaid.woodpecker.queries import KIND
from mutualaid.woodpecker.staff_forms import DecideForm, HandOverForm, JudgeForm, PaperForm
from mutualaid.woodpecker.views.report import photo_of

EITHER = require_http_methods(["GET", "HEAD", "POST"])


def row_of(request: HttpRequest, model: Any, pk: int, may: Any, *related: str) -> Any:
    """The row at this hub, when this user may; else it is not there."""
    if not may(request.user):
        raise Http404
    return get_object_or_404(model.objects.at(request.hub).select_related("hub", *related), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware


def kinds_of(request: HttpRequest) -> Any:
    """In use at this hub."""
    return ErrorKind.objects.filter(hub=request.hub, is_active=True)  # type: ignore[attr-defined]  # set by HubMiddleware


# --- reports --------------------------------------------------------------------------------------------------------
@EITHER
def take(request: HttpRequest) -> HttpResponse:
    """A report from paper, the counter or the telephone; the next one begins with the same edition and way."""
    if not user_can_take_reports(request.user):
        raise Http404
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    closed = closed_keys(hub)
    rows = [row for row in Edition.objects.at(hub).select_related("newspaper", "hub")[:12] if row.key not in closed]
    form = PaperForm(posted(request), editions=rows, area_code=hub.area_code)

    def act(typed: Any) -> None:
        by = Reporter(
            name=typed["name"], phone=typed["phone"], way=typed["way"], user=request.user, taken_by=request.user, prints_full_name=typed["prints_full_name"]
        )
        made = actions.report_error(edition=form.chosen, wrong=form.found, by=by, token=typed["token"], received_at=form.received_at)
        messages.info(request, _("Number %(reference)s: please write it on the paper.") % {"reference": grouped(made.reference)})

    return ask(
        request, form=form, act=act, title=_("Write a report down"), submit=_("Write it down"), done=_("Written down."),
        back=reverse("woodpecker_report:take"), icon="edit",
    )  # fmt: skip


def closed_keys(hub: Any) -> set[str]:
    """Keys of editions whose result is frozen."""
    return set(Closing.objects.at(hub).standing().filter(kind=KIND).values_list("period", flat=True))


@EITHER
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """It is none, whatever becomes of the error."""
    report = row_of(request, Report, pk, user_can_review)
    return ask(
        request, form=JudgeForm(posted(request)), act=lambda typed: actions.judge_report(report=report, by=request.user, **typed),
        title=_("This report is none"), submit=_("It is none"), done=_("Written down; the reader is told."),
        back=reverse("woodpecker_report:inspect", args=[pk]), icon="cross",
    )  # fmt: skip


@EITHER
def unjudge(request: HttpRequest, pk: int) -> HttpResponse:
    """It was one after all."""
    report = row_of(request, Report, pk, user_can_review)
    return ask(
        request, form=forms.Form(posted(request)), act=lambda _typed: actions.unjudge_report(report=report, by=request.user),
        title=_("It was a report after all"), submit=_("Take it back"), done=_("Taken back; the credit is worked out anew."),
        back=reverse("woodpecker_report:inspect", args=[pk]), icon="rotate",
    )  # fmt: skip


@EITHER
def ungroup(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of its error again."""
    report = row_of(request, Report, pk, user_can_review)
    return ask(
        request, form=forms.Form(posted(request)), act=lambda _typed: actions.ungroup(report=report, by=request.user),
        title=_("Take this report out of its error"), submit=_("Take it out"), done=_("Taken out; it can be sorted anew."),
        back=reverse("woodpecker_report:inspect", args=[pk]), icon="rotate",
    )  # fmt: skip


@EITHER
def whose(request: HttpRequest, pk: int) -> HttpResponse:
    """Who sent it, in the answer to a press; the look is kept in the audit."""
    report = row_of(request, Report, pk, user_can_see_sender, "sender")
    return show_once(
        request, look=lambda _typed: look_who(report=report, by=request.user),
        title=_("Who sent this report?"), back=reverse("woodpecker_report:inspect", args=[pk]), back_words=_("Back to the report"),
    )  # fmt: skip


@require_safe
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """The photo a reader sent."""
    return photo_of(row_of(request, Report, pk, user_can_see_reports, "sender"))


# --- errors ---------------------------------------------------------------------------------------------------------
@EITHER
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """An error or none."""
    error = row_of(request, CanonicalError, pk, user_can_review, "kind", "edition")
    initial = {name: getattr(error, name) for name in ("verdict", "kind", "reason_code", "reply", "version")} | {"is_settled": True}
    form = DecideForm(posted(request), kinds=kinds_of(request), initial=initial)
    return ask(
        request, form=form, act=lambda typed: actions.decide(error=error, by=request.user, **typed), title=_("An error or none?"), submit=_("Write it down"),
        done=_("Written down."), back=reverse("woodpecker_error:inspect", args=[pk]), icon="check",
    )  # fmt: skip


@EITHER
def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Into work again."""
    error = row_of(request, CanonicalError, pk, user_can_review)
    return ask(
        request, form=forms.Form(posted(request)), act=lambda _typed: actions.open_again(error=error, by=request.user),
        title=_("Take this error into work again"), submit=_("Into work again"), done=_("It is in work again; the verdict stands until another is given."),
        back=reverse("woodpecker_error:inspect", args=[pk]), icon="rotate",
    )  # fmt: skip


# --- editions and prizes --------------------------------------------------------------------------------------------
@EITHER
def give_prizes(request: HttpRequest, pk: int) -> HttpResponse:
    """What the scores come to."""
    edition = row_of(request, Edition, pk, user_can_award, "newspaper")
    return ask(
        request, form=forms.Form(posted(request)), act=lambda _typed: actions.award_prizes(edition=edition, by=request.user),
        title=_("Award the prizes"), submit=_("Award what the scores come to"), done=_("Awarded. The winners are told once the edition is closed."),
        back=reverse("woodpecker_edition:desk", args=[pk]), icon="pick",
    )  # fmt: skip


@EITHER
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the result."""
    edition = row_of(request, Edition, pk, user_can_close, "newspaper")
    return ask(
        request, form=forms.Form(posted(request)), act=lambda _typed: actions.close_edition(edition=edition, by=request.user),
        title=_("Close the edition"), submit=_("Close it"), done=_("Closed. The winners are told, and the names stand on the board."),
        back=reverse("woodpecker_edition:desk", args=[pk]), icon="lock",
    )  # fmt: skip


@EITHER
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """With a reason everybody reads."""
    edition = row_of(request, Edition, pk, user_can_award, "newspaper")
    return ask(
        request, form=ReasonForm(posted(request)), act=lambda typed: actions.reopen_edition(edition=edition, by=request.user, **typed),
        title=_("Open the edition again"), submit=_("Open it again"), done=_("Open again; the result that was published is kept."),
        back=reverse("woodpecker_edition:desk", args=[pk]), icon="lock-open",
    )  # fmt: skip


@EITHER
def winner(request: HttpRequest, pk: int) -> HttpResponse:
    """Whose prize it is, in the answer to a press; the look is kept in the audit."""
    award = row_of(request, Award, pk, user_can_hand_over)
    return show_once(
        request, look=lambda _typed: look_winner(award=award, by=request.user),
        title=_("Whose prize is it?"), back=reverse("woodpecker_award:inspect", args=[pk]), back_words=_("Back to the prize"),
    )  # fmt: skip


@EITHER
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the register."""
    award = row_of(request, Award, pk, user_can_hand_over, "prize")
    return ask(
        request, form=HandOverForm(posted(request), award=award), act=lambda typed: actions.hand_over(award=award, by=request.user, **typed),
        title=_("Hand a prize over"), submit=_("It is handed over"), done=_("It stands in the register."), back=reverse("woodpecker_award:inspect", args=[pk]),
        icon="success",
    )  # fmt: skip
