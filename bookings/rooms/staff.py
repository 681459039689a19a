"""The buttons of the staff's room screens: each asks its permission, shows a form, calls one action."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bookings.rooms import actions
from bookings.rooms.actions.closures import affected_by
from bookings.rooms.actions.reserve import Asker
from bookings.rooms.facts import facts_of_all
from bookings.rooms.forms import ClosureForm, DeclineForm
from bookings.rooms.models import Booking, Room
from bookings.rooms.permissions import user_can_decide, user_can_keep_rooms, user_can_serve_bookings
from bookings.rooms.rules import Asked
from bookings.rooms.staff_forms import ReasonForm, StaffBookingForm, StaffMoveForm
from bookings.rooms.states import IS_A_CLOSURE, BookingStates
from hub.audit.staff_forms import ask, posted
from hub.core import clock
from hub.core.references import grouped, new_token
from hub.core.wording import when_words
from hub.people.queries import residents_known_by

EITHER = require_http_methods(["GET", "HEAD", "POST"])


def _booking(request: HttpRequest, pk: int) -> Booking:
    rows = Booking.objects.at(request.hub).select_related("room", "hub", "asked_by")  # type: ignore[attr-defined]  # set by HubMiddleware
    return get_object_or_404(rows, pk=pk)


def _ask_about(request: HttpRequest, pk: int, may: Any, **words: Any) -> HttpResponse:
    """One booking, one question, one action given as `act(booking, typed)`."""
    if not may(request.user):
        raise Http404
    booking = _booking(request, pk)
    if not may(request.user, booking):
        raise Http404
    act = words.pop("act")
    form = words.pop("form", None) or forms.Form(posted(request))
    back = reverse("booking:inspect", args=[pk])
    about = f"{grouped(booking.reference)} {booking.room.name} {when_words(booking.starts_at, booking.ends_at)}"
    return ask(request, form=form, act=lambda typed: act(booking, typed), back=back, icon="date", about=about, **words)


@EITHER
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to a request."""
    return _ask_about(
        request, pk, user_can_decide, act=lambda booking, _typed: actions.approve(booking=booking, by=request.user),
        title=_("Agree to this request"), submit=_("Agree"), done=_("Agreed; the resident is told."),
    )  # fmt: skip


@EITHER
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, with a reason the resident reads."""
    return _ask_about(
        request, pk, user_can_decide, form=DeclineForm(posted(request)),
        act=lambda booking, typed: actions.decline(booking=booking, by=request.user, code=typed["code"], words=typed["words"]),
        title=_("Decline this request"), submit=_("Decline"), done=_("Declined; the resident is told why."),
    )  # fmt: skip


@EITHER
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel for somebody, at any time, with a reason."""
    return _ask_about(
        request, pk, user_can_serve_bookings, form=ReasonForm(posted(request)),
        act=lambda booking, typed: actions.cancel(booking=booking, by=request.user, reason=typed["reason"], as_staff=True),
        title=_("Cancel this booking"), submit=_("Cancel the booking"), done=_("Cancelled; the resident is told."),
    )  # fmt: skip


@EITHER
def no_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody came."""
    return _ask_about(
        request, pk, user_can_serve_bookings, act=lambda booking, _typed: actions.mark_no_show(booking=booking, by=request.user),
        title=_("Nobody came to this booking"), submit=_("Write it down"), done=_("Written down."),
    )  # fmt: skip


@EITHER
def used(request: HttpRequest, pk: int) -> HttpResponse:
    """They came: the service ledger gets its row."""
    return _ask_about(
        request, pk, user_can_serve_bookings, act=lambda booking, _typed: actions.mark_used(booking=booking, by=request.user),
        title=_("They came"), submit=_("Write it down"), done=_("Written down in the ledger."),
    )  # fmt: skip


@EITHER
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another room or time, under the same number."""
    if not user_can_serve_bookings(request.user):
        raise Http404
    booking = _booking(request, pk)
    start, end = clock.local(booking.starts_at), clock.local(booking.ends_at)
    initial = {"room": booking.room_id, "day": start.date(), "start": start.time(), "end": end.time(), "people": booking.people_count}
    form = StaffMoveForm(posted(request), hub=request.hub, initial=initial)  # type: ignore[attr-defined]  # set by HubMiddleware

    def act(booking: Booking, typed: Any) -> Any:
        return actions.move(
            booking=booking, room=facts_of_all([typed["room"]])[0], asked=asked_for(typed), by=request.user, reason=typed["reason"], as_staff=True
        )

    return _ask_about(
        request, pk, user_can_serve_bookings, form=form, act=act, title=_("Move this booking"), submit=_("Move it"), done=_("Moved; the resident is told.")
    )


