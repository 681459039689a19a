"""The buttons of ratings, boxes and months: decide, count, close, open again, strike, take the figures out."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from tablib import Dataset

from hub.audit.actions import write_line
from hub.audit.staff_forms import ask, posted
from hub.closings.models import Closing
from hub.core import clock
from hub.core.spreadsheets import BYTE_ORDER_MARK, TYPES, safe_cell
from hub.promises.models import Promise
from mutualaid.vanguard import actions, months, tallies
from mutualaid.vanguard.actions.closing import open_boxes
from mutualaid.vanguard.actions.deciding import keep_aside
from mutualaid.vanguard.actions.writing import CORRECTION, MONTH, RATING
from mutualaid.vanguard.models import Rating, Strike
from mutualaid.vanguard.permissions import (
    own_posts,
    rows_to_correct,
    user_can_close,
    user_can_count_boxes,
    user_can_keep_posts,
    user_can_review,
)
from mutualaid.vanguard.queries import to_correct
from mutualaid.vanguard.rules import GRADES
from mutualaid.vanguard.staff_forms import BoxForm, DoneForm, ReasonForm, ReopenForm, StrikeForm
from mutualaid.vanguard.states import Grades

EITHER = require_http_methods(["GET", "HEAD", "POST"])
MOST_OPEN = 200


def rating_or_404(request: HttpRequest, pk: int) -> Rating:
    """This hub's rating, for those who review and do not hold its post."""
    if not user_can_review(request.user):
        raise Http404
    found: Rating = get_object_or_404(Rating.objects.at(request.hub).select_related("post", "hub"), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware
    if found.post_id in own_posts(request.user, found.month):
        raise Http404
    return found


def about(request: HttpRequest, pk: int, act: Callable[[Rating, Any], object], form: forms.Form, **words: Any) -> HttpResponse:
    """One rating, one question, one action."""
    rating = rating_or_404(request, pk)
    return ask(request, form=form, act=lambda typed: act(rating, typed), back=reverse("vanguard_rating:inspect", args=[pk]), icon="pick", **words)


@EITHER
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """It counts no more."""
    return about(
        request, pk, lambda rating, typed: actions.set_aside(rating=rating, by=request.user, **typed), ReasonForm(posted(request)),
        title=_("Set this rating aside"), submit=_("Set aside"), done=_("Set aside: it stays listed and counts no more."),
    )  # fmt: skip


@EITHER
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """It counts again."""
    return about(
        request, pk, lambda rating, typed: actions.put_back(rating=rating, by=request.user, **typed), ReasonForm(posted(request)),
        title=_("Put this rating back"), submit=_("Put back"), done=_("Put back: it counts again."),
    )  # fmt: skip


@EITHER
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """What the rule set aside stays aside."""
    return about(
        request, pk, lambda rating, _typed: keep_aside(rating=rating, by=request.user), forms.Form(posted(request)), title=_("Leave it aside"),
        submit=_("Leave it aside"), done=_("Looked at: it stays aside."),
    )  # fmt: skip


@EITHER
def show_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody may read them."""
    return about(
        request, pk, lambda rating, _typed: actions.decide_words(rating=rating, is_shown=True, by=request.user), forms.Form(posted(request)),
        title=_("Show these words"), submit=_("Show"), done=_("They are shown, without a name."),
    )  # fmt: skip


@EITHER
def hide_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody reads them; the grade counts."""
    return about(
        request, pk, lambda rating, _typed: actions.decide_words(rating=rating, is_shown=False, by=request.user), forms.Form(posted(request)),
        title=_("Do not show these words"), submit=_("Do not show"), done=_("They are not shown; the grade counts all the same."),
    )  # fmt: skip


# --- corrections ----------------------------------------------------------------------------------------------------
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What has to be put right, by when and by whom, the first due first: all of it for those who review, one's own post's for its people."""
    rows = rows_to_correct(request.user, to_correct(request.hub))  # type: ignore[attr-defined]  # set by HubMiddleware
    if not user_can_review(request.user) and not own_posts(request.user):
        raise Http404
    found = list(rows.select_related("post").prefetch_related("tags").order_by("received_at", "pk")[:MOST_OPEN])
    owed = Promise.objects.at(request.hub).open().filter(kind=CORRECTION, subject_label=RATING, subject_ref__in=[str(row.pk) for row in found])  # type: ignore[attr-defined]  # as above
    by_ref = {promise.subject_ref: promise for promise in owed.select_related("owner")}
    for row in found:
        row.owed = by_ref.get(str(row.pk))
    found.sort(key=lambda row: (row.owed is None, row.owed.due_at if row.owed else row.received_at))
    return render(request, "vanguard/staff/corrections.html", {"rows": found, "now": clock.now()})


@EITHER
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was put right."""
    rows = rows_to_correct(request.user, Rating.objects.at(request.hub).select_related("post", "hub").exclude(post=None))  # type: ignore[attr-defined]  # set by HubMiddleware
    found = get_object_or_404(rows, pk=pk)
    return ask(
        request, form=DoneForm(posted(request), initial={"words": found.done_words}),
        act=lambda typed: actions.put_right(rating=found, words=typed["words"], by=request.user), title=_("What was put right"), submit=_("Write it down"),
        done=_("Written down; the rater reads it."), back=reverse("vanguard_rating:corrections"), icon="check",
    )  # fmt: skip


# --- boxes ----------------------------------------------------------------------------------------------------------
@EITHER
def type_box(request: HttpRequest) -> HttpResponse:
    """What one has counted; nobody sees what the other has."""
    if not user_can_count_boxes(request.user):
        raise Http404
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    asked = {name: request.GET.get(name, "") for name in ("month", "post", "box") if request.GET.get(name)}
    form = BoxForm(posted(request), hub=hub, initial={"month": months.period_of(months.last_month(months.this_month())), **asked})

    def act(typed: Any) -> object:
        five, four, three, two, one = form.cards()
        return actions.type_box(post=typed["post"], month=typed["month"], box=typed["box"], cards=(five, four, three, two, one), by=request.user)

    return ask(
        request, form=form, act=act, title=_("Count a paper box"), submit=_("This is what I counted"),
        done=_("Written down. When two have counted the same, the cards count."), back=reverse("boxcount:index"), icon="form",
    )  # fmt: skip


# --- months ---------------------------------------------------------------------------------------------------------
def month_or_404(request: HttpRequest, period: str) -> date:
    """The month of an address, for those who review; not one to come."""
    found = months.month_from(period)
    if found is None or found > months.this_month() or not user_can_review(request.user):
        raise Http404
    return found


@never_cache
@require_safe
def month(request: HttpRequest, period: str) -> HttpResponse:
    """A month as it stands now, what was frozen, and what can be done; `?kind=` as a file, with the same figures."""
    asked = month_or_404(request, period)
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    found = tallies.month_at(hub, asked)
    kind = request.GET.get("kind", "")
    if kind in TYPES:
        return as_file(request, found, kind)
    versions = list(Closing.objects.at(hub).of(MONTH, period).select_related("reopening__by", "closed_by"))
    standing = next((closing for closing in versions if not hasattr(closing, "reopening")), None)
    context = {
        "found": found, "month_words": months.month_words(asked), "period": period, "versions": versions, "standing": standing,
        "is_over": months.is_over(asked), "may_close": user_can_close(request.user, asked), "may_strike": user_can_keep_posts(request.user),
        "strikes": Strike.objects.at(hub).standing().filter(month=asked).select_related("post"), "grades": GRADES, "open_boxes": open_boxes(hub, asked).count(),
        "earlier": months.period_of(months.last_month(asked)), "later": months.period_of(months.next_month(asked)) if asked < months.this_month() else "",
    }  # fmt: skip
    return render(request, "vanguard/staff/month.html", context)


def as_file(request: HttpRequest, found: tallies.Month, kind: str) -> HttpResponse:
    """The figures of the screen as a spreadsheet; taking them out of the house is a line in the audit."""
    heads = [_("Number"), pgettext("vanguard", "Post"), _("Holder"), _("Ratings"), *(str(Grades(grade).label) for grade in GRADES)]
    heads += [pgettext("ratings", "On paper"), _("Set aside"), _("Taken over by a later one"), pgettext("ratings", "Points"), pgettext("in a ranking", "Place")]
    table = Dataset(headers=heads)
    for line in found.posts:
        table.append([
            line.post.number, safe_cell(line.post.name_zh), safe_cell(line.holder.name if line.holder else ""), line.tally.votes, *line.tally.grades,
            line.paper, line.aside, line.earlier, line.score, line.placed.place if line.placed else "",
        ])  # fmt: skip
    period = months.period_of(found.month)
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    write_line(hub_id=hub.pk, actor=request.user, verb="export", subject=MONTH, ref=period, changes={"kind": kind, "rows": len(found.posts)})
    body = table.export("xlsx") if kind == "xlsx" else (BYTE_ORDER_MARK + str(table.export("csv"))).encode()  # numbers stay numbers
    return HttpResponse(body, content_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="vanguard-{period}.{kind}"'})


def back_to(period: str) -> str:
    return reverse("vanguard_rating:month", args=[period])


@EITHER
def close(request: HttpRequest, period: str) -> HttpResponse:
    """Freeze the month."""
    asked = month_or_404(request, period)
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    return ask(
        request, form=forms.Form(posted(request)), act=lambda _typed: actions.close_month(hub=hub, month=asked, by=request.user),
        title=_("Close %(month)s") % {"month": months.month_words(asked)}, submit=_("Close the month"), done=_("Closed: figures and five are frozen."),
        back=back_to(period), icon="lock",
    )  # fmt: skip


@EITHER
def reopen(request: HttpRequest, period: str) -> HttpResponse:
    """Open a closed month again."""
    asked = month_or_404(request, period)
    found = get_object_or_404(Closing.objects.at(request.hub).standing(), kind=MONTH, period=period)  # type: ignore[attr-defined]  # set by HubMiddleware
    return ask(
        request, form=ReopenForm(posted(request)), act=lambda typed: actions.reopen_month(closing=found, by=request.user, **typed),
        title=_("Open %(month)s again") % {"month": months.month_words(asked)}, submit=_("Open again"),
        done=_("Open again; what was frozen is kept beside it."), back=back_to(period), icon="lock-open",
    )  # fmt: skip


@EITHER
def strike(request: HttpRequest, period: str) -> HttpResponse:
    """The committee leaves a post out."""
    asked = month_or_404(request, period)
    if not user_can_keep_posts(request.user):
        raise Http404
    form = StrikeForm(posted(request), hub=request.hub)  # type: ignore[attr-defined]  # set by HubMiddleware
    return ask(
        request, form=form, act=lambda typed: actions.strike(month=asked, by=request.user, **typed), title=_("Leave a post out"), submit=_("Leave it out"),
        done=_("Left out, with the reason beside it. Where it stood among the five, the next moves up."), back=back_to(period), icon="cross",
    )  # fmt: skip


@EITHER
def take_strike_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The post stands again."""
    if not user_can_keep_posts(request.user):
        raise Http404
    found = get_object_or_404(Strike.objects.at(request.hub).standing(), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware
    return ask(
        request, form=forms.Form(posted(request)), act=lambda _typed: actions.take_strike_back(strike=found, by=request.user),
        title=_("Let the post stand again"), submit=_("Let it stand"), done=_("It stands again."), back=back_to(months.period_of(found.month)), icon="rotate",
    )  # fmt: skip
