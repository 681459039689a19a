"""Well-formed input for choosing clothes. Whether the house agrees is for the rules."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core import wording
from hub.core.errors import SENTENCES
from hub.core.fields import PhoneField, missing
from mutualaid.clothing.models import Garment
from mutualaid.clothing.models.garment import size_in_words
from mutualaid.clothing.rules import HEIGHTS, LETTERS, MOST_PIECES, SHOE_SIZES, Slot
from mutualaid.clothing.sentences import SENTENCES as OURS
from mutualaid.clothing.states import FIGURES

MOST_SLOTS = 10
COLLECTED, BROUGHT = "collected", "brought"


def size_choices() -> list[tuple[Any, Any]]:
    """Letters, children's heights, shoes; none first."""
    groups = ((_("grown-ups"), LETTERS), (_("children, by height"), HEIGHTS), (_("shoes"), SHOE_SIZES))
    return [("", _("show every size")), *((label, [(size, size_in_words(size)) for size in sizes]) for label, sizes in groups)]


def slot_choices(slots: Sequence[Slot]) -> list[tuple[str, str]]:
    """Their codes with day and times."""
    return [(slot.code, wording.when_words(slot.starts_at, slot.ends_at)) for slot in slots[:MOST_SLOTS]]


class WhoForm(forms.Form):
    """For whom, and what they wear."""

    who = forms.ChoiceField(label=_("Who is it for?"), widget=forms.RadioSelect, error_messages=missing(_("Please choose who it is for.")))
    figure = forms.ChoiceField(
        label=_("Clothes for"),
        widget=forms.RadioSelect,
        choices=[(figure.value, figure.label) for figure in FIGURES],
        error_messages=missing(_("Please choose one.")),
    )
    size = forms.ChoiceField(label=_("Which size?"), required=False, help_text=_("Then we also show the next smaller and the next larger one."))

    def __init__(self, *args: Any, people: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["who"].choices = people
        fields["size"].choices = size_choices()
        if len(people) == 1:
            fields["who"].widget = forms.HiddenInput()
            self.initial.setdefault("who", people[0][0])


class PiecesForm(forms.Form):
    """Which pieces, one of each."""

    pieces = forms.MultipleChoiceField(
        label=_("What would you like?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages=missing(OURS["clothing_nothing"]) | {"invalid_choice": _("Somebody has just taken one of them. Please look once more.")},
    )

    def __init__(self, *args: Any, garments: Sequence[Garment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["pieces"]
        field.choices = [(str(garment.pk), piece_words(garment)) for garment in garments]
        field.help_text = _("Up to %(most)s pieces in one parcel; one of each.") % {"most": MOST_PIECES}

    @property
    def wanted(self) -> dict[int, int]:
        """One piece of each garment's id; only once the form is valid."""
        return dict.fromkeys((int(pk) for pk in self.cleaned_data["pieces"]), 1)


def piece_words(garment: Garment) -> str:
    """冬季外套，L码（九成新）."""
    said = {"what": garment.name, "size": garment.size_words, "condition": garment.get_condition_display()}
    return str(_("%(what)s, %(size)s (%(condition)s)") % said)


class WhenForm(forms.Form):
    """When it is collected, and how to reach them."""

    slot = forms.ChoiceField(
        label=_("When would you like to collect it?"),
        widget=forms.RadioSelect,
        error_messages=missing(_("Please choose a time.")) | {"invalid_choice": OURS["clothing_slot"]},
    )
    phone = PhoneField(
        label=_("Phone"),
        help_text=_("At the counter you say the parcel's number and the last four of this phone."),
        error_messages=missing(SENTENCES["number_missing"]),
    )
    way = forms.ChoiceField(
        label=_("How does it come to you?"),
        widget=forms.RadioSelect,
        choices=[(COLLECTED, _("I collect it, or my family does")), (BROUGHT, _("I cannot come: please let somebody bring it along"))],
        initial=COLLECTED,
        error_messages=missing(_("Please choose one.")),
    )

    def __init__(self, *args: Any, slots: Sequence[Slot], area_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["slot"].choices = slot_choices(slots)
        fields["phone"].area_code = area_code

    @property
    def is_brought(self) -> bool:
        """Whether somebody shall bring it along; only once the form is valid."""
        return bool(self.cleaned_data["way"] == BROUGHT)
