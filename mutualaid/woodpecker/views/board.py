"""What everybody sees: the running edition, known errors and winners of closed ones, who won what by year."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mutualaid.woodpecker import queries, results
from mutualaid.woodpecker.models import Edition
from mutualaid.woodpecker.states import Stages


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """`/woodpecker/`: what it is, what runs and until when, the prizes, who won last."""
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    closed = queries.closed_editions(hub)
    last = closed[0] if closed else None
    context = {
        "running": queries.running_editions(hub), "judging": queries.judging_editions(hub), "closed": closed[1:], "last": last[0] if last else None,
        "winners": results.winners_in(last[1].result) if last else [],
    }  # fmt: skip
    return render(request, "woodpecker/landing.html", context)


def edition_or_404(request: HttpRequest, key: str) -> Edition:
    """An edition of this hub that has come out."""
    found = Edition.objects.at(request.hub).select_related("newspaper", "hub__site").prefetch_related("prizes").filter(key=key).first()  # type: ignore[attr-defined]  # set by HubMiddleware
    if found is None or queries.stages_of([found])[found.pk] == Stages.COMING:
        raise Http404
    return found


def result_page(request: HttpRequest, key: str) -> dict[str, Any]:
    """What is frozen of an edition, or nothing yet; one that was opened again says so and shows what was frozen."""
    found = edition_or_404(request, key)
    closing = queries.last_closing(found)
    reopening = getattr(closing, "reopening", None)
    result = closing.result if closing else None
    return {
        "edition": found, "stage": queries.stages_of([found])[found.pk], "closing": closing, "reopening": reopening, "result": result,
        "winners": results.winners_in(result) if result else [], "errors": results.errors_in(result) if result else [],
        "lines": results.lines_of(result) if result else [],
    }  # fmt: skip


@require_safe
def edition(request: HttpRequest, key: str) -> HttpResponse:
    """`/woodpecker/editions/<key>/`: until when it takes reports; once closed its known errors and winners."""
    return render(request, "woodpecker/edition.html", result_page(request, key))


@require_safe
def printed(request: HttpRequest, key: str) -> HttpResponse:
    """A4, for the newspaper page and the notice board."""
    context = result_page(request, key)
    if context["result"] is None:
        raise Http404
    running = queries.running_editions(request.hub)  # type: ignore[attr-defined]  # set by HubMiddleware
    return render(request, "woodpecker/print.html", {**context, "running": running})


@require_safe
def text(request: HttpRequest, key: str) -> HttpResponse:
    """The same as plain text, to copy into the next edition."""
    context = result_page(request, key)
    if context["result"] is None:
        raise Http404
    marks = {"h2": "\n", "li": "  ", "p": ""}
    body = "\n".join(f"{marks[kind]}{words}" for kind, words in [("p", results.called(context["result"])), *context["lines"]])
    return HttpResponse(f"{body}\n", content_type="text/plain; charset=utf-8")


@require_safe
def pdf(request: HttpRequest, key: str) -> FileResponse:
    """The edition itself, so that a page can be looked up."""
    found = edition_or_404(request, key)
    if not found.pdf:
        raise Http404
    try:
        return FileResponse(found.pdf.open(), content_type="application/pdf", filename=f"edition-{found.number}.pdf")
    except FileNotFoundError:
        raise Http404 from None


@require_safe
def standings(request: HttpRequest) -> HttpResponse:
    """`/woodpecker/standings/`: who won what how often, `?year=`."""
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    years = queries.years(hub)
    asked = request.GET.get("year", "")
    if asked and asked not in {str(year) for year in years}:
        raise Http404
    year = int(asked) if asked else next(iter(years), None)
    prizes = queries.standings(hub, year) if year else []
    return render(request, "woodpecker/standings.html", {"years": years, "year": year, "prizes": prizes})
