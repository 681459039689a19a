"""A booking's private page, reached by its long token: see, save, print, move, cancel."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bookings.payments.gateway import the_gateway
from bookings.rooms import money, queries
from bookings.rooms.actions import cancel as cancel_booking
from bookings.rooms.actions import move as move_booking
from bookings.rooms.actions.decisions import reason_in_words
from bookings.rooms.calendar_files import of_booking
from bookings.rooms.facts import facts_of_all
from bookings.rooms.forms import TimeForm
from bookings.rooms.models import Booking
from bookings.rooms.rules import Asked
from bookings.rooms.states import BookingStates
from hub.core import clock
from hub.core.errors import RuleBroken, put_on_form
from hub.served.queries import code_about


def booking_or_404(request: HttpRequest, token: str) -> Booking:
    """The booking of this token at this hub; whoever holds the token is its owner."""
    found = Booking.objects.at(request.hub).asked_for().filter(token=token).select_related("room", "hub", "organisation").first()  # type: ignore[attr-defined]  # set by HubMiddleware
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
def booking(request: HttpRequest, token: str) -> HttpResponse:
    """`/rooms/bookings/<token>/`: the slip, and what can still be done."""
    found = booking_or_404(request, token)
    now = clock.now()
    context = {
        "booking": found,
        "room": found.room,
        "is_coming": found.is_coming(now),
        "can_be_cancelled": found.can_be_cancelled(now),
        "reason": reason_in_words(found),
        "charge": money.shown(found),
        "can_pay_online": the_gateway() is not None,
        "rating_code": code_about("rooms.booking", found.reference) if found.state == BookingStates.USED else None,
    }
    return render(request, "rooms/booking.html", context)


@never_cache
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The booking as a calendar file."""
    found = booking_or_404(request, token)
    response = HttpResponse(of_booking(found, found.hub), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.reference}.ics"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Say what cancelling means, to the fen; then do it."""
    found = booking_or_404(request, token)
    refused = ""
    if request.method == "POST":
        try:
            cancel_booking(booking=found, by=request.user)
        except RuleBroken as broken:
            refused = broken.sentence
        else:
            return redirect(found.url)
    context = {
        "booking": found,
        "room": found.room,
        "can_be_cancelled": found.can_be_cancelled(clock.now()),
        "refused": refused,
        "charge": money.shown(found),
    }
    return render(request, "rooms/cancel.html", context, status=422 if refused else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, token: str) -> HttpResponse:
    """Another time in the same room under the same number."""
    found = booking_or_404(request, token)
    facts = facts_of_all([found.room])[0]
    start, end = clock.local(found.starts_at), clock.local(found.ends_at)
    initial = {"day": start.date(), "start": f"{start:%H:%M}", "end": f"{end:%H:%M}", "people": found.people_count}
    form = TimeForm(request.POST if request.method == "POST" else None, facts=facts, today=clock.today(), initial=initial)
    context: dict[str, Any] = {"booking": found, "room": found.room, "form": form, "can_be_moved": found.can_be_cancelled(clock.now())}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        asked = Asked(clock.at(data["day"], data["start"]), clock.at(data["day"], data["end"]), data["people"])
        try:
            moved = move_booking(booking=found, room=facts, asked=asked, by=request.user)
        except RuleBroken as broken:
            put_on_form(form, broken)
            if asked.minutes > 0:
                context["other_times"] = queries.other_times(found.hub, facts, asked.starts_at, asked.ends_at)
        else:
            return redirect(moved.url)
    return render(request, "rooms/move.html", context, status=422 if form.errors else 200)
