"""Rooms on the operator's desk: coming bookings on the card, booking without leaving the call, a booking by its number."""

import hashlib
import json
from datetime import timedelta
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.rooms import queries, rules
from bookings.rooms.actions import Asker, KeyReused, reserve
from bookings.rooms.actions.reserve import entitlement_for, is_for_organisation, who_holds
from bookings.rooms.facts import facts_of_all, hours_of
from bookings.rooms.forms import FIRST_HOUR, LAST_HOUR, clock_choices
from bookings.rooms.models import Booking, Room
from bookings.rooms.rules import Asked, Quote, RoomFacts
from bookings.rooms.states import BookingStates
from bookings.rooms.texts import said
from hub.core import clock, wording
from hub.core.errors import RuleBroken
from hub.core.fields import NumberField, missing
from hub.core.joins import Caller, DeskDone, DeskPreview, DeskRow
from hub.hubs.models import Hub
from hub.people.caller_forms import CallerForm
from hub.people.models import Organisation

NEXT_BOOKINGS = 5
DAYS_AHEAD = 60
STEP = 15


class RoomChoice(forms.ModelChoiceField):
    """Rooms with their place in the house's list before them: typing it chooses one."""

    places: dict[int, int]

    def label_from_instance(self, obj: Any) -> str:
        holds = _("holds %(n)s") % {"n": obj.capacity}
        return f"{self.places.get(obj.pk, '')} {obj.name} {holds}".strip()


