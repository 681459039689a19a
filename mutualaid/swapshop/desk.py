"""The swap shop on the operator's desk: what a caller has there, listing and offering for them, what waits on the board."""

from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.core import clock, wording
from hub.core.fields import missing
from hub.core.joins import Caller, DeskDone, DeskPreview, DeskRow
from hub.core.references import clean_reference, grouped
from hub.people.caller_forms import CallerForm
from hub.people.states import Channels
from hub.promises.models import Promise
from mutualaid.swapshop import actions, queries, reaching
from mutualaid.swapshop.actions import Described, Lister
from mutualaid.swapshop.actions.listing import CHECK, refuse_what_cannot_stand
from mutualaid.swapshop.actions.offers import refuse_offer
from mutualaid.swapshop.actions.writing import ITEM, refuse_without_guardian
from mutualaid.swapshop.models import Barter, Item, Kind
from mutualaid.swapshop.rules import SLOT
from mutualaid.swapshop.sentences import SENTENCES
from mutualaid.swapshop.states import Conditions, Sides

ON_CARD, MOST_ON_BOARD = 5, 20


class KnownCallerForm(CallerForm):
    """Mixed into both tasks: in the shop the house has to know who it is."""

    is_there = forms.BooleanField(label=gettext_lazy("A parent or guardian stands here (under eighteen)"), required=False)

    def __init__(self, *args: Any, hub: Any, caller: Caller, **kwargs: Any) -> None:
        super().__init__(*args, hub=hub, caller=caller, **kwargs)
        if caller.channel != Channels.COUNTER:
            del self.fields["is_there"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("for_person") is None and "whom" not in self.errors:
            self.errors.pop("name", None)  # here a bare name would not do: one sentence, the right one
            self.add_error("whom", str(SENTENCES["swap_caller_unknown"]))
        return typed


class ListTaskForm(KnownCallerForm):
    """A thing as the caller describes it; photos are taken when it is brought."""

    title = forms.CharField(label=gettext_lazy("What is it?"), max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    kind = forms.ModelChoiceField(label=gettext_lazy("Kind"), queryset=Kind.objects.none(), error_messages=missing(gettext_lazy("Please choose one.")))
    condition = forms.ChoiceField(label=gettext_lazy("Condition"), choices=Conditions.choices)
    wish = forms.CharField(label=gettext_lazy("Wanted for it; empty: given away"), max_length=60, required=False)
    about = forms.CharField(label=gettext_lazy("More"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    nickname = forms.CharField(label=gettext_lazy("Nickname, if they have none yet"), max_length=12, required=False)
    field_order = ["title", "kind", "condition", "wish", "whom", "nickname", "is_there", "about", "name", "phone"]

    def __init__(self, *args: Any, hub: Any, caller: Caller, **kwargs: Any) -> None:
        super().__init__(*args, hub=hub, caller=caller, **kwargs)
        self.fields["kind"].queryset = Kind.objects.at(hub).in_use()  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        person = typed.get("for_person")
        swapper = reaching.swapper_of(person) if person else None
        if person and not (swapper and swapper.nickname) and not typed.get("nickname"):
            self.add_error("nickname", str(SENTENCES["swap_nickname_missing"]))
        return typed


class OfferTaskForm(KnownCallerForm):
    """The number of the thing, and the numbers of the caller's own."""

    wanted = forms.CharField(label=gettext_lazy("Number of the thing they would like"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    things = forms.CharField(label=gettext_lazy("Numbers of their own things, one after the other"), max_length=80, required=False)
    field_order = ["wanted", "things", "whom", "is_there", "name", "phone"]

    def __init__(self, *args: Any, hub: Any, caller: Caller, **kwargs: Any) -> None:
        super().__init__(*args, hub=hub, caller=caller, **kwargs)
        self.hub = hub

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        typed["item"] = self.thing("wanted", typed.get("wanted", ""))
        words = typed.get("things", "").replace("，", ",").replace("、", ",").split(",")
        typed["brought"] = [thing for word in words if word.strip() and (thing := self.thing("things", word))]
        return typed

    def thing(self, field: str, said: str) -> Item | None:
        """The thing of this number at this hub; else a complaint at the field."""
        found = Item.objects.at(self.hub).with_cards().select_related("hub").filter(reference=clean_reference(said) or "-").first()
        if found is None and field not in self.errors:
            self.add_error(field, str(SENTENCES["swap_item_unknown"]))
        return found


def lister(caller: Caller, typed: Any, by: Any) -> Lister:
    """Who asks, taken down by whom."""
    return Lister(typed["for_person"], by, caller.person, by, caller.channel, bool(typed.get("is_there")))


# --- a thing for a caller -------------------------------------------------------------------------------------------
def list_form(hub: Any, caller: Caller, data: Any, initial: Any) -> ListTaskForm:
    """Unbound without data."""
    return ListTaskForm(data, hub=hub, caller=caller, initial=initial)


def thing_of(typed: Any) -> Described:
    """What the form says; without a wish it is given away."""
    return Described(typed["kind"], typed["title"], typed["condition"], typed["about"], typed["wish"], not typed["wish"].strip())


def list_preview(hub: Any, caller: Caller, typed: Any) -> DeskPreview:
    """The rules that listing asks, and what to say."""
    refuse_without_guardian(typed["for_person"], hub.hotline, guardian_present=bool(typed.get("is_there")))
    refuse_what_cannot_stand(hub, thing_of(typed))
    wanted = typed["wish"] or _("nothing, it is given away")
    said = (_("%(title)s, wanted for it: %(wish)s.") % {"title": typed["title"], "wish": wanted}, _("We look at it by the next working day; then it is shown."))
    return DeskPreview(((_("Wanted"), wanted),), said)


def list_act(hub: Any, caller: Caller, typed: Any, by: Any, token: str) -> DeskDone:
    """List it; a nickname is given first where there is none."""
    swapper = reaching.swapper_of(typed["for_person"])
    if typed.get("nickname") and not (swapper and swapper.nickname):
        actions.join(person=typed["for_person"], nickname=typed["nickname"], by=by)
    made = actions.list_item(hub=hub, thing=thing_of(typed), by=lister(caller, typed, by), token=token)
    said = (_("It is written down under number %(reference)s.") % {"reference": wording.spoken_reference(made.reference)},)
    return DeskDone(made.reference, reverse("swap_item:inspect", args=[made.pk]), said)


# --- an offer for a caller ------------------------------------------------------------------------------------------
def offer_form(hub: Any, caller: Caller, data: Any, initial: Any) -> OfferTaskForm:
    """Unbound without data."""
    return OfferTaskForm(data, hub=hub, caller=caller, initial=initial)


def offer_preview(hub: Any, caller: Caller, typed: Any) -> DeskPreview:
    """The rules that offering asks, and what to say."""
    item, brought = typed["item"], typed["brought"]
    refuse_offer(item, brought, lister(caller, typed, caller))
    offered = "、".join(thing.title for thing in brought) or _("nothing, it is given away")
    said = _("For %(title)s you offer: %(offered)s. We tell you when there is an answer.") % {"title": item.title, "offered": offered}
    return DeskPreview(((_("Wanted"), item.title), (_("Offered"), offered)), (said,))


def offer_act(hub: Any, caller: Caller, typed: Any, by: Any, token: str) -> DeskDone:
    """Make the offer."""
    made = actions.make_offer(item=typed["item"], things=typed["brought"], by=lister(caller, typed, by), token=token)
    return DeskDone(made.item.reference, reverse("swap_item:inspect", args=[made.item_id]), (_("The offer is made; we tell you when there is an answer."),))


# --- card, finder, board --------------------------------------------------------------------------------------------
def card(hub: Any, caller: Caller, user: Any) -> list[DeskRow]:
    """The caller's living barters, then their things, with how many offers wait."""
    if caller.person is None:
        return []
    barters = queries.with_rows(Barter.objects.at(hub).living().filter(Q(owner=caller.person) | Q(taker=caller.person))).order_by("-id")[:ON_CARD]
    rows = [barter_row(barter) for barter in barters]
    things = Item.objects.at(hub).filter(for_person=caller.person).order_by("-asked_at", "-id")[:ON_CARD]
    return rows + [item_row(item) for item in things]


def barter_row(barter: Barter) -> DeskRow:
    """When, what for what, how it stands."""
    when = wording.when_words(barter.slot_at, barter.slot_at + SLOT) if barter.slot_at else _("no time yet")
    what = " ⇄ ".join("、".join(thing.title for thing in barter.things(side)) or "–" for side in Sides)
    return DeskRow(when, what, barter.get_state_display(), reverse("swap_barter:inspect", args=[barter.pk]), barter.is_late(clock.now()))


def item_row(item: Item) -> DeskRow:
    """Its number, what it is, how it stands."""
    return DeskRow(grouped(item.reference), item.title, item.get_state_display(), reverse("swap_item:inspect", args=[item.pk]))


def find(hub: Any, reference: str) -> tuple[Caller, str] | None:
    """Whose thing, or whose barter it is."""
    item = Item.objects.at(hub).select_related("for_person").filter(reference=reference).first()
    if item is not None:
        return Caller(item.for_person, item.for_person.name, "", item.channel), reverse("swap_item:inspect", args=[item.pk])
    barter = Barter.objects.at(hub).select_related("owner").filter(reference=reference).first()
    if barter is None:
        return None
    return Caller(barter.owner, barter.owner.name, "", Channels.COUNTER), reverse("swap_barter:inspect", args=[barter.pk])


def checks(hub: Any, user: Any) -> list[DeskRow]:
    """Reported things first, then those to be looked at, the oldest first."""
    rows = [
        DeskRow(grouped(item.reference), item.title, _("reported"), reverse("swap_item:inspect", args=[item.pk]), item.hidden_at is not None)
        for item in queries.reported(hub)[:MOST_ON_BOARD]
    ]
    waiting = list(Item.objects.at(hub).to_be_checked()[: MOST_ON_BOARD - len(rows)])
    due = dict(
        Promise.objects.open().filter(kind=CHECK, subject_label=ITEM, subject_ref__in=[item.reference for item in waiting]).values_list("subject_ref", "due_at")
    )
    now = clock.now()
    for item in waiting:
        is_late = item.reference in due and due[item.reference] < now
        when = wording.moment_words(item.asked_at)
        rows.append(DeskRow(when, item.title, item.get_state_display(), reverse("swap_item:check", args=[item.pk]), is_late))
    return rows


def handovers(hub: Any, user: Any) -> list[DeskRow]:
    """Promises with a time today or earlier, the late ones first."""
    _start, end = clock.day_bounds(clock.today())
    rows = queries.with_rows(Barter.objects.at(hub).living().filter(slot_at__lt=end)).order_by("slot_at", "id")[:MOST_ON_BOARD]
    return sorted((barter_row(barter) for barter in rows), key=lambda row: not row.is_late)
