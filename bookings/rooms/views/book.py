"""Booking, one question a screen: when → who and what for → check → booked.

The answers travel in the form, never in the session or the address: two tabs are two bookings. The token made for the details page
goes along and makes the confirmation idempotent: double tap, back and refresh give the same booking, and never a browser's error page
(which is what "no-store" would make of the way back to a page that was posted).
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from bookings.rooms import queries, rules
from bookings.rooms.actions import Asker, reserve
from bookings.rooms.actions.reserve import entitlement_for, is_for_organisation, who_holds
from bookings.rooms.facts import facts_of_all, hours_of
from bookings.rooms.forms import DetailsForm, TimeForm
from bookings.rooms.models import Booking, Room
from bookings.rooms.permissions import user_owns_booking
from bookings.rooms.rules import Asked, RoomFacts
from bookings.rooms.texts import said
from bookings.rooms.views.rooms import room_or_404
from hub.core import clock
from hub.core.errors import RuleBroken, put_on_form
from hub.core.references import new_token
from hub.people.queries import organisations_of, people_to_choose, people_user_may_act_for, resident_of

OUR_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,43}")
TIME_FIELDS = ("day", "start", "end", "people")


@dataclass
class Visit:
    """One request to the booking pages: the room, the two forms, what the visitor is."""

    request: HttpRequest
    room: Room
    facts: RoomFacts
    time_form: TimeForm
    details_form: DetailsForm

    @property
    def hub(self) -> Any:
        return self.request.hub  # type: ignore[attr-defined]  # set by HubMiddleware

    @property
    def asked(self) -> Asked:
        """The time form's answer; only once it is valid."""
        data = self.time_form.cleaned_data
        return Asked(clock.at(data["day"], data["start"]), clock.at(data["day"], data["end"]), data["people"])


@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, slug: str) -> HttpResponse:
    """`/rooms/<slug>/book/`: by GET with a time in the query, then by POST from page to page."""
    visit = new_visit(request, room_or_404(request, slug))
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step == "time":
        return ask_time(visit)
    if not time_is_right(visit):
        mine = already_mine(visit)
        return redirect(mine.url) if mine else ask_time(visit)
    if step not in {"check", "confirm"}:
        return ask_details(visit, fresh=True)
    if not visit.details_form.is_valid():
        return ask_details(visit)
    return confirm(visit) if step == "confirm" else check(visit)


def new_visit(request: HttpRequest, room: Room) -> Visit:
    """Both forms, filled with what came."""
    hub, facts = request.hub, facts_of_all([room])[0]  # type: ignore[attr-defined]  # set by HubMiddleware
    given = request.POST if request.method == "POST" else request.GET
    me = resident_of(request.user, hub)
    chosen = people_to_choose(request.user, hub, me)
    people = [(f"person-{person.pk}", label) for person, label in chosen]
    is_asked = request.method == "POST" or ({"day", "start", "end", "people"} <= given.keys() and "again" not in given)
    time_form = TimeForm(given if is_asked else None, facts=facts, today=clock.today(), initial={name: given.get(name, "") for name in TIME_FIELDS})
    details_form = DetailsForm(
        request.POST if request.method == "POST" else None,
        people=[*people, *((f"organisation-{organisation.pk}", organisation.name) for organisation in organisations_of(request.user, hub))],
        known={f"person-{person.pk}": person.name for person, _label in chosen},
        area_code=hub.area_code,
        initial={"who": f"person-{me.pk}" if me else "", "phone": request.user.phone if request.user.is_authenticated else ""},
    )
    return Visit(request, room, facts, time_form, details_form)


def time_is_right(visit: Visit) -> bool:
    """Whether the time is well-formed, allowed and (as far as one can tell without the lock) free; complaints are put on the form."""
    form = visit.time_form
    if not form.is_bound or not form.is_valid():
        return False
    refused = rules.complaints(visit.facts, visit.asked, now=clock.local(clock.now()), hours_of=hours_of(visit.hub))
    if refused:
        put_on_form(form, RuleBroken(*(said(refusal, visit.hub) for refusal in refused)))
        return False
    holder = who_holds(visit.facts.sharing, visit.facts, *rules.held_span(visit.facts, visit.asked))
    if holder and holder != visit.request.POST.get("token"):
        put_on_form(form, RuleBroken.of("taken", "start"))
        return False
    return True


def already_mine(visit: Visit) -> Booking | None:
    """The booking of this very time when the visitor has it already: somebody signed in who came back, or pressed again."""
    form, user = visit.time_form, visit.request.user
    if not user.is_authenticated or not form.has_error("start") or any(name not in form.data for name in TIME_FIELDS):
        return None
    span = taken_span(form)
    found = Booking.objects.at(visit.hub).coming(clock.now()).filter(room=visit.room, starts_at=span[0], ends_at=span[1]).first() if span else None
    return found if found and user_owns_booking(user, found) else None


