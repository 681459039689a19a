"""Clothes on the operator's desk: what waits for the caller, choosing without leaving the call, what is to be packed."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.core import clock, wording
from hub.core.errors import RuleBroken
from hub.core.fields import missing
from hub.core.joins import Caller, DeskDone, DeskPreview, DeskRow
from hub.core.references import grouped
from hub.core.wording import spoken_reference
from hub.people.caller_forms import CallerForm
from hub.people.queries import entitlements_on
from mutualaid.clothing import queries, rules
from mutualaid.clothing.actions import Asker, choose
from mutualaid.clothing.actions.choose import gone, refuse_second
from mutualaid.clothing.forms import slot_choices
from mutualaid.clothing.models import Garment, Parcel
from mutualaid.clothing.permissions import user_can_decide
from mutualaid.clothing.rules import Slot
from mutualaid.clothing.sentences import SENTENCES
from mutualaid.clothing.timetable import kept_until, slot_named, slots_of

LAST, MOST_ON_BOARD = 5, 20
PIECES = ("piece", "piece_2", "piece_3", "piece_4", "piece_5", "piece_6")  # as many as rules.MOST_PIECES


# --- the form -------------------------------------------------------------------------------------------------------
def one_more(label: Any) -> forms.ModelChoiceField:
    """A piece beside the first."""
    return forms.ModelChoiceField(label=label, queryset=Garment.objects.none(), required=False)


def shelf_choices(there: Any) -> list[tuple[Any, str]]:
    """What lies on the shelf with its place in the list before it (typing it chooses one), and how many there are."""
    return [("", "---------"), *((row.pk, f"{place} {row.words} ({row.piece_count})") for place, row in enumerate(there, 1))]


class DeskParcelForm(CallerForm):
    """As many pieces as a parcel holds, for the caller or somebody they ask for; a reason in place of an entitlement is for those who may decide."""

    piece = forms.ModelChoiceField(label=gettext_lazy("Which piece?"), queryset=Garment.objects.none(), error_messages=missing(SENTENCES["clothing_nothing"]))
    slot = forms.ChoiceField(label=gettext_lazy("When is it collected?"))
    piece_2, piece_3 = one_more(gettext_lazy("A second piece")), one_more(gettext_lazy("A third piece"))
    piece_4, piece_5, piece_6 = one_more(gettext_lazy("A fourth piece")), one_more(gettext_lazy("A fifth piece")), one_more(gettext_lazy("A sixth piece"))
    is_brought = forms.BooleanField(label=gettext_lazy("Somebody brings it along"), required=False)
    note = forms.CharField(label=gettext_lazy("Note for staff"), max_length=100, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    decision = forms.CharField(
        label=gettext_lazy("Not entitled: the reason of your decision"), max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    field_order = ["piece", "whom", "slot", *PIECES[1:], "is_brought", "note", "decision", "name", "phone"]

    def __init__(self, *args: Any, hub: Any, caller: Caller, **kwargs: Any) -> None:
        super().__init__(*args, hub=hub, caller=caller, **kwargs)
        there: Any = Garment.objects.at(hub).there()
        shelf = shelf_choices(there)
        fields: Any = self.fields
        for name in PIECES:
            fields[name].queryset = there  # what is typed is looked up there
            fields[name].widget.choices = shelf  # read once for the six
        self.slots = slots_of(hub, is_for_staff=True)
        fields["slot"].choices = slot_choices(self.slots)
        if self.slots:
            self.initial = {"slot": self.slots[0].code, **self.initial}

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        typed["wanted"] = wanted_of(typed)
        typed["chosen_slot"] = slot_named(self.slots, typed.get("slot", ""))
        return typed


def wanted_of(typed: Any) -> dict[int, int]:
    """How many of which garment's id: the same one twice is two of it."""
    wanted: dict[int, int] = {}
    for name in PIECES:
        if garment := typed.get(name):
            wanted[garment.pk] = wanted.get(garment.pk, 0) + 1
    return wanted


def form(hub: Any, caller: Caller, data: Any, initial: Any) -> DeskParcelForm:
    """Unbound without data."""
    return DeskParcelForm(data, hub=hub, caller=caller, initial=initial)


# --- check and do ---------------------------------------------------------------------------------------------------
def preview(hub: Any, caller: Caller, typed: Any) -> DeskPreview:
    """Whether they may, what is there, and what to say; asks what choosing asks."""
    person, wanted = typed["for_person"], typed["wanted"]
    if refused := rules.choice_complaints(wanted):
        raise RuleBroken(*refused)
    there = dict(Garment.objects.at(hub).filter(pk__in=wanted).values_list("pk", "piece_count"))
    if rules.lacking(there, wanted):
        raise gone(hub, wanted)
    may = bool(entitlements_on(person.pk if person else None, clock.today()))
    if not may and not typed["decision"].strip():
        raise RuleBroken.of("clothing_not_entitled_desk", "decision")
    refuse_second(hub, asker_of(caller, typed))
    why = _("entitled") if may else _("by your decision")
    lines = ((_("In the parcel"), what_of(typed)), (_("May choose"), why))
    return DeskPreview(lines, sentences(hub, typed))


