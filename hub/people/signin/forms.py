"""What is typed at the door. Nothing here writes, and nothing here says whether an account exists."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hub.core.fields import PhoneField
from hub.core.phones import is_mobile
from hub.people.signin import rules

CODE_ATTRS = {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input-code"}


def refuse_unwritable(value: str) -> None:
    """A lone surrogate is half a character: nothing can store it or send it back."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValidationError(_("Some of these characters cannot be read. Please type it again."), code="unwritable") from None


class TypedField(forms.CharField):
    """One line of text that can be written down."""

    default_validators = [refuse_unwritable]


class CodeField(TypedField):
    """The six digits of a message, in any width, with blanks or with the whole message around them."""

    widget = forms.TextInput(attrs=CODE_ATTRS)

    def clean(self, value: Any) -> str:
        code = rules.read_code(super().clean(value))
        if not code:
            raise ValidationError(_("A code has six digits. Please look at the message again."), code="code_incomplete")
        return code


class NumberForm(forms.Form):
    """Whom to send a code to."""

    phone = PhoneField(label=_("Mobile number"), help_text=_("We send a code to it. No password is needed."), validators=[refuse_unwritable])

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if not is_mobile(phone):
            raise ValidationError(_("A message can only go to a mobile. With a landline, please ring us."), code="not_a_mobile")
        return str(phone)


class CodeForm(forms.Form):
    """The code from the message."""

    code = CodeField(label=_("Code from the message"), max_length=200, help_text=_("Six digits; they are good for 5 minutes."))


class PasswordForm(forms.Form):
    """Username and password."""

    username = TypedField(
        label=_("Username"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"})
    )
    password = TypedField(label=_("Password"), max_length=128, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))

    def clean_username(self) -> str:
        return rules.plain(self.cleaned_data["username"])


class SecondStepForm(forms.Form):
    """The code an app shows, or one from the recovery sheet."""

    code = TypedField(
        label=_("Code from your app"),
        max_length=40,
        widget=forms.TextInput(attrs=CODE_ATTRS),
        help_text=_("Six digits. Without your phone: one of the eight-digit codes from your recovery sheet."),
    )

    def clean_code(self) -> str:
        code = rules.read_second_code(self.cleaned_data["code"])
        if not code:
            raise ValidationError(_("The code has six digits, one from the sheet eight. Please look again."), code="code_incomplete")
        return code


class SetUpForm(SecondStepForm):
    """The first code of an app that is being set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The six digits your app shows now")
        self.fields["code"].help_text = ""


class IsThisYouForm(forms.Form):
    """One more fact that only the person knows."""

    birth_on = TypedField(
        label=_("Your date of birth"),
        required=False,
        max_length=40,
        help_text=_("For example 1950-03-08 or 1950年3月8日."),
        widget=forms.TextInput(attrs={"autocomplete": "bday", "inputmode": "text"}),
    )
    id_tail = TypedField(
        label=_("Or the last four of your ID number"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "input-short"}),
    )

    def clean_birth_on(self) -> date | None:
        typed = self.cleaned_data["birth_on"]
        day = rules.read_birth_day(typed)
        if typed and day is None:
            raise ValidationError(_("That is no date. Please write year, month and day, for example 1950-03-08."), code="no_date")
        return day

    def clean_id_tail(self) -> str:
        typed = self.cleaned_data["id_tail"]
        tail = rules.read_id_tail(typed)
        if typed and not tail:
            raise ValidationError(_("Please write the last four characters, for example 0028 or 123X."), code="no_tail")
        return tail

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("birth_on") and not cleaned.get("id_tail"):
            raise ValidationError(_("Please write one of the two, or leave this for another day."), code="nothing_given")
        return cleaned
