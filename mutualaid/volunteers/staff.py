"""The buttons of shifts and sign-ups: each asks its permission, shows a form, calls one action."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hub.audit.staff_forms import ask, posted
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.references import new_token
from hub.people.states import Channels
from mutualaid.volunteers import actions, queries
from mutualaid.volunteers.actions import Joiner
from mutualaid.volunteers.actions.presence import Row
from mutualaid.volunteers.models import Shift, SignUp
from mutualaid.volunteers.permissions import user_can_keep_volunteers, user_can_serve_sign_ups
from mutualaid.volunteers.staff_forms import PersonForm, PlanForm, ReasonForm, SheetForm

EITHER = require_http_methods(["GET", "HEAD", "POST"])
BLANK_LINES = 8


def shift_or_404(request: HttpRequest, pk: int, may: Callable[..., bool] = user_can_keep_volunteers) -> Shift:
    """This hub's shift, when this user may; else it is not there."""
    if not may(request.user):
        raise Http404
    rows = Shift.objects.at(request.hub).with_going().select_related("opportunity__team", "hub__site")  # type: ignore[attr-defined]  # set by HubMiddleware
    found: Shift = get_object_or_404(rows, pk=pk)
    return found


def back_to(shift: Shift) -> str:
    return reverse("shift:inspect", args=[shift.pk])


@EITHER
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody is signed up by name and number."""
    shift = shift_or_404(request, pk, user_can_serve_sign_ups)

    def act(typed: Any) -> object:
        by = Joiner(typed["person"], phone=typed["phone"], channel=Channels.COUNTER, asked_by=typed["person"], taken_by=request.user, user=request.user)
        return actions.sign_up(shift=shift, by=by, token=new_token())

    return ask(
        request, form=PersonForm(posted(request), hub=shift.hub), act=act, title=_("Sign somebody up"), submit=_("Write it down"),
        done=_("Written down; they are told whether they have a place."), back=back_to(shift), about=shift, icon="plus",
    )  # fmt: skip


@EITHER
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    shift = shift_or_404(request, pk)
    return ask(
        request, form=ReasonForm(posted(request)), act=lambda typed: actions.call_off(shift=shift, by=request.user, **typed),
        title=_("Call the shift off"), submit=_("Call it off"), done=_("Called off; everybody is told."), back=back_to(shift), about=shift, icon="cross",
    )  # fmt: skip


@EITHER
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    """The same weekday and time in the weeks after; weeks that have it already are left out."""
    shift = shift_or_404(request, pk)

    def act(typed: Any) -> None:
        start, end = shift.span
        for week in range(1, typed["weeks"] + 1):
            later = [clock.at(moment.date() + timedelta(weeks=week), moment.time()) for moment in (start, end)]
            if not Shift.objects.filter(opportunity=shift.opportunity, starts_at=later[0], called_off_at=None).exists():
                actions.plan_shift(opportunity=shift.opportunity, starts_at=later[0], ends_at=later[1], places_count=shift.places_count, by=request.user)

    return ask(
        request, form=PlanForm(posted(request)), act=act, title=_("Plan the weeks after"), submit=_("Plan them"), done=_("Planned."), back=back_to(shift),
        icon="date",
    )  # fmt: skip


@require_safe
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet at the place, with the code and the picture a phone reads."""
    shift = shift_or_404(request, pk)
    address = f"{shift.hub.origin}{reverse('volunteers:here_by_code', args=[shift.code])}"
    return render(request, "volunteers/staff/card.html", {"shift": shift, "address": address})


def sheet_rows(shift: Shift) -> list[SignUp]:
    """Who has a place, in the order they came."""
    rows = SignUp.objects.filter(shift=shift, state__in=queries.STATES_ON_A_SHEET).select_related("for_person")
    return list(rows.order_by("id"))


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The list to sign, with blank lines for who just comes along."""
    shift = shift_or_404(request, pk)
    rows = [row for row in sheet_rows(shift) if row.is_going]
    return render(request, "volunteers/staff/sheet.html", {"shift": shift, "rows": rows, "blanks": range(BLANK_LINES)})


@EITHER
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Type a signed sheet."""
    shift = shift_or_404(request, pk)
    known = queries.hours_of_sign_ups(rows := sheet_rows(shift))
    form = SheetForm(posted(request), shift=shift, rows=[row for row in rows if row.is_going and row.pk not in known])

    def act(_typed: Any) -> None:
        if not form.rows:
            raise RuleBroken.of("signup_none")
        actions.write_in(shift=shift, rows=[Row(*line) for line in form.lines()], by=request.user)

    return ask(
        request, form=form, act=act, title=_("Type the signed sheet"), submit=_("Take it into the book"),
        done=_("Taken into the book. Somebody else has to confirm these hours."), back=back_to(shift), about=shift, icon="form",
    )  # fmt: skip


@EITHER
def came_too(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody on the sheet who had not signed up."""
    shift = shift_or_404(request, pk)
    return ask(
        request, form=PersonForm(posted(request), hub=shift.hub), act=lambda typed: actions.add_who_came(shift=shift, person=typed["person"], by=request.user),
        title=_("Somebody came along"), submit=_("Add to the sheet"), done=_("Added; please type their times on the sheet."), back=back_to(shift),
        about=shift, icon="user",
    )  # fmt: skip


@EITHER
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody off, with a reason; the first who waits moves up."""
    if not user_can_serve_sign_ups(request.user):
        raise Http404
    sign_up = get_object_or_404(SignUp.objects.at(request.hub), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware
    form = ReasonForm(posted(request))
    return ask(
        request, form=form, act=lambda typed: actions.withdraw(sign_up=sign_up, by=request.user, as_staff=True, **typed), title=_("Let them off"),
        submit=_("Let them off"), done=_("Written down; who waits moves up and is told."), back=reverse("signup:inspect", args=[pk]), icon="cross",
    )  # fmt: skip
