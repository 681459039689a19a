"""The desk: its first page, and a call's own. A call's page is one form: whatever key is pressed, nothing typed is lost."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hub.core import clock
from hub.core.errors import RuleBroken, put_on_form
from hub.core.joins import DeskPreview
from hub.core.wording import spoken_reference, time_words
from hub.desk import actions
from hub.desk.board import board_of
from hub.desk.call_forms import OpenForm, SearchForm
from hub.desk.call_rules import clock_words
from hub.desk.callers import find, until_words
from hub.desk.doors import at_the_desk
from hub.desk.models import Call
from hub.desk.permissions import user_can_work_on
from hub.desk.workbench import Workbench
from hub.people.models import Resident
from hub.people.queries import likely_same

PART = "X-Desk-Part"  # a page that asks for the preview alone says so
NO_WAYS = {"other_language_url": ""}  # the desk's addresses have no language of their own
ASKS = require_http_methods(["GET", "HEAD", "POST"])


# --- the first page -------------------------------------------------------------------------------------------------
@at_the_desk
@ASKS
def board(request: HttpRequest) -> HttpResponse:
    """`/desk/`: the one box, and what waits to be done. What is searched is posted."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return look_up(request, form)
    return shown_board(request, form)


def shown_board(request: HttpRequest, form: SearchForm, **found: Any) -> HttpResponse:
    """With what was found, or with the lists."""
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    context = {"form": form, "board": board_of(hub, request.user), **NO_WAYS, **found}
    return render(request, "desk/board.html", context, status=422 if form.errors else 200)


def look_up(request: HttpRequest, form: SearchForm) -> HttpResponse:
    """One person, or one number: straight to the call. Several: a list to choose from. Nobody: name and number are enough."""
    hub, channel = request.hub, form.cleaned_data["channel"]  # type: ignore[attr-defined]  # set by HubMiddleware
    found = find(hub, request.user, form.cleaned_data["asked"])
    if found.number and not found.things:
        person = found.people[0] if len(found.people) == 1 else None
        return redirect(actions.open_call(hub=hub, by=request.user, phone=found.number, person=person, channel=channel).url)
    if found.count == 1 and found.people:
        return redirect(actions.open_call(hub=hub, by=request.user, person=found.people[0], channel=channel).url)
    asked = form.cleaned_data["asked"]
    initial = {"phone": found.number} if found.number else {} if any(letter.isdecimal() for letter in asked) else {"name": asked[:40]}
    new = OpenForm(area_code=hub.area_code, initial={**initial, "channel": channel})
    return shown_board(request, form, found=found, open_form=new, channel=channel)


@at_the_desk
@require_POST
def open_call(request: HttpRequest) -> HttpResponse:
    """`/desk/open/`: somebody chosen from the list, or a name and a number."""
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    form = OpenForm(request.POST, area_code=hub.area_code)
    if not form.is_valid():
        return render(request, "desk/board.html", {"form": SearchForm(), "open_form": form, "board": board_of(hub, request.user), **NO_WAYS}, status=422)
    typed = form.cleaned_data
    person = get_object_or_404(Resident.objects.at(hub).living(), pk=typed["person"]) if typed["person"] else None
    call = actions.open_call(
        hub=hub, by=request.user, person=person, name=typed["name"], phone=typed["phone"], channel=typed["channel"] or form.fields["channel"].choices[0][0]  # type: ignore[attr-defined]  # a ChoiceField
    )  # fmt: skip
    return redirect(call.url)


@at_the_desk
@require_safe
def help_sheet(request: HttpRequest) -> HttpResponse:
    """`/desk/help/`: keys, codes and what to say, on one printed sheet."""
    bench = Workbench(request, Call(hub=request.hub, operator=request.user))  # type: ignore[attr-defined,misc]  # set by HubMiddleware
    codes = list(bench.wrap_form.fields["code"].queryset)  # type: ignore[attr-defined]  # a ModelChoiceField
    return render(request, "desk/help.html", {"tasks": bench.tasks, "codes": codes, **NO_WAYS})


# --- a call ---------------------------------------------------------------------------------------------------------
def call_or_404(request: HttpRequest, token: str) -> Call:
    """A call of this hub that somebody took or made."""
    rows = Call.objects.at(request.hub).answered().select_related("hub", "operator", "wrap_up", "answers", "person__building__grid__community")  # type: ignore[attr-defined]  # set by HubMiddleware
    return get_object_or_404(rows, token=token)


@at_the_desk
@ASKS
def call(request: HttpRequest, token: str) -> HttpResponse:
    """`/desk/calls/<token>/`: who, what is to be done, what to read out."""
    row = call_or_404(request, token)
    if not user_can_work_on(request.user, row):
        return render(request, "desk/call_of_another.html", {"call": row, **NO_WAYS}, status=409 if request.method == "POST" else 200)
    if not row.is_open:
        return redirect(row.url) if request.method == "POST" else after(request, row)
    bench = Workbench(request, row)
    if request.method == "POST":
        step, _dash, which = request.POST.get("step", "").partition("-")
        try:
            return STEPS.get(step, check)(bench, which)
        except RuleBroken as broken:
            bench.refused(broken)
    return shown(bench)


def shown(bench: Workbench) -> HttpResponse:
    """The page, or the preview alone for a page that asks for no more."""
    call = bench.call
    bench.rest()
    is_wrong = bench.given is not None and bench.is_wrong
    seconds = int((clock.now() - call.started_at).total_seconds())
    context = {
        "bench": bench,
        "call": call,
        "card": bench.card,
        "form": bench.form,
        "entitlements": [(row, until_words(row)) for row in bench.card.entitlements],
        "turn": len(call.done),
        "seconds": seconds,
        "clock": clock_words(seconds) if seconds < 60 * 60 else "",
        **last_done(call),
        **NO_WAYS,
    }
    template = "desk/preview.html" if bench.request.headers.get(PART) == "preview" else "desk/call.html"
    return render(bench.request, template, context, status=422 if is_wrong else 200)


