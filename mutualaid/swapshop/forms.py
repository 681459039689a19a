"""Well-formed input of residents. Whether the house agrees is for the rules."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core import wording
from hub.core.fields import PhotoField, missing
from hub.hubs.models import Hub
from hub.people.models import Resident
from mutualaid.swapshop.models import Item, Kind, Swapper
from mutualaid.swapshop.reaching import swapper_of
from mutualaid.swapshop.rules import MOST_PHOTOS, SLOT
from mutualaid.swapshop.sentences import SENTENCES
from mutualaid.swapshop.states import Conditions, RenegeReasons, ReportReasons

PHOTOS = tuple(f"photo_{number}" for number in range(1, MOST_PHOTOS + 1))
GROWN_UP, CHILD = "grown_up", "child"
SWAP, GIFT = "swap", "gift"
KEEP, DROP = "keep", "drop"


class ThingForm(forms.Form):
    """A thing as somebody describes it."""

    title = forms.CharField(
        label=_("What is it?"), max_length=30, help_text=_("A few words: picture book, skipping rope."), error_messages=missing(_("Please write what it is."))
    )
    kind = forms.ModelChoiceField(
        label=_("Where does it belong?"), queryset=Kind.objects.none(), empty_label="—", error_messages=missing(_("Please choose one."))
    )
    condition = forms.ChoiceField(
        label=_("How good is it still?"), choices=Conditions.choices, widget=forms.RadioSelect, error_messages=missing(_("Please choose one."))
    )
    wish = forms.CharField(
        label=_("What would you like for it?"), max_length=60, required=False, help_text=_("Another thing, never money. Empty if you give it away.")
    )
    way = forms.ChoiceField(
        label=_("Swap it or give it away?"),
        choices=[(SWAP, _("swap it for something")), (GIFT, _("give it away"))],
        widget=forms.RadioSelect,
        error_messages=missing(_("Please choose one of the two.")),
    )
    about = forms.CharField(
        label=_("Anything else about it?"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Size, age, what is missing. No names, numbers or addresses."),
    )  # fmt: skip
    photo_1 = PhotoField(label=_("Photo"), required=False, help_text=_("Of the thing alone, without faces. The house sees it first."))
    photo_2 = PhotoField(label=_("Second photo"), required=False)
    photo_3 = PhotoField(label=_("Third photo"), required=False)

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = Kind.objects.at(hub).in_use()  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def uploads(self) -> list[Any]:
        """The clean pictures; also of a form that is not valid as a whole."""
        return [upload for name in PHOTOS if (upload := getattr(self, "cleaned_data", {}).get(name))]


class ChangeForm(ThingForm):
    """The same for a thing that is there already."""

    old_photos = forms.ChoiceField(
        label=_("The photos that are there"),
        choices=[(KEEP, _("keep them")), (DROP, _("take them away"))],
        widget=forms.RadioSelect,
        initial=KEEP,
        required=False,
    )
    field_order = ["title", "kind", "condition", "way", "wish", "about", "old_photos", *PHOTOS]


class ListForm(ThingForm):
    """With who it is for, and a nickname for whoever has none yet."""

    who = forms.ChoiceField(label=_("Whose is it?"), widget=forms.RadioSelect, error_messages=missing(_("Please choose who it is for.")))
    nickname = forms.CharField(
        label=_("Nickname in the shop"), max_length=12, required=False, help_text=_("Others read this, never the name. Two to twelve characters."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    age = forms.ChoiceField(
        label=_("Eighteen or older?"), required=False, widget=forms.RadioSelect, choices=[(GROWN_UP, _("eighteen or older")), (CHILD, _("under eighteen"))]
    )
    field_order = ["who", "nickname", "age", "title", "kind", "condition", "way", "wish", "about", *PHOTOS]

    def __init__(self, *args: Any, people: Sequence[tuple[Resident, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person, _label in people}
        self.swappers: dict[str, Swapper | None] = {pk: swapper_of(person) for pk, person in self.people.items()}
        self.fields["who"].choices = [(str(person.pk), label) for person, label in people]  # type: ignore[attr-defined]  # a ChoiceField
        if len(people) == 1:
            self.fields["who"].widget = forms.HiddenInput()
            self.initial["who"] = next(iter(self.people), "")
        if all(swapper and swapper.nickname for swapper in self.swappers.values()):
            del self.fields["nickname"]
        if not any(self.asks_age(pk) for pk in self.people):
            del self.fields["age"]

    def asks_age(self, pk: str) -> bool:
        """Whether neither the books nor they themselves have said it."""
        swapper = self.swappers[pk]
        return self.people[pk].birth_on is None and (swapper is None or swapper.said_child is None)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        pk = typed.get("who", "")
        if pk not in self.people:
            return typed
        swapper = self.swappers[pk]
        if not (swapper and swapper.nickname) and not typed.get("nickname"):
            self.add_error("nickname", str(SENTENCES["swap_nickname_missing"]))
        if self.asks_age(pk) and not typed.get("age"):
            self.add_error("age", _("Please choose one of the two."))
        return typed | {"person": self.people[pk]}


class ThingChoice(forms.ModelMultipleChoiceField):
    """Things by what they are."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class OfferForm(forms.Form):
    """Which of one's own things, for whom."""

    who = forms.ChoiceField(label=_("Who makes the offer?"), widget=forms.RadioSelect, error_messages=missing(_("Please choose who it is for.")))
    things = ThingChoice(
        label=_("What do you offer for it?"),
        queryset=Item.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages=missing(SENTENCES["swap_offer_nothing"]),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[Resident, Any]], things: Any, is_give_away: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person, _label in people}
        self.fields["who"].choices = [(str(person.pk), label) for person, label in people]  # type: ignore[attr-defined]  # a ChoiceField
        if len(people) == 1:
            self.fields["who"].widget = forms.HiddenInput()
            self.initial["who"] = next(iter(self.people), "")
        self.fields["things"].required = not is_give_away
        self.fields["things"].queryset = things  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
        if is_give_away:
            del self.fields["things"]


