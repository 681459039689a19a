"""`/review/`: what is left to do in a month, in order."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hub.closings.models import Closing
from hub.core import clock, months
from hub.core.errors import RuleBroken, put_on_form
from hub.core.joins import closing_kinds
from hub.people.signin.doors import opens_to
from hub.review import rules
from hub.review.forms import ReopenForm
from hub.review.permissions import user_can_review, user_can_see_closing
from hub.review.queries import Closed, next_step, parts_of


@opens_to(user_can_review)
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """`?month=2026-10`; without it the last whole month."""
    shown = rules.month_from(request.GET.get("month", ""), clock.today())
    if shown is None:
        raise Http404
    parts = parts_of(request.hub, shown, request.user)  # type: ignore[attr-defined]  # set by HubMiddleware
    later = months.next_month(shown)
    context = {
        "month": shown, "earlier": months.last_month(shown), "later": later if later <= clock.today() else None,
        "parts": parts, "next": next_step(parts), "left": sum(part.left for part in parts),
    }  # fmt: skip
    return render(request, "review/month.html", context)


@opens_to(user_can_review)
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    """What was frozen, in words; whoever may opens it again here, with a reason."""
    rows = Closing.objects.at(request.hub).select_related("reopening__by", "closed_by", "hub")  # type: ignore[attr-defined]  # set by HubMiddleware
    found = get_object_or_404(rows, pk=pk)
    if found.kind not in closing_kinds or not user_can_see_closing(request.user, found):
        raise Http404
    closed = Closed(found, closing_kinds[found.kind])
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not closed.can_be_reopened_by(request.user):
            raise Http404
        if form.is_valid():
            try:
                closed.reopen(form.cleaned_data["reason"], request.user)
            except RuleBroken as refused:
                put_on_form(form, refused)
            else:
                messages.success(request, _("Opened again. What was frozen stays, and the next closing is a new version."))
                return redirect("review:closing", pk=pk)
    context = {"closed": closed, "text": closed.kind.words(found), "form": form, "may_reopen": closed.can_be_reopened_by(request.user)}
    return render(request, "review/closing.html", context, status=422 if form.errors else 200)
