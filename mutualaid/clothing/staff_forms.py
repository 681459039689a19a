"""Well-formed input on staff screens."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hub.core.fields import NumberField, PhoneField, ReferenceField, missing
from hub.core.references import new_token
from mutualaid.clothing import rules
from mutualaid.clothing.rules import Brought
from mutualaid.clothing.sentences import SENTENCES
from mutualaid.clothing.states import Conditions, Ends, Faults, Fits, Kinds, Seasons

NO_HINTS = {"autocomplete": "off"}


class IntakeForm(forms.Form):
    """One kind of thing out of a bag, many pieces alike at once; every field can be reached and chosen by keyboard."""

    kind = forms.ChoiceField(label=pgettext_lazy("clothes", "What"), choices=Kinds.choices, widget=forms.Select(attrs={"autofocus": True}))
    fit = forms.ChoiceField(label=pgettext_lazy("clothes", "For whom"), choices=Fits.choices)
    size = forms.CharField(
        label=pgettext_lazy("clothes", "Size"), max_length=12, required=False, widget=forms.TextInput(attrs=NO_HINTS),
        help_text=_("As it stands on the label: L, 175/96A, 110, 38. Empty: one size."),
    )  # fmt: skip
    season = forms.ChoiceField(label=pgettext_lazy("clothes", "Season"), choices=Seasons.choices)
    condition = forms.ChoiceField(label=pgettext_lazy("clothes", "Condition"), choices=Conditions.choices, initial=Conditions.GOOD)
    piece_count = NumberField(label=_("How many for the shelf?"), initial=1, min_value=0, max_value=10**6)
    shelf = forms.CharField(label=_("Where does it lie?"), max_length=20, required=False, widget=forms.TextInput(attrs=NO_HINTS))
    refused_count = NumberField(label=_("How many cannot be worn?"), initial=0, min_value=0, max_value=10**6, required=False)
    fault = forms.ChoiceField(label=_("Why not?"), choices=[("", "—"), *Faults.choices], required=False)
    end = forms.ChoiceField(label=_("What becomes of them?"), choices=[("", "—"), *Ends.choices], required=False)
    donor_name = forms.CharField(
        label=_("From whom?"), max_length=40, required=False, widget=forms.TextInput(attrs=NO_HINTS), help_text=_("May be left empty: a neighbour."),
    )  # fmt: skip
    donor_phone = PhoneField(label=_("Their phone, for a word of thanks"), required=False)
    wants_thanks = forms.BooleanField(label=_("They would like a word of thanks"), required=False)
    token = forms.CharField(max_length=43, widget=forms.HiddenInput)
    field_order = ["kind", "fit", "size", "season", "condition", "piece_count", "shelf", "refused_count", "fault", "end"]

    def __init__(self, *args: Any, area_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["donor_phone"].area_code = area_code  # type: ignore[attr-defined]  # our PhoneField
        self.initial.setdefault("token", new_token())

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("wants_thanks") and not typed.get("donor_phone") and "donor_phone" not in self.errors:
            self.add_error("donor_phone", gettext("Which number shall the thanks go to?"))
        return typed

    @property
    def brought(self) -> Brought:
        """What it says, the size in the house's own words; only once the form is valid."""
        typed = self.cleaned_data
        size = rules.normal_size(typed["size"], typed["kind"], typed["fit"])
        return Brought(
            typed["kind"],
            typed["fit"],
            size,
            typed["season"],
            typed["condition"],
            typed["piece_count"],
            typed["refused_count"] or 0,
            typed["fault"],
            typed["end"],
        )


class DiscardForm(forms.Form):
    """So many, and why."""

    piece_count = NumberField(label=_("How many pieces?"), initial=1, min_value=0, max_value=10**6)
    fault = forms.ChoiceField(label=_("Why not?"), choices=Faults.choices)
    reason = forms.CharField(label=_("in words"), max_length=200, required=False)


class CountForm(forms.Form):
    """What lies there really, and why it is another number."""

    piece_count = NumberField(label=_("How many lie there?"), min_value=0, max_value=10**6)
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Counted on the shelf, typed wrongly … nobody's name."))


class HandOutForm(forms.Form):
    """What the collector says."""

    reference = ReferenceField(
        label=_("Parcel number"),
        error_messages=missing(SENTENCES["parcel_unknown"]),
        widget=forms.TextInput(attrs={"autofocus": True, "inputmode": "numeric", **NO_HINTS}),
    )
    tail = forms.CharField(
        label=_("Last four of the phone"), max_length=12, widget=forms.TextInput(attrs={"inputmode": "numeric", **NO_HINTS}),
        help_text=_("As the collector says them. Nothing else is asked."),
    )  # fmt: skip
