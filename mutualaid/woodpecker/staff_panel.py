"""The reviewers' own pages: what is left of an edition, sorting, scoring, the register on paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hub.audit.staff_forms import posted
from hub.closings.models import Closing
from hub.core.errors import RuleBroken, put_on_form
from mutualaid.woodpecker import actions, queries, review, rules
from mutualaid.woodpecker.actions.reading import look_register
from mutualaid.woodpecker.models import Award, CanonicalError, Credit, Edition, Report
from mutualaid.woodpecker.panel import entries_of, ranking, to_score
from mutualaid.woodpecker.permissions import user_can_award, user_can_close, user_can_hand_over, user_can_review, user_can_see_reports
from mutualaid.woodpecker.queries import KIND
from mutualaid.woodpecker.staff import kinds_of, row_of
from mutualaid.woodpecker.staff_forms import NEW, PointsForm, SortForm

EITHER = require_http_methods(["GET", "HEAD", "POST"])
MOST_SHOWN = 60
MOST_ERRORS = 200


@require_safe
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition: what is left to do, in order; then what was found and closed."""
    edition = row_of(request, Edition, pk, user_can_see_reports, "newspaper")
    user: Any = request.user
    context = {
        "edition": edition, "stage": queries.stages_of([edition])[edition.pk], "steps": review.steps_of(edition, user),
        "closings": list(Closing.objects.at(edition.hub).of(KIND, edition.key).select_related("reopening")),
        "awards": Award.objects.standing().filter(edition=edition).select_related("prize", "handover").order_by("prize__rank", "place"),
        "can_award": user_can_award(user), "can_close": user_can_close(user), "can_review": user_can_review(user),
    }  # fmt: skip
    return render(request, "woodpecker/staff/desk.html", context)


# --- sorting --------------------------------------------------------------------------------------------------------
@EITHER
def sort(request: HttpRequest, pk: int) -> HttpResponse:
    """Raw reports on one side, errors on the other; `?like=` a report brings what is like it to the top."""
    edition = row_of(request, Edition, pk, user_can_review, "newspaper")
    raw = list(queries.raw_reports(edition))
    like = next((row for row in raw if str(row.pk) == request.GET.get("like", "")), None)
    if like is not None:
        near = [row.pk for row in queries.reports_like(edition, like.page, like.title, like.wrong)]
        raw.sort(key=lambda row: (near.index(row.pk) if row.pk in near else len(near), row.page, row.title))
    errors = list(queries.with_counts(CanonicalError.objects.standing().filter(edition=edition)).order_by("page", "pk")[:MOST_ERRORS])
    likely = [row.pk for row in queries.errors_like(edition, like)] if like else []
    errors.sort(key=lambda row: (likely.index(row.pk) if row.pk in likely else len(likely), row.page, row.pk))
    initial = {"page": like.page, "title": like.title, "what": like.wrong[:300], "right": like.right} if like else {}
    form = SortForm(posted(request), raw=raw, errors=errors, kinds=kinds_of(request), initial=initial)
    if request.method == "POST" and form.is_valid() and (made := put(request, edition, form)):
        messages.success(request, _("Sorted: %(error)s.") % {"error": made})
        return redirect("woodpecker_edition:sort", pk)
    ticked = request.POST.getlist("reports") if request.method == "POST" else [str(like.pk)] if like else []
    context = {
        "edition": edition, "form": form, "raw": raw[:MOST_SHOWN], "raw_count": len(raw), "errors": errors, "likely": likely, "like": like, "ticked": ticked,
        "where": request.POST.get("where", f"{errors[0].pk}-{errors[0].version}" if likely else NEW), "new": NEW,
    }  # fmt: skip
    return render(request, "woodpecker/staff/sort.html", context, status=422 if form.errors else 200)