def after(request: HttpRequest, row: Call) -> HttpResponse:
    """A call that is wrapped up: what is still to be read out, and the way to the next one."""
    return render(request, "desk/call_closed.html", {"call": row, **last_done(row), **NO_WAYS})


def last_done(row: Call) -> dict[str, Any]:
    """What was done last, with its reference as it is said."""
    done = row.done[-1] if row.done else None
    return {"done": done, "said": row.said or [], "spoken": spoken_reference(done["reference"]) if done and done["reference"] else ""}


# --- what a key does: each takes the bench and the rest of its word ---------------------------------------------------
def keep(bench: Workbench) -> None:
    """What is typed stands on the call before anything else happens."""
    actions.keep_draft(call=bench.call, task=bench.task.name, typed=bench.typed, turn=bench.turn, by=bench.request.user)


def check(bench: Workbench, _which: str) -> HttpResponse:
    """What it would do, and what to read out; nothing is done."""
    keep(bench)
    if bench.form.is_valid():
        bench.preview = previewed(bench)
    return shown(bench)


def previewed(bench: Workbench) -> DeskPreview:
    """What the open task would do; RuleBroken when it cannot be."""
    return bench.task.preview(bench.call.hub, bench.card.caller, bench.form.cleaned_data)


def do(bench: Workbench, _which: str, *, wraps_up: bool = False) -> HttpResponse:
    """Do it; with `wraps_up` close the call in the same step."""
    wrap = bench.wrap_form
    if not (bench.form.is_valid() & wrap.is_valid()):
        return check(bench, "")
    code = wrap.cleaned_data["code"] if wraps_up else None
    if wraps_up and code is None:
        keep(bench)
        bench.preview = previewed(bench)
        raise RuleBroken.of("call_code_missing", "code")
    try:
        done = actions.do_task(
            call=bench.call, task=bench.task, typed=bench.form.cleaned_data, turn=bench.turn, digest=bench.digest, by=bench.request.user, code=code,
            note=wrap.cleaned_data["note"], drops_draft=wrap.cleaned_data["drop"],
        )  # fmt: skip
    except RuleBroken:
        keep(bench)
        raise
    return redirect(done.url if wraps_up else f"{done.url}?{urlencode({'task': bench.task.name})}")


def do_and_wrap_up(bench: Workbench, which: str) -> HttpResponse:
    """The one key at the end of most calls."""
    return do(bench, which, wraps_up=True)


def close(bench: Workbench, _which: str) -> HttpResponse:
    """Wrap up without doing anything more."""
    keep(bench)
    wrap = bench.wrap_form
    if not wrap.is_valid():
        return shown(bench)
    closed = actions.wrap_up(
        call=bench.call, code=wrap.cleaned_data["code"], note=wrap.cleaned_data["note"], drops_draft=wrap.cleaned_data["drop"], by=bench.request.user
    )
    return redirect(closed.url)


def turn_to(bench: Workbench, which: str) -> HttpResponse:
    """Another task; what is typed here stays."""
    keep(bench)
    return redirect(f"{bench.call.url}?{urlencode({'task': which[:40]})}")


def is_person(bench: Workbench, which: str) -> HttpResponse:
    """It is this one who rings."""
    keep(bench)
    if not (which.isascii() and which.isdecimal() and len(which) < 19):
        raise Http404
    person = get_object_or_404(Resident.objects.at(bench.call.hub).living(), pk=int(which))
    actions.choose_person(call=bench.call, person=person, by=bench.request.user)
    return redirect(f"{bench.call.url}?{urlencode({'task': bench.task.name})}")


def new_person(bench: Workbench, _which: str) -> HttpResponse:
    """Name and number are enough; somebody who may be the same is shown first."""
    keep(bench)
    form = bench.person_form
    if form.is_valid():
        try:
            actions.add_person(call=bench.call, name=form.cleaned_data["name"], is_new=form.cleaned_data["is_new"], by=bench.request.user)
        except RuleBroken as broken:
            put_on_form(form, broken)
            bench.likely = likely_same(bench.call.hub, name=form.cleaned_data["name"].strip(), phones=[bench.call.phone] if bench.call.phone else [])
        else:
            return redirect(f"{bench.call.url}?{urlencode({'task': bench.task.name})}")
    return shown(bench)


STEPS = {
    "check": check,
    "do": do,
    "wrap": do_and_wrap_up,
    "close": close,
    "task": turn_to,
    "person": is_person,
    "new_person": new_person,
}


@at_the_desk
@require_POST
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """`…/draft/`: what is typed, every few seconds; answers when it was kept. 409 when the call is closed or a colleague's."""
    row = call_or_404(request, token)
    if not user_can_work_on(request.user, row) or not row.is_open:
        return JsonResponse({"kept": ""}, status=409)
    try:
        keep(Workbench(request, row))
    except RuleBroken:
        return JsonResponse({"kept": ""}, status=409)
    now = clock.local(clock.now())
    return JsonResponse({"kept": _("Kept at %(time)s, also if the power fails.") % {"time": f"{time_words(now.time())}:{now:%S}"}})


@at_the_desk
@require_POST
def take_over(request: HttpRequest, token: str) -> HttpResponse:
    """`…/take-over/`: a colleague goes on with it."""
    row = call_or_404(request, token)
    try:
        actions.take_over(call=row, by=request.user)
    except RuleBroken as broken:
        messages.error(request, broken.sentence)
        return redirect(reverse("desk:board"))
    return redirect(row.url)
