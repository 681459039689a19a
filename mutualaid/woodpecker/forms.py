"""Well-formed input of readers. Whether the house agrees is for the rules."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.core.errors import SENTENCES as HOUSE
from hub.core.fields import NumberField, PhotoField, missing
from hub.people.forms import AskerForm
from hub.people.models import Resident
from hub.people.rules import LONGEST_NAME, name_refusal, plain_name
from mutualaid.woodpecker.actions import Wrong
from mutualaid.woodpecker.models import Edition
from mutualaid.woodpecker.sentences import SENTENCES

PAPER = "person-"
MASKED, FULL = "masked", "full"


class WrongForm(forms.Form):
    """What somebody found: edition, page, title and what is wrong are needed, the rest helps."""

    edition = forms.ChoiceField(label=_("Which edition?"), widget=forms.RadioSelect, error_messages=missing(_("Please choose the edition.")))
    page = NumberField(
        label=pgettext_lazy("newspaper", "Page"), help_text=_("The number in the corner of the page."), min_value=0, max_value=999,
        error_messages=missing(_("Which page? The number stands in its corner.")),
    )  # fmt: skip
    title = forms.CharField(
        label=_("Title of the article"), max_length=60, help_text=_("Its first words will do; for a picture or advertisement say what it is."),
        error_messages=missing(SENTENCES["woodpecker_title_missing"]), widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    wrong = forms.CharField(
        label=_("What is wrong?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("As it is printed, with the words around it."),
        error_messages=missing(SENTENCES["woodpecker_wrong_missing"]),
    )  # fmt: skip
    right = forms.CharField(label=_("What would be right?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    reason = forms.CharField(label=_("Why?"), max_length=300, required=False, help_text=_("A dictionary, a map, the right date: the panel likes it."))

    def __init__(self, *args: Any, editions: Sequence[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.editions = {row.key: row for row in editions}
        field: Any = self.fields["edition"]
        field.choices = [(row.key, row.called) for row in editions]
        if len(editions) == 1:
            field.widget = forms.HiddenInput()
            self.initial.setdefault("edition", editions[0].key)

    @property
    def chosen(self) -> Edition:
        """The edition; only once the form is valid."""
        return self.editions[self.cleaned_data["edition"]]

    @property
    def found(self) -> Wrong:
        """Only once the form is valid."""
        return self.found_in(self.cleaned_data)

    @staticmethod
    def found_in(typed: Any) -> Wrong:
        """The same of a valid form's answer."""
        return Wrong(typed["page"], typed["title"], typed["wrong"], typed["right"], typed["reason"])


class AlikeForm(forms.Form):
    """What stands in the form so far, as far as it helps to find what is like it; the page may still be missing."""

    edition = forms.CharField(max_length=10)
    page = NumberField(min_value=0, max_value=999, required=False)
    title = forms.CharField(max_length=60, required=False)
    wrong = forms.CharField(max_length=500, min_length=2)


class ReportForm(WrongForm, AskerForm):
    """The same with who found it."""

    printed = forms.ChoiceField(
        label=_("How is your name printed if you win?"), choices=[(MASKED, _("only the family name: 张**")), (FULL, _("my full name"))],
        widget=forms.RadioSelect, initial=MASKED, error_messages=missing(_("Please choose one of the two.")),
    )  # fmt: skip
    field_order = ["edition", "page", "title", "wrong", "right", "reason", "who", "name", "phone", "printed"]

    def __init__(self, *args: Any, people: Sequence[tuple[Resident, Any]] = (), **kwargs: Any) -> None:
        self.known = {f"{PAPER}{person.pk}": person for person, _label in people}
        super().__init__(*args, people=[(f"{PAPER}{person.pk}", label) for person, label in people], **kwargs)
        self.fields["name"].required = not people
        if people:
            self.fields["name"].help_text = _("Only for somebody else.")

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        person = self.known.get(typed.get("who", ""))
        name = person.name if person else plain_name(typed.get("name", ""))
        if "name" not in self.errors and "who" not in self.errors and name_refusal(name):
            self.add_error("name", str(HOUSE["name_missing"]))
        return {**typed, "name": name[:LONGEST_NAME], "person": person, "prints_full_name": typed.get("printed") == FULL}


class PictureForm(forms.Form):
    """A photo of the place, which may stay away."""

    photo = PhotoField(label=_("A photo of the place"), required=False, help_text=_("Of the page alone, without faces."))


class OnePictureForm(forms.Form):
    """A photo that comes later."""

    photo = PhotoField(label=_("A photo of the place"), help_text=_("Of the page alone, without faces."), error_messages=missing(_("Please choose a photo.")))