class DeskBookingForm(CallerForm):
    """One room for the caller, somebody they ask for, or an organisation."""

    room = RoomChoice(label=gettext_lazy("Which room?"), queryset=Room.objects.none(), error_messages=missing(gettext_lazy("Please choose one.")))
    day = forms.DateField(label=gettext_lazy("Which day?"), widget=forms.Select)
    start = forms.TimeField(label=gettext_lazy("From"), widget=forms.Select)
    end = forms.TimeField(label=gettext_lazy("Until"), widget=forms.Select)
    people = NumberField(label=gettext_lazy("How many people?"), min_value=0, max_value=30_000)
    purpose = forms.CharField(label=gettext_lazy("What for?"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=Organisation.objects.none(), required=False, empty_label=gettext_lazy("none")
    )
    field_order = ["room", "whom", "day", "people", "start", "end", "purpose", "organisation", "name", "phone"]

    def __init__(self, *args: Any, hub: Any, caller: Caller, **kwargs: Any) -> None:
        super().__init__(*args, hub=hub, caller=caller, **kwargs)
        rooms = queries.published_rooms(hub)
        fields: Any = self.fields
        fields["room"].queryset = Room.objects.at(hub).published()
        fields["room"].places = {room.pk: place for place, room in enumerate(rooms, 1)}
        fields["organisation"].queryset = Organisation.objects.at(hub).filter(is_active=True)
        days = [clock.today() + timedelta(days=n) for n in range(DAYS_AHEAD)]
        fields["day"].widget.choices = [(day.isoformat(), wording.day_words(day)) for day in days]
        hours = clock_choices(FIRST_HOUR * 60, (LAST_HOUR + 1) * 60, STEP)
        fields["start"].widget.choices = fields["end"].widget.choices = hours
        tomorrow = clock.today() + timedelta(days=1)
        self.initial = {"day": tomorrow.isoformat(), "start": "14:00", "end": "16:00", **self.initial}


def form(hub: Any, caller: Caller, data: Any, initial: Any) -> DeskBookingForm:
    """Unbound without data."""
    return DeskBookingForm(data, hub=hub, caller=caller, initial=initial)


def asked_for(typed: Any) -> Asked:
    """What the form says, on the wall clock of the house."""
    return Asked(clock.at(typed["day"], typed["start"]), clock.at(typed["day"], typed["end"]), typed["people"])


def asker(caller: Caller, typed: Any, by: Any) -> Asker:
    """Who asks, for whom, and who takes it down."""
    return Asker(
        name=typed["contact_name"], phone=typed["contact_phone"], purpose=typed["purpose"], channel=caller.channel, user=by, taken_by=by,
        asked_by=caller.person, for_person=typed["for_person"], organisation=typed["organisation"], decides=True,
    )  # fmt: skip


def preview(hub: Hub, caller: Caller, typed: Any) -> DeskPreview:
    """Price and what to say; asks what booking asks. A room that is taken answers with other times of its own, and other rooms."""
    room, asked = facts_of_all([typed["room"]])[0], asked_for(typed)
    if refused := rules.complaints(room, asked, now=clock.local(clock.now()), hours_of=hours_of(hub)):
        raise RuleBroken(*(said(refusal, hub) for refusal in refused))
    if who_holds(room.sharing, room, *rules.held_span(room, asked)):
        return taken(hub, room, typed["room"], asked)
    quote = quote_for(room, asked, asker(caller, typed, None))
    return DeskPreview(price_lines(quote), sentences(typed, asked, room, quote))


def taken(hub: Hub, room: RoomFacts, row: Room, asked: Asked) -> DeskPreview:
    """What can be offered instead."""
    offers = [wording.when_words(start, end) for start, end in queries.other_times(hub, room, asked.starts_at, asked.ends_at)]
    others = [found.room.name for found in queries.similar_rooms(hub, room, asked.starts_at, asked.ends_at, asked.people_count)]
    lines = [(_("Taken"), row.name), *((_("Other times"), words) for words in offers), *((_("Other rooms then"), name) for name in others)]
    return DeskPreview(tuple(lines), (_("At that time the room is taken. May I offer another time or another room?"),))


def quote_for(room: RoomFacts, asked: Asked, by: Asker) -> Quote:
    """As booking reckons it."""
    return rules.quote(room, asked, for_organisation=is_for_organisation(by), is_entitled=entitlement_for(room, asked, by) is not None)


def price_lines(quote: Quote) -> tuple[tuple[Any, str], ...]:
    """List price, what is waived, the deposit, what is to be paid."""
    rows = [(_("List price"), wording.money_words(quote.list_fen))]
    if quote.list_fen > quote.price_fen:
        rows.append((_("Waived"), wording.amount_words(quote.list_fen - quote.price_fen)))
    if quote.deposit_fen:
        rows.append((_("Deposit"), wording.amount_words(quote.deposit_fen)))
    return (*rows, (_("To pay"), wording.amount_words(quote.price_fen)))


def sentences(typed: Any, asked: Asked, room: RoomFacts, quote: Quote) -> tuple[str, ...]:
    """Short ones, to be said one after the other."""
    what = {
        "name": typed["contact_name"],
        "room": typed["room"].name,
        "when": wording.when_words(asked.starts_at, asked.ends_at, spoken=True),
        "people": asked.people_count,
        "amount": wording.amount_words(quote.price_fen),
        "until": wording.moment_words(rules.cancel_deadline(asked.starts_at, room.cancel_until), spoken=True),
    }
    return (
        _("It is for %(name)s: %(room)s, %(when)s, %(people)s people.") % what,
        _("It costs %(amount)s, paid when you come.") % what if quote.price_fen else _("Nothing is to be paid."),
        _("If you cannot come, please ring us by %(until)s.") % what,
    )


def act(hub: Hub, caller: Caller, typed: Any, by: Any, token: str) -> DeskDone:
    """Book it."""
    room, asked, who = facts_of_all([typed["room"]])[0], asked_for(typed), asker(caller, typed, by)
    facts = {name: str(getattr(value, "pk", value)) for name, value in typed.items()}
    body = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:43]
    try:
        made = reserve(hub=hub, room=room, asked=asked, by=who, token=token, body_digest=body)
    except KeyReused:
        raise RuleBroken.of("done_otherwise") from None
    return DeskDone(made.reference, reverse("booking:inspect", args=[made.pk]), sentences(typed, asked, room, quote_for(room, asked, who)))


# --- card and finder ------------------------------------------------------------------------------------------------
def card(hub: Any, caller: Caller, user: Any) -> list[DeskRow]:
    """What this person has booked and is still to come; of somebody we do not know, what their number has."""
    rows = Booking.objects.at(hub).coming(clock.now())
    if caller.person is not None:
        rows = rows.filter(for_person=caller.person)
    elif caller.phone:
        rows = rows.filter(contact_phone=caller.phone, asked_by=None)
    else:
        return []
    return [row_of(booking) for booking in rows.select_related("room").order_by("starts_at", "id")[:NEXT_BOOKINGS]]


def row_of(booking: Booking) -> DeskRow:
    """One line: when, which room; its state when it is not plainly booked."""
    state = booking.get_state_display() if booking.state != BookingStates.CONFIRMED else ""
    return DeskRow(wording.when_words(booking.starts_at, booking.ends_at), booking.room.name, state, reverse("booking:inspect", args=[booking.pk]))


def find(hub: Any, reference: str) -> tuple[Caller, str] | None:
    """Whose booking it is."""
    rows = Booking.objects.at(hub).asked_for().select_related("for_person", "asked_by")
    found = rows.filter(reference=reference).first()
    if found is None:
        return None
    person = found.for_person or found.asked_by
    return Caller(person, found.contact_name, found.contact_phone, found.channel), reverse("booking:inspect", args=[found.pk])
