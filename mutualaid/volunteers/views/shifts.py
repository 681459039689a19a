"""What one can help with, a place in a shift, and giving it back."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hub.core import clock
from hub.core.errors import RuleBroken, put_on_form
from hub.core.references import new_token
from hub.people.models import Resident
from hub.people.queries import people_to_choose, people_user_may_act_for, resident_of
from mutualaid.volunteers import actions, queries
from mutualaid.volunteers.actions import Joiner
from mutualaid.volunteers.actions.newcomers import enter_newcomer
from mutualaid.volunteers.actions.sign_ups import guardians_word
from mutualaid.volunteers.forms import JoinForm
from mutualaid.volunteers.models import Shift, SignUp
from mutualaid.volunteers.permissions import user_owns_sign_up
from mutualaid.volunteers.rules import is_minor

OUR_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,43}")
FIRST_SHIFTS, MOST_SHIFTS = 8, 100
EITHER = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """`/volunteer/`: open shifts, teams, how to join."""
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    shifts = list(queries.open_shifts(hub)[:MOST_SHIFTS])
    shown = shifts if request.GET.get("all") else shifts[:FIRST_SHIFTS]
    return render(request, "volunteers/landing.html", {"shifts": shown, "more": len(shifts) - len(shown), "teams": queries.team_cards(hub)})


def shift_or_404(request: HttpRequest, ref: str) -> Shift:
    """A shift of this hub that the public can see, over or not."""
    rows = Shift.objects.at(request.hub).filter(opportunity__is_published=True).with_going().select_related("opportunity__team", "hub__site")  # type: ignore[attr-defined]  # set by HubMiddleware
    found: Shift = get_object_or_404(rows, ref=ref)
    return found


@dataclass
class Visit:
    """One request to a shift's page by somebody who has signed in."""

    request: HttpRequest
    shift: Shift
    me: Resident | None
    mine: list[SignUp]
    has_somebody_left: bool
    form: JoinForm


@cache_control(private=True, no_cache=True)
@EITHER
def shift(request: HttpRequest, ref: str) -> HttpResponse:
    """`/volunteer/shifts/<ref>/`: what, when, where, places left; who has signed in signs up here."""
    found = shift_or_404(request, ref)
    if not request.user.is_authenticated:
        if request.method == "POST":
            return redirect("volunteers:shift", ref=ref)
        return render(request, "volunteers/shift.html", {"shift": found, "work": found.opportunity, "is_open": is_open(found)})
    if (made := made_before(request, found)) is not None:
        return redirect(made.url)
    visit = new_visit(request, found)
    if request.method == "POST" and visit.form.is_valid():
        try:
            return redirect(join(visit).url)
        except RuleBroken as broken:
            put_on_form(visit.form, broken)
    return shown(visit)


def made_before(request: HttpRequest, shift: Shift) -> SignUp | None:
    """What this very form has made already: somebody pressed twice."""
    token = request.POST.get("token", "")
    made = SignUp.objects.filter(shift=shift, token=token).select_related("hub").first() if OUR_TOKEN.fullmatch(token) else None
    return made if made is not None and user_owns_sign_up(request.user, made) else None


def is_open(shift: Shift) -> bool:
    """Whether one can sign up."""
    return not shift.is_called_off and not shift.has_begun(clock.now())


def new_visit(request: HttpRequest, shift: Shift) -> Visit:
    """The form, filled with what came."""
    me = resident_of(request.user, shift.hub)
    everybody = people_to_choose(request.user, shift.hub, me)
    known = [person.pk for person, _label in everybody]
    mine = list(SignUp.objects.living().filter(shift=shift, for_person__in=known).select_related("for_person"))
    there = {row.for_person_id for row in mine}
    people = [(person, label) for person, label in everybody if person.pk not in there]
    day = clock.local(shift.starts_at).date()
    asks_guardian = any(person != me and is_minor(person.birth_on, day) and not guardians_word(person) for person, _label in people)
    form = JoinForm(
        request.POST if request.method == "POST" else None,
        people=[(str(person.pk), label) for person, label in people],
        asks_guardian=asks_guardian,
        area_code=shift.hub.area_code,
        initial={"who": str(me.pk) if me else "", "name": request.user.name, "phone": request.user.phone or first_number(me)},  # type: ignore[union-attr]  # a signed-in user has them
    )
    return Visit(request, shift, me, mine, bool(people) or not everybody, form)


def first_number(me: Resident | None) -> str:
    """The number that is rung first."""
    found = me.phones.order_by("-is_first", "id").first() if me else None
    return found.number if found else ""


def join(visit: Visit) -> SignUp:
    """Sign up whoever was chosen; an account that is nobody's yet becomes somebody first."""
    typed, user, hub = visit.form.cleaned_data, visit.request.user, visit.shift.hub
    if "who" in visit.form.fields:
        person = people_user_may_act_for(user, hub).filter(pk=typed["who"]).first()
        if person is None:
            raise RuleBroken.of("volunteer_not_yours", "who", hotline=hub.hotline)
    else:
        person = visit.me = enter_newcomer(hub=hub, user=user, name=typed["name"], phone=typed["phone"], has_agreed=typed["keep"])
    token = visit.request.POST.get("token", "")
    by = Joiner(person, phone=typed["phone"], asked_by=visit.me, user=user, guardian_agrees=typed.get("guardian_agrees", False))
    return actions.sign_up(shift=visit.shift, by=by, token=token if OUR_TOKEN.fullmatch(token) else new_token())


def shown(visit: Visit) -> HttpResponse:
    """The page with what is mine already."""
    context = {
        "shift": visit.shift,
        "work": visit.shift.opportunity,
        "is_open": is_open(visit.shift),
        "form": visit.form if visit.has_somebody_left else None,
        "token": visit.request.POST.get("token") or new_token(),
        "mine": visit.mine,
    }
    return render(visit.request, "volunteers/shift.html", context, status=422 if visit.form.errors else 200)


def sign_up_or_404(request: HttpRequest, token: str) -> SignUp:
    """Whoever holds the long token may look, as with bookings."""
    rows = SignUp.objects.at(request.hub).select_related("shift__opportunity__team", "for_person", "hub__site")  # type: ignore[attr-defined]  # set by HubMiddleware
    found: SignUp | None = rows.filter(token=token).first()
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
def signup(request: HttpRequest, token: str) -> HttpResponse:
    """`/volunteer/signups/<token>/`: the slip. The name is shown to those it belongs to alone."""
    found = sign_up_or_404(request, token)
    return render(request, "volunteers/signup.html", context_of(request, found))


def context_of(request: HttpRequest, found: SignUp) -> dict[str, Any]:
    """What the slip shows."""
    now = clock.now()
    return {
        "sign_up": found,
        "shift": found.shift,
        "work": found.shift.opportunity,
        "in_line": queries.place_in_line(found) if found.lives and not found.is_going else 0,
        "can_withdraw": found.can_withdraw(now),
        "has_begun": found.shift.has_begun(now),
        "is_mine": user_owns_sign_up(request.user, found),
    }


@never_cache
@EITHER
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once, then gives the place back."""
    found = sign_up_or_404(request, token)
    refused = ""
    if request.method == "POST":
        try:
            actions.withdraw(sign_up=found, by=request.user)
        except RuleBroken as broken:
            refused = broken.sentence
        else:
            return redirect(found.url)
    return render(request, "volunteers/withdraw.html", {**context_of(request, found), "refused": refused}, status=422 if refused else 200)