@EITHER
def book(request: HttpRequest) -> HttpResponse:
    """Take a booking down for somebody at the counter or on the telephone."""
    if not user_can_serve_bookings(request.user):
        raise Http404
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    form = StaffBookingForm(posted(request), hub=hub)

    def act(typed: Any) -> Any:
        known = [resident for resident in residents_known_by(typed["phone"], hub) if resident.name == typed["name"]]
        person = known[0] if len(known) == 1 else None  # two of one name at one number are not guessed at
        by = Asker(
            name=typed["name"], phone=typed["phone"], purpose=typed["purpose"], channel=typed["channel"], user=request.user, taken_by=request.user,
            asked_by=person, for_person=person, organisation=typed["organisation"], decides=True,
        )  # fmt: skip
        return actions.reserve(hub=hub, room=facts_of_all([typed["room"]])[0], asked=asked_for(typed), by=by, token=new_token())

    return ask(
        request,
        form=form,
        act=act,
        title=_("Book for somebody"),
        submit=_("Book"),
        done=_("Booked; the resident is told."),
        back=reverse("booking:index"),
        leads_to=lambda booking: reverse("booking:inspect", args=[booking.pk]),
        icon="date",
    )


def asked_for(typed: Any) -> Asked:
    """A form's day and times as what is asked."""
    return Asked(clock.at(typed["day"], typed["start"]), clock.at(typed["day"], typed["end"]), typed["people"])


@EITHER
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a room: first everybody concerned is shown, then all are told in one action."""
    if not user_can_keep_rooms(request.user):
        raise Http404
    room = get_object_or_404(Room.objects.at(request.hub), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware
    form = ClosureForm(posted(request))
    context: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        context = {"affected": list(affected_by(room, *span_of(form.cleaned_data))), "seen": "seen" in request.POST}
    needs_a_look = bool(context.get("affected")) and not context["seen"]

    def act(typed: Any) -> Any:
        start, end = span_of(typed)
        return actions.close_room(room=room, start=start, end=end, reason=typed["reason"], by=request.user)

    if needs_a_look:
        return render(request, "rooms/staff/close.html", {"form": form, "room": room, "header_title": _("Close a room"), "header_icon": "lock", **context})
    return ask(
        request,
        form=form,
        act=act,
        title=_("Close %(room)s") % {"room": room.name},
        submit=_("Close it"),
        done=_("Closed; everybody concerned is told."),
        back=reverse("room:index"),
        icon="lock",
    )


def span_of(typed: Any) -> Any:
    """From the first day's start to the last day's end; whole days when no times are given."""
    start = clock.at(typed["day"], typed["start"]) if typed["start"] else clock.day_bounds(typed["day"])[0]
    end = clock.at(typed["last_day"], typed["end"]) if typed["end"] else clock.day_bounds(typed["last_day"])[1]
    return start, end


@EITHER
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Lift a closure."""
    return _ask_about(
        request, pk, user_can_keep_rooms, act=lambda closure, _typed: actions.reopen_room(closure=closure, by=request.user),
        title=_("Open the room again"), submit=_("Open it"), done=_("The room can be booked again."),
    )  # fmt: skip


@require_safe
def day_sheet(request: HttpRequest) -> HttpResponse:
    """The day on paper: every room's bookings with names and phones, to print in the morning."""
    if not user_can_serve_bookings(request.user):
        raise Http404
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
        start, end = clock.day_bounds(day)
    except (ValueError, OverflowError):
        day = clock.today()
        start, end = clock.day_bounds(day)
    rows = Booking.objects.at(request.hub).touching(start, end)  # type: ignore[attr-defined]  # set by HubMiddleware
    rows = rows.filter(state__in=[BookingStates.CONFIRMED, BookingStates.PENDING, BookingStates.CLOSURE]).select_related("room", "organisation")
    return render(request, "rooms/staff/day_sheet.html", {"day": day, "rows": list(rows.order_by("room__sort_order", "starts_at")), "closures": IS_A_CLOSURE})
