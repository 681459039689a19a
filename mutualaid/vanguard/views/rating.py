"""Saying how it was: type a code, one tap, then as much as one likes."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hub.audit.staff_forms import posted
from hub.core.errors import RuleBroken, put_on_form, sentence
from hub.core.refusals import Refusal
from hub.promises.models import Promise
from hub.served.models import RatingCode
from hub.served.queries import code_typed
from hub.served.rules import clean_code
from mutualaid.vanguard import actions
from mutualaid.vanguard.actions.rating import post_of
from mutualaid.vanguard.actions.writing import CORRECTION, RATING
from mutualaid.vanguard.browsers import came_by, remember
from mutualaid.vanguard.forms import CodeForm, GradeForm, SaidForm
from mutualaid.vanguard.models import Rating
from mutualaid.vanguard.states import Grades, Sources, WordsStates

EITHER = require_http_methods(["GET", "HEAD", "POST"])
TYPED = "typed"


@never_cache
@EITHER
def type_code(request: HttpRequest) -> HttpResponse:
    """`/vanguard/rate/`: the code from the slip leads to the five grades; nothing is used up by it."""
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        held = code_typed(request.hub, form.cleaned_data["code"])  # type: ignore[attr-defined]  # set by HubMiddleware
        if held is None or held.used_at:
            form.add_error("code", sentence(Refusal("code_used" if held else "code_unknown")))
        else:
            return redirect(f"{reverse('vanguard:rate_code', args=[clean_code(form.cleaned_data['code'])])}?by={TYPED}")
    return render(request, "vanguard/type_code.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@EITHER
def rate_code(request: HttpRequest, code: str) -> HttpResponse:
    """`/vanguard/rate/<code>/`: five grades, one tap. Looking uses nothing up."""
    held = code_typed(request.hub, code)  # type: ignore[attr-defined]  # set by HubMiddleware
    form = GradeForm(posted(request), initial={"via": request.GET.get("by", "")})
    if request.method == "POST" and form.is_valid():
        source = Sources.WEB if form.cleaned_data["via"] == TYPED else Sources.LINK
        try:
            made = actions.rate(hub=request.hub, code=code, grade=form.cleaned_data["grade"], came=came_by(request, source))  # type: ignore[attr-defined]  # as above
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            return remember(request, redirect(made.own_url))
    return render(request, "vanguard/rate.html", rate_context(form, held), status=422 if form.errors else 200 if held else 404)


def rate_context(form: GradeForm, held: RatingCode | None) -> dict[str, Any]:
    """What was done, at which post; nothing about how a used code was used: whoever gave it out knows it as well."""
    can_be_used = held is not None and not held.used_at
    post, term = post_of(held.event) if can_be_used and held else (None, None)
    return {
        "form": form, "is_known": held is not None, "can_be_used": can_be_used, "event": held.event if held and can_be_used else None, "post": post,
        "term": term, "grades": Grades.choices, "refused": next(iter(form.errors.values()), [""])[0] if form.errors else "",
        "via": form["via"].value() or "",
    }  # fmt: skip


@never_cache
@EITHER
def said(request: HttpRequest, token: str) -> HttpResponse:
    """`/vanguard/said/<token>/`: the rater's own page: thanks, tags and words, and later what was put right and answered."""
    rows = Rating.objects.at(request.hub).select_related("post")  # type: ignore[attr-defined]  # set by HubMiddleware
    found = rows.filter(token=token).first()
    if found is None:
        raise Http404
    form = SaidForm(posted(request), hub=request.hub, initial={"words": found.words, "tags": list(found.tags.values_list("pk", flat=True))})  # type: ignore[attr-defined]  # as above
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_words(rating=found, words=form.cleaned_data["words"], tags=form.cleaned_data["tags"])
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            return redirect(f"{found.own_url}#kept")
    owed = Promise.objects.open().about(RATING, str(found.pk)).filter(kind=CORRECTION).first() if found.needs_correction else None
    context = {
        "rating": found, "post": found.post, "form": form, "owed": owed, "is_open": found.words_state in {WordsStates.NONE, WordsStates.WAITING},
    }  # fmt: skip
    return render(request, "vanguard/said.html", context, status=422 if form.errors else 200)
