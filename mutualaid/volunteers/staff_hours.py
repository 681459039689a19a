"""The buttons of the hours book: confirm, refuse, reverse, answer; file for somebody; sums, files, certificates."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from import_export.formats.base_formats import CSV, XLSX
from tablib import Dataset

from hub.audit.actions import write_line
from hub.audit.staff_forms import ask, posted
from hub.core import clock, wording
from hub.core.errors import RuleBroken
from hub.core.months import month_from
from hub.core.spreadsheets import BYTE_ORDER_MARK, TYPES, safe_cell
from hub.hubs.models import Hub
from mutualaid.volunteers import actions, queries
from mutualaid.volunteers.models import HoursEntry
from mutualaid.volunteers.permissions import user_can_close_months, user_can_decide_hours, user_can_see_hours
from mutualaid.volunteers.staff_forms import CertificateForForm, DecideForm, FileForForm, PeriodForm, ReasonForm
from mutualaid.volunteers.texts import HOURS
from mutualaid.volunteers.totals import Total, totals

EITHER = require_http_methods(["GET", "HEAD", "POST"])
AT_ONCE = 200
A_SHEET = 200  # volunteers on a page of sums


def entry_or_404(request: HttpRequest, pk: int) -> HoursEntry:
    """This hub's entry, for those who see the book."""
    if not user_can_see_hours(request.user):
        raise Http404
    rows = HoursEntry.objects.at(request.hub).select_related("resident", "hub", "team")  # type: ignore[attr-defined]  # set by HubMiddleware
    found: HoursEntry = get_object_or_404(rows, pk=pk)
    return found


def about(request: HttpRequest, pk: int, act: Callable[[HoursEntry, Any], object], form: forms.Form, **words: Any) -> HttpResponse:
    """One entry, one question, one action."""
    entry = entry_or_404(request, pk)
    return ask(request, form=form, act=lambda typed: act(entry, typed), back=reverse("hoursentry:inspect", args=[pk]), icon="time", about=entry, **words)


@EITHER
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """They are right."""
    return about(
        request, pk, lambda entry, _typed: actions.confirm(entry=entry, by=request.user), forms.Form(posted(request)), title=_("Confirm these hours"),
        submit=_("Confirm"), done=_("Confirmed: they count from now on."),
    )  # fmt: skip


@EITHER
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """They are not."""
    return about(
        request, pk, lambda entry, typed: actions.refuse(entry=entry, by=request.user, **typed), ReasonForm(posted(request)),
        title=_("Do not recognise these hours"), submit=_("Do not recognise"), done=_("Written down; the volunteer is told why."),
    )  # fmt: skip


