"""Services on the operator's desk: the last orders on the card, ordering without leaving the call, what is open on the board."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Case, IntegerField, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.orders import rules
from bookings.orders.actions import Asker, SameMatter, attach_call, place_order
from bookings.orders.actions.place import KeyReused, Priced, price_for, refuse_what_cannot_be
from bookings.orders.facts import facts_of
from bookings.orders.models import Order, Service
from bookings.orders.queries import open_order_about
from bookings.orders.rules import Asked, ServiceFacts
from bookings.orders.states import CAN_BE_ORDERED, OrderStates
from hub.core import clock, wording
from hub.core.errors import RuleBroken
from hub.core.fields import NumberField, missing
from hub.core.joins import Caller, DeskDone, DeskPreview, DeskRow
from hub.core.references import grouped
from hub.core.wording import spoken_reference
from hub.people.caller_forms import CallerForm
from hub.people.models import Resident
from hub.people.states import EntitlementKinds
from hub.places.models import Community

LAST_ORDERS, MOST_ON_BOARD = 5, 20
DAYS_AHEAD = 21
USUAL_LEAD = timedelta(hours=2)
SAME, ANOTHER = "same", "another"


# --- the form -------------------------------------------------------------------------------------------------------
class ServiceChoice(forms.ModelChoiceField):
    """Services with their place on the menu before them: typing it chooses one."""

    places: dict[int, int]

    def label_from_instance(self, obj: Any) -> str:
        return f"{self.places.get(obj.pk, '')} {obj.name}".strip()


class DeskOrderForm(CallerForm):
    """One service for the caller or somebody they ask for. Where nothing is written, it is done where that person lives."""

    service = ServiceChoice(label=gettext_lazy("Which service?"), queryset=Service.objects.none(), error_messages=missing(gettext_lazy("Please choose one.")))
    what = forms.CharField(
        label=gettext_lazy("What is it about, in their words"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"})
    )
    day = forms.DateField(label=gettext_lazy("Which day?"), widget=forms.Select)
    window = forms.ChoiceField(label=gettext_lazy("At what time?"))
    quantity = NumberField(label=gettext_lazy("How many?"), initial=1, min_value=0, max_value=10**6)
    community = forms.ModelChoiceField(
        label=gettext_lazy("community"), queryset=Community.objects.none(), required=False, empty_label=gettext_lazy("where they live")
    )
    address = forms.CharField(label=gettext_lazy("Building and door"), max_length=100, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    matter = forms.ChoiceField(
        label=gettext_lazy("Has it been ordered before?"),
        required=False,
        choices=[
            ("", gettext_lazy("not that we know")),
            (SAME, gettext_lazy("yes, the same matter: note it there")),
            (ANOTHER, gettext_lazy("yes, but this is another matter")),
        ],
    )
    field_order = ["service", "whom", "what", "day", "window", "quantity", "matter", "community", "address", "name", "phone"]

    def __init__(self, *args: Any, hub: Any, caller: Caller, **kwargs: Any) -> None:
        super().__init__(*args, hub=hub, caller=caller, **kwargs)
        services: Any = Service.objects.at(hub).published().filter(place__in=CAN_BE_ORDERED).with_rules()
        rows = list(services)
        fields: Any = self.fields
        fields["service"].queryset = services
        fields["service"].places = {service.pk: place for place, service in enumerate(rows, 1)}
        fields["community"].queryset = Community.objects.at(hub)
        spans = sorted({(window.starts_at, window.ends_at) for service in rows for window in service.windows.all()})
        fields["window"].choices = [(f"{start:%H:%M}-{end:%H:%M}", wording.span_words(start, end)) for start, end in spans]
        days = [clock.today() + timedelta(days=n) for n in range(DAYS_AHEAD)]
        fields["day"].widget.choices = [(day.isoformat(), wording.day_words(day)) for day in days]
        if self.caller.person is not None:
            fields["address"].help_text = _("Empty: %(home)s.") % {"home": home_of(self.caller.person)[1] or _("not known, please ask")}
        soonest = first_window(spans, clock.local(clock.now()) + USUAL_LEAD)
        if soonest:
            self.initial = {"day": soonest[0].isoformat(), "window": f"{soonest[1]:%H:%M}-{soonest[2]:%H:%M}", **self.initial}

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        community, address = home_of(typed.get("for_person"))
        typed["address"] = (typed.get("address") or "").strip() or address
        typed["community_id"] = typed["community"].pk if typed.get("community") else community
        return typed


def first_window(spans: Iterable[tuple[time, time]], after: datetime) -> tuple[date, time, time] | None:
    """The first window that begins later than `after`: today's, else tomorrow's first."""
    spans = list(spans)
    today = next(((after.date(), start, end) for start, end in spans if start >= after.time()), None)
    return today or ((after.date() + timedelta(days=1), *spans[0]) if spans else None)


def home_of(person: Resident | None) -> tuple[int | None, str]:
    """The community and the door of somebody we know."""
    if person is None or person.building is None:
        return None, ""
    return person.building.grid.community_id, f"{person.building.name_zh}{person.door}"


def form(hub: Any, caller: Caller, data: Any, initial: Any) -> DeskOrderForm:
    """Unbound without data."""
    return DeskOrderForm(data, hub=hub, caller=caller, initial=initial)


# --- check and do ---------------------------------------------------------------------------------------------------
def asked_for(typed: Any) -> Asked:
    """What the form says, on the wall clock of the house."""
    start, end = (time.fromisoformat(word) for word in typed["window"].split("-"))
    return Asked(clock.at(typed["day"], start), clock.at(typed["day"], end), typed["quantity"], typed["community_id"], typed["address"])


def preview(hub: Any, caller: Caller, typed: Any) -> DeskPreview:
    """Price, same matter, and what to say; asks the rules that ordering asks."""
    service, asked, facts = typed["service"], asked_for(typed), facts_of(typed["service"])
    refuse_what_cannot_be(hub, service, facts, asked)
    priced = price_for(facts, asked, typed["for_person"])
    first = open_order_about(hub, service, typed["contact_phone"], typed["for_person"])
    if typed["matter"] == SAME:
        return again(first)
    return DeskPreview(price_lines(priced), sentences(hub, typed, asked, facts, priced), (row_of(first),) if first else ())


def again(first: Order | None) -> DeskPreview:
    """A line on the open order, and no second one. RuleBroken when none is open."""
    if first is None:
        raise RuleBroken.of("order_none_open", "matter")
    facts = {"number": spoken_reference(first.reference), "when": wording.when_words(first.starts_at, first.ends_at, spoken=True)}
    line = _("That goes on your order of %(when)s, number %(number)s. Nothing is ordered twice, nothing more is to be paid.") % facts
    return DeskPreview(read_back=(line,), same=(row_of(first),))


def price_lines(priced: Priced) -> tuple[tuple[Any, str], ...]:
    """List price, what is waived and why, what is to be paid."""
    quote = priced.quote
    waived: tuple[tuple[Any, str], ...] = ()
    if quote.kind:
        less = wording.amount_words(quote.list_fen - quote.price_fen)
        waived = ((_("Waived"), _("%(kind)s, %(amount)s less") % {"kind": kind_words(quote.kind), "amount": less}),)
    return ((_("List price"), wording.amount_words(quote.list_fen)), *waived, (_("To pay"), wording.amount_words(quote.price_fen)))


def kind_words(kind: str) -> str:
    return str(dict(EntitlementKinds.choices).get(kind, kind))


def sentences(hub: Any, typed: Any, asked: Asked, facts: ServiceFacts, priced: Priced) -> tuple[str, ...]:
    """Short ones, to be said one after the other."""
    service, quote = typed["service"], priced.quote
    what = {
        "name": typed["contact_name"],
        "service": service.name,
        "when": wording.when_words(asked.starts_at, asked.ends_at, spoken=True),
        "where": asked.address,
        "amount": wording.amount_words(quote.price_fen),
        "kind": kind_words(quote.kind),
        "until": wording.moment_words(rules.cancel_deadline(asked.starts_at, facts.cancel_hours), spoken=True),
    }
    lines = [_("It is for %(name)s: %(service)s, %(when)s.") % what]
    if service.is_at_home:
        lines.append(_("Somebody comes to %(where)s.") % what)
    if quote.kind and not quote.price_fen:
        lines.append(_("By entitlement (%(kind)s) nothing is to be paid.") % what)
    else:
        lines.append(_("It costs %(amount)s, paid when it is done.") % what if quote.price_fen else _("Nothing is to be paid."))
    return (*lines, _("If it is not needed after all, please ring us by %(until)s.") % what)


def act(hub: Any, caller: Caller, typed: Any, by: Any, token: str) -> DeskDone:
    """Order it, or note on the open order that they asked again."""
    service, asked = typed["service"], asked_for(typed)
    if typed["matter"] == SAME:
        return note_again(hub, caller, typed, by)
    asker = Asker(
        name=typed["contact_name"], phone=typed["contact_phone"], what=typed["what"], channel=caller.channel, user=by, taken_by=by, asked_by=caller.person,
        for_person=typed["for_person"],
    )  # fmt: skip
    try:
        made = place_order(
            hub=hub, service=service, asked=asked, by=asker, token=token, is_another_matter=typed["matter"] == ANOTHER, body_digest=digest(typed)
        )
    except SameMatter as same:
        raise RuleBroken.of("order_same_open", "matter", reference=grouped(same.order.reference)) from None
    except KeyReused:
        raise RuleBroken.of("done_otherwise") from None
    facts = facts_of(service)
    return done(made, sentences(hub, typed, asked, facts, price_for(facts, asked, typed["for_person"])))


def note_again(hub: Any, caller: Caller, typed: Any, by: Any) -> DeskDone:
    """The same matter: a line on the first order. RuleBroken when none is open."""
    first = open_order_about(hub, typed["service"], typed["contact_phone"], typed["for_person"])
    if first is None:
        raise RuleBroken.of("order_none_open", "matter")
    attach_call(order=first, channel=caller.channel, by=by, words=typed["what"])
    when = wording.when_words(first.starts_at, first.ends_at, spoken=True)
    return done(first, (_("It is written down on your order of %(when)s.") % {"when": when},))


def done(order: Order, said: tuple[str, ...]) -> DeskDone:
    """With the staff's page of it."""
    return DeskDone(order.reference, reverse("order:inspect", args=[order.pk]), said)