def asker_of(caller: Caller, typed: Any, by: Any = None) -> Asker:
    """Who asks, as the actions want it said."""
    return Asker(
        name=typed["contact_name"], phone=typed["contact_phone"], channel=caller.channel, user=by, taken_by=by, asked_by=caller.person,
        for_person=typed["for_person"], is_brought=typed["is_brought"], note=typed["note"], decision=typed["decision"],
    )  # fmt: skip


def what_of(typed: Any) -> str:
    """The pieces in words."""
    return ("、" if wording.is_chinese() else ", ").join(garment.words for garment in (typed.get(name) for name in PIECES) if garment)


def sentences(hub: Any, typed: Any, reference: str = "") -> tuple[str, ...]:
    """Short ones, to be said one after the other."""
    slot: Slot = typed["chosen_slot"]
    what = {
        "pieces": what_of(typed),
        "when": wording.when_words(slot.starts_at, slot.ends_at, spoken=True),
        "until": wording.day_words(clock.local(kept_until(hub, slot)).date()),
        "reference": spoken_reference(reference) if reference else "",
    }
    lines = [_("We keep for you: %(pieces)s.") % what]
    lines.append(_("Somebody brings it to you, %(when)s.") % what if typed["is_brought"] else _("Please collect it %(when)s; it waits until %(until)s.") % what)
    if reference:
        lines.append(_("The number is %(reference)s. Say it at the counter with the last four of this phone; nothing else is asked.") % what)
    return tuple(lines)


def act(hub: Any, caller: Caller, typed: Any, by: Any, token: str) -> DeskDone:
    """Keep it for them. A decision is taken by those who may, never for themselves."""
    person = typed["for_person"]
    if typed["decision"].strip() and not user_can_decide(by, person):
        code = "clothing_decision_own" if person is not None and person.user_id == by.pk else "clothing_decision_not_yours"
        raise RuleBroken.of(code, "decision")
    made = choose(hub=hub, wanted=typed["wanted"], slot=typed["chosen_slot"], by=asker_of(caller, typed, by), token=token)
    return DeskDone(made.reference, reverse("parcel:inspect", args=[made.pk]), sentences(hub, typed, made.reference))


# --- card, finder, board --------------------------------------------------------------------------------------------
def card(hub: Any, caller: Caller, user: Any) -> list[DeskRow]:
    """Open parcels for this person; of somebody we do not know those of their number."""
    if caller.person is not None:
        rows = Parcel.objects.at(hub).open().filter(for_person=caller.person)
    elif caller.phone:
        rows = Parcel.objects.at(hub).open().filter(contact_phone=caller.phone, for_person=None)
    else:
        return []
    return [row_of(parcel) for parcel in rows.with_lines().order_by("starts_at", "id")[:LAST]]


def row_of(parcel: Parcel) -> DeskRow:
    """One line: when, which number and how much, how it stands. Nothing of what it is."""
    when = wording.month_day(clock.local(parcel.starts_at).date())
    what = f"{grouped(parcel.reference)} {parcel.size_of_it}"
    return DeskRow(when, what, parcel.get_state_display(), reverse("parcel:inspect", args=[parcel.pk]), parcel.is_late(clock.now()))


def find(hub: Any, reference: str) -> tuple[Caller, str] | None:
    """Whose parcel it is."""
    rows = Parcel.objects.at(hub).select_related("for_person", "asked_by")
    found = rows.filter(reference=reference).first()
    if found is None:
        return None
    person = found.for_person or found.asked_by
    return Caller(person, found.contact_name, found.contact_phone, found.channel), reverse("parcel:inspect", args=[found.pk])


def board(hub: Any, user: Any) -> list[DeskRow]:
    """What is to be packed, the next to be collected first."""
    now = clock.now()
    return [board_row(parcel, parcel.starts_at < now) for parcel in queries.to_make_ready(hub)[:MOST_ON_BOARD]]


def board_row(parcel: Parcel, is_late: bool) -> DeskRow:
    """With its slot; late once the slot has begun."""
    when = wording.when_words(parcel.starts_at, parcel.ends_at)
    what = f"{grouped(parcel.reference)} {parcel.size_of_it}"
    return DeskRow(when, what, parcel.get_state_display(), reverse("parcel:inspect", args=[parcel.pk]), is_late)
