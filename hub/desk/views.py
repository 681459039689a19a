"""The house in numbers: figures, the money of a day, what was given away. All of it is read, nothing written."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hub.core.wording import day_words
from hub.desk import money
from hub.desk.exporting import xlsx
from hub.desk.figures import as_number, counted, instants, sheet_rows
from hub.desk.forms import PERIODS, DayForm, PeriodForm
from hub.desk.permissions import user_can_open_rows, user_can_reconcile, user_can_see_figures, user_can_see_waived
from hub.desk.rules import Period


def period_words(period: Period) -> str:
    """The days of a period, with their year."""
    first, last = day_words(period.first, with_year=True), day_words(period.last, with_year=True)
    return first if period.days == 1 else _("%(first)s to %(last)s") % {"first": first, "last": last}


def page(request: HttpRequest, form: PeriodForm, title: str, icon: str) -> dict[str, Any]:
    """What every page about a period shows: its form, its days in words, the address of its sheet."""
    span = form.cleaned_data.get("span")
    context: dict[str, Any] = {"form": form, "named": PERIODS, "span": span, "page_title": title, "header_title": title, "header_icon": icon}
    if span:
        context |= {"chosen": form.cleaned_data["period"] or ("" if form["first"].value() else "month"), "span_words": period_words(span)}
        context["sheet_url"] = f"{request.path}?from={span.first}&to={span.last}&sheet=xlsx"
    return context


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """`/admin/figures/`: every figure of every domain beside the period before."""
    if not user_can_see_figures(request.user):
        raise Http404
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return render(request, "desk/figures.html", page(request, form, _("The house in numbers"), "order"))
    span: Period = form.cleaned_data["span"]
    groups = counted(request.hub, span)  # type: ignore[attr-defined]  # set by HubMiddleware
    if request.GET.get("sheet") == "xlsx":
        headers = [_("Domain"), _("Figure"), _("Unit"), period_words(span), period_words(span.before), _("Difference")]
        return xlsx("figures", span, headers, sheet_rows(groups))
    context = {"groups": groups, "before_words": period_words(span.before), "opens_rows": user_can_open_rows(request.user)}
    return render(request, "desk/figures.html", {**page(request, form, _("The house in numbers"), "order"), **context})


@require_safe
def money_day(request: HttpRequest) -> HttpResponse:
    """`/admin/money/day/?day=`: what the domains say beside the book, and what came in by which way."""
    if not user_can_reconcile(request.user):
        raise Http404
    form = DayForm.asked(request.GET)
    title = _("Money of the day")
    context: dict[str, Any] = {"form": form, "page_title": title, "header_title": title, "header_icon": "tasks"}
    if form.is_valid():
        hub, day = request.hub, form.cleaned_data["day"]  # type: ignore[attr-defined]  # set by HubMiddleware
        sheets, oddities = money.sheets(hub, day), money.oddities(hub, day)
        difference_count = sum(sheet.different_count for sheet in sheets) + len(oddities)
        context |= {"day": day, "sheets": sheets, "oddities": oddities, "difference_count": difference_count, "takings": money.takings(hub, day)}
    return render(request, "desk/money_day.html", context)


@require_safe
def money_waived(request: HttpRequest) -> HttpResponse:
    """`/admin/money/waived/?from=&to=`: what was given away, by reason, for the funder."""
    if not user_can_see_waived(request.user):
        raise Http404
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return render(request, "desk/money_waived.html", page(request, form, _("Money waived"), "tag"))
    span: Period = form.cleaned_data["span"]
    sums = money.waived(request.hub, *instants(span))  # type: ignore[attr-defined]  # set by HubMiddleware
    if request.GET.get("sheet") == "xlsx":
        rows = [*sums.rows, (_("Together"), sums.fen, sums.count)]
        return xlsx("waived", span, [_("Reason"), _("How often"), _("Yuan")], [[label, count, as_number(fen, "fen")] for label, fen, count in rows])
    return render(request, "desk/money_waived.html", {**page(request, form, _("Money waived"), "tag"), "sums": sums})