def digest(typed: Any) -> str:
    """Tells whether the same token brings another order."""
    facts = {name: str(getattr(value, "pk", value)) for name, value in typed.items()}
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:43]


# --- card, finder, board --------------------------------------------------------------------------------------------
def card(hub: Any, caller: Caller, user: Any) -> list[DeskRow]:
    """The last orders for this person; of somebody we do not know the open ones of their number."""
    if caller.person is not None:
        rows = Order.objects.at(hub).filter(for_person=caller.person)
    elif caller.phone:
        rows = Order.objects.at(hub).open().filter(contact_phone=caller.phone)
    else:
        return []
    return [row_of(order) for order in rows.select_related("service").order_by("-starts_at", "-id")[:LAST_ORDERS]]


def row_of(order: Order) -> DeskRow:
    """One line: when, what, how it stands."""
    when = wording.month_day(clock.local(order.starts_at).date())
    what = f"{order.service.name} {order.what}".strip()
    return DeskRow(when, what, order.get_state_display(), reverse("order:inspect", args=[order.pk]), order.is_late(clock.now()))


def find(hub: Any, reference: str) -> tuple[Caller, str] | None:
    """Whose order it is."""
    rows = Order.objects.at(hub).select_related("for_person", "asked_by")
    found = rows.filter(reference=reference).first()
    if found is None:
        return None
    person = found.for_person or found.asked_by
    return Caller(person, found.contact_name, found.contact_phone, found.channel), reverse("order:inspect", args=[found.pk])


def board(hub: Any, user: Any) -> list[DeskRow]:
    """Those that somebody does, the late ones first, then by their time; who waits for a helper stands with the dispatch."""
    now = clock.now()
    is_late = Case(When(ends_at__lt=now, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Order.objects.at(hub).open().exclude(state=OrderStates.TAKEN).select_related("service", "helper")
    return [board_row(order, now) for order in rows.annotate(rank=is_late).order_by("rank", "starts_at", "id")[:MOST_ON_BOARD]]


def board_row(order: Order, now: datetime) -> DeskRow:
    """With its window, so that the operator sees how long there is."""
    when = wording.when_words(order.starts_at, order.ends_at)
    state = order.get_state_display()
    if order.is_late(now):
        state = _("late: %(state)s") % {"state": state}
    return DeskRow(when, f"{grouped(order.reference)} {order.service.name}", state, reverse("order:inspect", args=[order.pk]), order.is_late(now))