class ReportForm(forms.Form):
    """What is wrong."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=ReportReasons.choices, widget=forms.RadioSelect, error_messages=missing(SENTENCES["swap_reason_missing"])
    )


class WhyForm(forms.Form):
    """Why a promise is not kept."""

    reason = forms.ChoiceField(
        label=_("Why?"), choices=RenegeReasons.choices, widget=forms.RadioSelect, error_messages=missing(SENTENCES["swap_reason_missing"])
    )


class SlotForm(forms.Form):
    """One of the times at the house."""

    slot = forms.ChoiceField(label=_("When do you come to the house?"), error_messages=missing(SENTENCES["swap_slot_missing"]))

    def __init__(self, *args: Any, slots: Sequence[datetime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((slot.isoformat(), wording.when_words(slot, slot + SLOT)) for slot in slots)]
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def slot_at(self) -> datetime:
        """The instant; only once the form is valid."""
        return datetime.fromisoformat(self.cleaned_data["slot"])


class WishForm(forms.Form):
    """What somebody looks for."""

    who = forms.ChoiceField(label=_("Who looks for it?"), widget=forms.RadioSelect, error_messages=missing(_("Please choose who it is for.")))
    kind = forms.ModelChoiceField(label=_("Of which kind?"), queryset=Kind.objects.none(), required=False, empty_label=_("any kind"))
    words = forms.CharField(label=_("Which words?"), max_length=40, required=False, help_text=_("For example: bicycle, chess."))

    def __init__(self, *args: Any, hub: Hub, people: Sequence[tuple[Resident, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person, _label in people}
        self.fields["who"].choices = [(str(person.pk), label) for person, label in people]  # type: ignore[attr-defined]  # a ChoiceField
        if len(people) == 1:
            self.fields["who"].widget = forms.HiddenInput()
            self.initial["who"] = next(iter(self.people), "")
        self.fields["kind"].queryset = Kind.objects.at(hub).in_use()  # type: ignore[attr-defined]  # a ModelChoiceField


class SearchForm(forms.Form):
    """The shop's own question. The kinds are a plain list: a field of rows asks for them once more to see whether the answer is one."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    q = forms.CharField(label=_("Word"), max_length=30, required=False)
    gifts = forms.ChoiceField(label=_("Swap or gift"), required=False, choices=[("", _("both")), ("on", _("only what is given away"))])

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.pk, str(kind)) for kind in Kind.objects.at(hub).in_use()]
        self.fields["kind"].choices = [("", _("all kinds")), *kinds]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_kind(self) -> int | None:
        return int(self.cleaned_data["kind"]) if self.cleaned_data["kind"] else None