def put(request: HttpRequest, edition: Edition, form: SortForm) -> CanonicalError | None:
    """Under the chosen error, or a new one; what is refused stands on the form."""
    typed = form.cleaned_data
    reports = [form.raw[value] for value in typed["reports"]]
    try:
        if typed["where"] != NEW:
            error = form.by_value[typed["where"]]
            return actions.group(error=error, reports=reports, version=error.version, by=request.user)
        facts = {name: typed[name] for name in ("title", "what", "right", "kind")}
        return actions.make_error(edition=edition, reports=reports, page=typed["page"] or 0, by=request.user, **facts)
    except RuleBroken as broken:
        put_on_form(form, broken)
        return None


# --- scoring --------------------------------------------------------------------------------------------------------
@EITHER
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry after the other, without names; below, what this reviewer has scored, and only there what others gave."""
    edition = row_of(request, Edition, pk, user_can_review, "newspaper")
    waiting = to_score(edition, request.user)
    form = PointsForm(posted(request), initial={"credit": waiting[0].credit.pk if waiting else ""})
    if request.method == "POST" and form.is_valid():
        credit = Credit.objects.select_related("error").filter(error__edition=edition, pk=_number(form.cleaned_data["credit"])).first()
        try:
            if credit is None:
                raise RuleBroken.of("woodpecker_not_credited")
            actions.score(credit=credit, points=form.cleaned_data["points"], by=request.user)
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            return redirect("woodpecker_edition:score", pk)
    done = [entry for entry in entries_of(edition) if request.user.pk in entry.scored_by]
    context = {
        "edition": edition, "form": form, "entry": waiting[0].credit if waiting else None, "left": len(waiting),
        "done": [line_of(each, request.user) for each in done], "is_of_the_panel": edition.reviewers.filter(pk=request.user.pk).exists(),
    }  # fmt: skip
    return render(request, "woodpecker/staff/score.html", context, status=422 if form.errors else 200)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() else 0


def line_of(entry: Any, user: Any) -> dict[str, Any]:
    """An entry this reviewer has scored: own points, the others', what comes out."""
    rows = entry.credit.scores.all()
    own = next(row.points for row in rows if row.reviewer_id == user.pk)
    others = [row.points for row in rows if row.reviewer_id != user.pk]
    return {"error": entry.credit.error, "own": own, "others": others, "middle": rules.words_of(rules.median(entry.points))}


@require_safe
def ranks(request: HttpRequest, pk: int) -> HttpResponse:
    """What the scores come to, before prizes are given: marks without names."""
    edition = row_of(request, Edition, pk, user_can_close, "newspaper")
    rows = [{"place": n, "row": row, "mark": rules.words_of(row.mark)} for n, row in enumerate(ranking(edition), 1)]
    return render(request, "woodpecker/staff/ranks.html", {"edition": edition, "rows": rows, "prizes": edition.prizes.all()})


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """The hand-over register to print and sign; `?unclaimed=1` what nobody has come for. Full names stand in the answer to a press, which is kept."""
    if not user_can_hand_over(request.user):
        raise Http404
    hub, only = request.hub, request.GET.get("unclaimed") == "1"  # type: ignore[attr-defined]  # set by HubMiddleware
    closed = Closing.objects.at(hub).standing().filter(kind=KIND).values("period")
    rows = Award.objects.at(hub).standing().filter(edition__key__in=closed).select_related("prize", "edition__newspaper", "handover__by")
    rows = rows.filter(handover=None).order_by("claim_by", "pk") if only else rows.order_by("-edition__issued_on", "prize__rank", "place")
    is_full = request.method == "POST"
    if is_full:
        look_register(hub=hub, by=request.user)
    context = {"rows": rows[:200], "only": only, "is_full": is_full, "list_url": reverse("woodpecker_award:index")}
    return render(request, "woodpecker/staff/register.html", context)


def report_url(report: Report) -> str:
    """Its staff page."""
    return reverse("woodpecker_report:inspect", args=[report.pk])