@EITHER
def reverse_hours(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirmed and wrong: take them out."""
    return about(
        request, pk, lambda entry, typed: actions.reverse(entry=entry, by=request.user, **typed), ReasonForm(posted(request)),
        title=_("Reverse these hours"), submit=_("Reverse"), done=_("Reversed; the volunteer is told, and can file the right hours."),
    )  # fmt: skip


@EITHER
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirmed and right, whatever the volunteer says."""
    return about(
        request, pk, lambda entry, typed: actions.keep_as_it_is(entry=entry, by=request.user, **typed), ReasonForm(posted(request)),
        title=_("Leave these hours as they are"), submit=_("Leave them"), done=_("Written down; the volunteer is told why."),
    )  # fmt: skip


@EITHER
def decide(request: HttpRequest) -> HttpResponse:
    """All that wait and that this user may decide about, to be ticked and confirmed at once."""
    if not user_can_see_hours(request.user):
        raise Http404
    rows = queries.to_decide(request.hub)[:AT_ONCE]  # type: ignore[attr-defined]  # set by HubMiddleware
    entries = {str(entry.pk): entry for entry in rows if user_can_decide_hours(request.user, entry)}

    def act(typed: Any) -> None:
        if not typed["entries"]:
            raise RuleBroken.of("hours_nothing_chosen", "entries")
        for pk in typed["entries"]:
            actions.confirm(entry=entries[pk], by=request.user)
        n = len(typed["entries"])
        messages.info(request, ngettext("%(n)s entry confirmed.", "%(n)s entries confirmed.", n) % {"n": n})

    return ask(
        request, form=DecideForm(posted(request), entries=list(entries.values())), act=act, title=_("Confirm what is waiting"), submit=_("Confirm these"),
        done=_("Confirmed: they count from now on."), back=reverse("hoursentry:decide"), icon="check",
    )  # fmt: skip


@EITHER
def file_for(request: HttpRequest) -> HttpResponse:
    """Hours told on the telephone or handed in on paper."""
    if not user_can_see_hours(request.user):
        raise Http404

    def act(typed: Any) -> object:
        return actions.file_hours(
            resident=typed["person"], starts_at=typed["starts_at"], ends_at=typed["ends_at"], what=typed["what"], by=request.user
        )  # fmt: skip

    return ask(
        request, form=FileForForm(posted(request), hub=request.hub), act=act, title=_("File hours for somebody"), submit=_("File"),  # type: ignore[attr-defined]  # set by HubMiddleware
        done=_("Filed. Somebody else has to confirm these hours."), back=reverse("hoursentry:index"), icon="plus",
    )  # fmt: skip


# --- sums -----------------------------------------------------------------------------------------------------------
def period_of(request: HttpRequest) -> tuple[PeriodForm, date, date]:
    """What was asked for, else this year so far."""
    today = clock.today()
    usual = {"first_on": today.replace(month=1, day=1), "last_on": today}
    form = PeriodForm(request.GET if "first_on" in request.GET else None, initial=usual)
    typed = form.cleaned_data if form.is_bound and form.is_valid() else usual
    return form, typed["first_on"], typed["last_on"]


@require_safe
def sums(request: HttpRequest) -> HttpResponse:
    """Everybody's confirmed hours, to the minute what each volunteer sees; `?kind=` as a file."""
    if not user_can_see_hours(request.user):
        raise Http404
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    form, first, last = period_of(request)
    rows = totals(hub, clock.day_bounds(first)[0], clock.day_bounds(last)[1])
    kind = request.GET.get("kind", "")
    if kind in TYPES and not form.errors:
        return as_file(hub, rows, first, last, kind, request.user)
    context = {
        "form": form, "page": Paginator(rows, A_SHEET).get_page(request.GET.get("page")), "count": len(rows), "sum": sum(row.minutes for row in rows),
        "first_on": first, "last_on": last,
        "query": f"&{urlencode({'first_on': first.isoformat(), 'last_on': last.isoformat()})}", "list_url": reverse("hoursentry:index"),
    }  # fmt: skip
    return render(request, "volunteers/staff/totals.html", context, status=422 if form.errors else 200)


@EITHER
def close_month(request: HttpRequest, month: str) -> HttpResponse:
    """`2026-10`: what was confirmed for it stays."""
    if not user_can_close_months(request.user):
        raise Http404
    first = month_or_404(month)
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    return ask(
        request, form=forms.Form(posted(request)), act=lambda _typed: actions.close_month(hub=hub, month=first, by=request.user), icon="time",
        title=_("Close the hours of %(month)s") % {"month": wording.month_words(first)}, submit=_("Close the month"),
        done=_("Closed. From now on these hours change only when the month is opened again."), back=f"{reverse('review:month')}?month={month}",
    )  # fmt: skip


def month_or_404(month: str) -> date:
    """The first day of `2026-10`."""
    if (found := month_from(month)) is None:
        raise Http404
    return found


def as_file(hub: Hub, rows: list[Total], first: date, last: date, kind: str, by: Any) -> HttpResponse:
    """The same sums as a spreadsheet, names masked; taking them out of the house is a line in the audit."""
    table = Dataset(headers=[_("Number"), _("Volunteer"), _("Confirmed minutes"), _("From"), _("Until")])
    for row in rows:
        table.append([row.resident_id, safe_cell(row.masked_name or _("erased")), row.minutes, first.isoformat(), last.isoformat()])
    write_line(hub_id=hub.pk, actor=by, verb="export", subject=HOURS, changes={"kind": kind, "rows": len(rows)})
    body = bytes(XLSX().export_data(table)) if kind == "xlsx" else (BYTE_ORDER_MARK + str(CSV().export_data(table))).encode()
    head = {"Content-Disposition": f'attachment; filename="hours-{first:%Y%m%d}-{last:%Y%m%d}.{kind}"'}
    return HttpResponse(body, content_type=TYPES[kind], headers=head)


# --- certificates ---------------------------------------------------------------------------------------------------
@EITHER
def draw_for(request: HttpRequest) -> HttpResponse:
    """A certificate for somebody who does not manage the phone."""
    if not user_can_see_hours(request.user):
        raise Http404

    def act(typed: Any) -> object:
        return actions.draw_certificate(resident=typed["person"], first_on=typed["first_on"], last_on=typed["last_on"], by=request.user)

    return ask(
        request, form=CertificateForForm(posted(request), hub=request.hub), act=act, title=_("Draw up a certificate"), submit=_("Draw up"),  # type: ignore[attr-defined]  # set by HubMiddleware
        done=_("Drawn up; it can be printed from its page."), back=reverse("certificate:index"), icon="doc-full",
    )  # fmt: skip
