"""Well-formed input of volunteers. Forms never write."""

import unicodedata
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.core import clock
from hub.core.errors import sentence
from hub.core.fields import DayInput, PhoneField, missing, plain_digits
from hub.core.refusals import Refusal
from hub.people.rules import LONGEST_NAME
from mutualaid.volunteers.sentences import SENTENCES

NO_HINTS = {"autocomplete": "off"}


class DayField(forms.DateField):
    """A day as the browser's calendar gives it, or typed in any width."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        return super().to_python(plain_digits(value))  # type: ignore[arg-type]  # text with its digits mended, or what it was


class ClockField(forms.TimeField):
    """9:00, 09:00, 0900, 9点半 or ９：００."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value).strip().replace("点半", ":30").replace("点", ":00").replace("：", ":")[:8]
            if len(value) == 4 and value.isascii() and value.isdecimal():
                value = f"{value[:2]}:{value[2:]}"
        return super().to_python(value)


class JoinForm(forms.Form):
    """Who joins: oneself, or somebody one acts for; for an account that is nobody's yet, a name and the consent."""

    who = forms.ChoiceField(
        label=pgettext_lazy("volunteers", "Who is coming?"), widget=forms.RadioSelect, error_messages=missing(_("Please choose who is coming."))
    )
    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages=missing(_("Please write a name, so that we know whom to greet.")),
    )  # fmt: skip
    phone = PhoneField(label=_("Phone"), help_text=_("We tell you here when something changes, and remind you the day before."))
    guardian_agrees = forms.BooleanField(
        label=_("I am the guardian, and agree that my child helps at this shift and later ones"), required=False, help_text=_("Only for somebody under 18.")
    )
    keep = forms.BooleanField(label=_("You may keep my name and number, for this work alone"), required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, Any]] = (), asks_guardian: bool = False, area_code: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["phone"].area_code = area_code
        if people:
            fields["who"].choices = list(people)
            del fields["name"], fields["keep"]
        else:
            del fields["who"]
        if not asks_guardian:
            del fields["guardian_agrees"]


class CodeForm(forms.Form):
    """The code read from the sheet at the place."""

    code = forms.CharField(
        label=_("Code on the sheet"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric", **NO_HINTS}),
        error_messages=missing(_("Please write the six digits on the sheet.")),
    )  # fmt: skip

    def clean_code(self) -> str:
        return unicodedata.normalize("NFKC", self.cleaned_data["code"]).replace(" ", "")


class HoursForm(forms.Form):
    """Own hours; an end that lies before the start is the next day's."""

    day = DayField(label=_("Which day?"), error_messages=missing(_("Please choose the day.")))
    starts = ClockField(label=_("From when?"), error_messages=missing(SENTENCES["hours_times_missing"]))
    ends = ClockField(label=_("Until when?"), help_text=_("After midnight: just write the time."), error_messages=missing(SENTENCES["hours_times_missing"]))
    what = forms.CharField(
        label=_("What did you do?"), max_length=100, widget=forms.TextInput(attrs=NO_HINTS), error_messages=missing(SENTENCES["hours_what_missing"])
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        day, starts, ends = (typed.get(name) for name in ("day", "starts", "ends"))
        if day is None or starts is None or ends is None:
            return typed
        if not date(1970, 1, 2) <= day <= date(9000, 1, 1):
            self.add_error("day", sentence(Refusal("hours_too_old", None, {"first": clock.today() - timedelta(days=366)})))
            return typed
        last = day + timedelta(days=1) if ends < starts else day
        return {**typed, "starts_at": clock.at(day, starts), "ends_at": clock.at(last, ends)}


class CorrectionForm(forms.Form):
    """What is wrong with hours that are confirmed."""

    words = forms.CharField(
        label=_("What is wrong, and what would be right?"), max_length=200, widget=forms.Textarea(attrs={"rows": 3, **NO_HINTS}),
        error_messages=missing(SENTENCES["hours_correction_missing"]),
    )  # fmt: skip


class CertificateForm(forms.Form):
    """From which day to which."""

    first_on = DayField(label=_("From which day?"), error_messages=missing(_("Please choose the day.")))
    last_on = DayField(label=_("Until which day?"), error_messages=missing(_("Please choose the day.")))


class ThanksForm(forms.Form):
    """How one is called on the board."""

    nickname = forms.CharField(
        label=_("What shall we call you there?"), max_length=40, required=False, widget=forms.TextInput(attrs=NO_HINTS),
        help_text=_("A nickname; left empty, your name is masked."),
    )  # fmt: skip