def ask_time(visit: Visit) -> HttpResponse:
    """Which day, from when until when, how many. A taken time answers with other times and similar rooms."""
    form = visit.time_form
    context = base_context(visit) | {
        "form": form,
        "details": visit.details_form,
        "next_step": "check" if visit.details_form.is_valid() else "details",
        "hours": queries.opening_in_words(visit.facts),
    }
    if wanted := taken_span(form):
        context["other_times"] = queries.other_times(visit.hub, visit.facts, *wanted)
        context["similar"] = queries.similar_rooms(visit.hub, visit.facts, wanted[0], wanted[1], form.cleaned_data.get("people") or 1)
    return render(visit.request, "rooms/book_time.html", context, status=422 if form.errors and visit.request.method == "POST" else 200)


def taken_span(form: TimeForm) -> Any:
    """The span that somebody else has, when that is the complaint."""
    if not form.is_bound or not form.has_error("start") and not form.has_error("day"):
        return None
    try:
        day, start, end = (form.fields[name].clean(form.data.get(name)) for name in ("day", "start", "end"))
    except ValidationError:  # the form itself says what is wrong with them
        return None
    if end <= start or not clock.today() <= day <= clock.today() + timedelta(days=queries.FARTHEST_DAYS):
        return None
    return clock.at(day, start), clock.at(day, end)


def ask_details(visit: Visit, *, fresh: bool = False) -> HttpResponse:
    """Who, how to reach them, what for."""
    form = visit.details_form
    if fresh and form.is_bound:
        form = visit.details_form = unbound(visit)
    context = base_context(visit) | {
        "form": form,
        "time": visit.time_form,
        "asked": visit.asked,
        "quote": quote_for(visit, None),
        "token": token_of(visit) or new_token(),
    }
    return render(visit.request, "rooms/book_details.html", context, status=422 if form.errors else 200)


def unbound(visit: Visit) -> DetailsForm:
    """The details form without complaints, with whatever was typed so far."""
    bound = visit.details_form
    typed = {name: visit.request.POST[name] for name in bound.fields if name in visit.request.POST}
    form = DetailsForm(initial={**bound.initial, **typed}, area_code=visit.hub.area_code)
    if "who" in bound.fields:
        form.fields = bound.fields
    return form


def token_of(visit: Visit) -> str:
    """The token that came along, or '' when it is none of ours."""
    token = visit.request.POST.get("token", "")
    return token if OUR_TOKEN.fullmatch(token) else ""


def check(visit: Visit) -> HttpResponse:
    """Everything once more, the price, and one key. What this token has booked already is shown; for another time it is a new booking."""
    token = token_of(visit)
    made = Booking.objects.at(visit.hub).filter(token=token).first() if token else None
    if made and (made.room_id, made.starts_at, made.ends_at) == (visit.room.pk, visit.asked.starts_at, visit.asked.ends_at):
        return redirect(made.url)
    by = asker(visit)
    context = base_context(visit) | {
        "time": visit.time_form,
        "details": visit.details_form,
        "asked": visit.asked,
        "by": by,
        "quote": quote_for(visit, by),
        "cancel_by": rules.cancel_deadline(visit.asked.starts_at, visit.facts.cancel_until),
        "token": token if token and not made else new_token(),
    }
    return render(visit.request, "rooms/book_check.html", context)


def confirm(visit: Visit) -> HttpResponse:
    """Take the room, then show the slip; when somebody was faster, say so and offer other times."""
    token = token_of(visit)
    if not token:
        return check(visit)
    try:
        booking = reserve(hub=visit.hub, room=visit.facts, asked=visit.asked, by=asker(visit), token=token)
    except RuleBroken as broken:
        if broken.refusals[0].field in visit.details_form.fields:
            put_on_form(visit.details_form, broken)
            return ask_details(visit)
        put_on_form(visit.time_form, broken)
        return ask_time(visit)
    return redirect(booking.url)


def asker(visit: Visit) -> Asker:
    """Who asks, from the details and the account. A person or organisation that is not the visitor's to choose is no choice of the form."""
    data, user = visit.details_form.cleaned_data, visit.request.user
    me = resident_of(user, visit.hub)
    kind, _dash, pk = data.get("who", "").partition("-")
    person = people_user_may_act_for(user, visit.hub).filter(pk=pk).first() if kind == "person" else None
    organisation = organisations_of(user, visit.hub).filter(pk=pk).first() if kind == "organisation" else None
    return Asker(
        name=data["name"],
        phone=data["phone"],
        purpose=data["purpose"],
        user=user if user.is_authenticated else None,
        asked_by=me,
        for_person=person,
        organisation=organisation,
    )


def quote_for(visit: Visit, by: Asker | None) -> rules.Quote:
    """What it costs, before anybody confirms; without an asker the list price."""
    if by is None:
        return rules.quote(visit.facts, visit.asked)
    entitled = entitlement_for(visit.facts, visit.asked, by) is not None
    return rules.quote(visit.facts, visit.asked, for_organisation=is_for_organisation(by), is_entitled=entitled)


def base_context(visit: Visit) -> dict[str, Any]:
    """What every page of the booking shows."""
    return {"room": visit.room, "facts": visit.facts}
