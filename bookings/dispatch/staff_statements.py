"""The buttons of statements: draw up, approve, print, take as a file."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from bookings.dispatch import actions, spreadsheet
from bookings.dispatch.models import Statement
from bookings.dispatch.permissions import user_can_see_statements
from bookings.dispatch.queries import sums_of_lines
from bookings.dispatch.staff_forms import MonthForm
from hub.audit.staff_forms import ask, posted
from hub.core import paper
from hub.core.spreadsheets import TYPES

EITHER = require_http_methods(["GET", "HEAD", "POST"])


def statement_or_404(request: HttpRequest, pk: int) -> Statement:
    """This hub's statement, for those who see months."""
    if not user_can_see_statements(request.user):
        raise Http404
    rows = Statement.objects.at(request.hub).select_related("provider", "drawn_by", "approved_by")  # type: ignore[attr-defined]  # set by HubMiddleware
    found: Statement = get_object_or_404(rows, pk=pk)
    return found


@EITHER
def draw_up(request: HttpRequest) -> HttpResponse:
    """The month of every helper who did something in it."""
    if not user_can_see_statements(request.user):
        raise Http404

    def act(typed: Any) -> None:
        drawn, left = actions.draw_up_all(hub=request.hub, month=typed["month"], by=request.user)  # type: ignore[attr-defined]  # set by HubMiddleware
        said = ngettext("%(n)s statement drawn up.", "%(n)s statements drawn up.", len(drawn)) % {"n": len(drawn)}
        if left:
            said += " " + ngettext(
                "%(n)s was left as it is: approved already, or an earlier month is still open.",
                "%(n)s were left as they are: approved already, or an earlier month is still open.",
                left,
            ) % {"n": left}
        messages.info(request, said)

    return ask(
        request, form=MonthForm(posted(request)), act=act, title=_("Draw up a month"), submit=_("Draw up"),
        done=_("Somebody else has to approve what was drawn up."), back=reverse("statement:index"), icon="doc-full",
    )  # fmt: skip


@EITHER
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock it."""
    statement = statement_or_404(request, pk)
    return ask(
        request, form=forms.Form(posted(request)), act=lambda _typed: actions.approve(statement=statement, by=request.user),
        title=_("Approve this month"), submit=_("Approve and lock"), done=_("Approved and locked."), back=reverse("statement:inspect", args=[pk]),
        icon="check",
    )  # fmt: skip


def context_of(statement: Statement) -> dict[str, Any]:
    """What the paper shows."""
    lines = spreadsheet.lines_of(statement)
    return {"statement": statement, "lines": lines, "sums": sums_of_lines(lines), "makes_pdf": paper.makes_pdf()}


@require_safe
def on_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A4, to print or to keep as PDF from the browser."""
    return render(request, "dispatch/staff/statement.html", context_of(statement_or_404(request, pk)))


@require_safe
def xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """As a spreadsheet."""
    statement = statement_or_404(request, pk)
    return attachment(spreadsheet.xlsx(statement), TYPES["xlsx"], f"statement-{statement.month_words}-{statement.provider_id}.xlsx")


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """As PDF where that can be made; else the page to print."""
    statement = statement_or_404(request, pk)
    if not paper.makes_pdf():
        return redirect(reverse("statement:paper", args=[pk]))
    page = render_to_string("dispatch/staff/statement.html", context_of(statement), request=request)
    return attachment(paper.pdf(page), "application/pdf", f"statement-{statement.month_words}-{statement.provider_id}.pdf")


def attachment(body: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep."""
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
