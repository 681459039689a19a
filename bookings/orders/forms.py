"""Well-formed input for services. Whether the house agrees is for the rules."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.orders.rules import ServiceFacts
from bookings.orders.states import Ratings
from hub.core import wording
from hub.core.errors import SENTENCES
from hub.core.fields import NumberField, missing
from hub.people.forms import AskerForm
from hub.people.states import EntitlementKinds

ELSEWHERE = "0"


def day_choices(days: Iterable[date]) -> list[tuple[str, str]]:
    """ISO dates with their words."""
    return [("", "—"), *((day.isoformat(), wording.day_words(day)) for day in days)]


def window_choices(facts: ServiceFacts) -> list[tuple[str, str]]:
    """08:00-10:00 with its words."""
    return [(f"{start:%H:%M}-{end:%H:%M}", wording.span_words(start, end)) for start, end in facts.windows]


class ForMeForm(forms.Form):
    """What would I pay? A situation, and nobody's name."""

    situation = forms.ChoiceField(label=_("Which of these are you?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["situation"].choices = [("", _("none of these")), *EntitlementKinds.choices]  # type: ignore[attr-defined]  # a ChoiceField


class TimeForm(forms.Form):
    """A day and a window of it."""

    day = forms.DateField(label=_("Which day?"), widget=forms.Select, error_messages=missing(_("Please choose the day.")))
    window = forms.ChoiceField(
        label=_("At what time?"),
        widget=forms.RadioSelect,
        error_messages=missing(_("Please choose a time.")) | {"invalid_choice": SENTENCES["order_window_unknown"]},
    )

    def __init__(self, *args: Any, facts: ServiceFacts, days: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].widget.choices = day_choices(days)
        self.fields["window"].choices = window_choices(facts)  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def span(self) -> tuple[time, time]:
        """The window's two times; only once the form is valid."""
        start, end = self.cleaned_data["window"].split("-")
        return time.fromisoformat(start), time.fromisoformat(end)


class WhenForm(TimeForm):
    """When, how much, where, and what it is about."""

    quantity = NumberField(label=_("How many?"), min_value=-(10**6), max_value=10**12, error_messages=missing(_("How many? Please write a number.")))
    community = forms.ChoiceField(
        label=_("In which community?"), error_messages=missing(_('Please choose the community; "another one" if it is not in the list.'))
    )
    address = forms.CharField(
        label=_("Building and door"),
        max_length=100,
        help_text=_("As you would tell a visitor: building 3, entrance 2, 301."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages=missing(SENTENCES["order_address_missing"]),
    )
    what = forms.CharField(
        label=_("What is it about?"),
        max_length=200,
        required=False,
        help_text=_("A few words, so that the helper brings the right things."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, facts: ServiceFacts, communities: Sequence[Any], is_at_home: bool, **kwargs: Any) -> None:
        super().__init__(*args, facts=facts, **kwargs)
        if facts.most == 1:
            self.fields["quantity"].widget = forms.HiddenInput()
            self.initial.setdefault("quantity", 1)
        if not is_at_home:
            del self.fields["address"]
        if not is_at_home or not communities:
            del self.fields["community"]
        else:
            choices = [("", "—"), *((str(row.pk), row.name) for row in communities), (ELSEWHERE, _("another one"))]
            self.fields["community"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class WhoForm(AskerForm):
    """Who it is for and how to reach them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.names:
            self.fields["name"].help_text = _("Of the person it is done for.")


class ExtraAnswerForm(forms.Form):
    """Yes or no to extra parts of so many fen."""

    asked = forms.IntegerField(min_value=1, max_value=10**9)
    answer = forms.ChoiceField(choices=[("yes", _("yes")), ("no", _("no"))])


class RateForm(forms.Form):
    """How it was."""

    rating = forms.TypedChoiceField(
        label=_("How was it?"), coerce=int, choices=Ratings.choices, widget=forms.RadioSelect, error_messages=missing(SENTENCES["order_rating_missing"])
    )
    words = forms.CharField(
        label=_("In your words"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("The house reads it, nobody else.")
    )
