"""Well-formed input from a helper's phone. Whether the house agrees is for the rules."""

import base64
import binascii
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bookings.dispatch.states import DeclineReasons
from bookings.payments.states import AT_THE_DOOR, Methods
from hub.core import wording
from hub.core.errors import SENTENCES
from hub.core.fields import PhotoField, YuanField, checked_picture, missing, plain_digits

MOST_FEN = 100_000_000
SIGNED = "data:image/png;base64,"


class CodeField(forms.CharField):
    """Four digits as they are heard, in any width and with blanks between them."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(**{"max_length": 20, "widget": widget, **kwargs})

    def clean(self, value: Any) -> str:
        typed = str(plain_digits(super().clean(value))).replace(" ", "").replace("-", "")
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) == 4):
            raise ValidationError(_("The code has four digits. Please ask for it once more."), code="code_wrong")
        return typed


class DeclineForm(forms.Form):
    """Why not."""

    reason = forms.ChoiceField(
        label=_("Why can you not do it?"),
        widget=forms.RadioSelect,
        choices=DeclineReasons.choices,
        error_messages=missing(SENTENCES["offer_reason_missing"]) | {"invalid_choice": SENTENCES["offer_reason_missing"]},
    )


class CodeForm(forms.Form):
    """What the resident reads out at the door."""

    code = CodeField(
        label=_("The resident's code"), help_text=_("Four digits; they stand on the slip and in the message."),
        error_messages=missing(_("Please ask the resident for the four digits.")),
    )  # fmt: skip


class PartsForm(forms.Form):
    """Which parts, and how much."""

    what = forms.CharField(label=_("Which parts?"), max_length=100, error_messages=missing(SENTENCES["order_extra_what"]))
    extra = YuanField(
        label=_("How much, in yuan?"), min_value=0, max_value=MOST_FEN,
        error_messages=missing(_("How much do they cost? Please write the amount.")),
    )  # fmt: skip


class DoneForm(forms.Form):
    """That it is done: by code, or by photo and signature; what was paid at the door, where something is to be paid."""

    code = CodeField(label=_("The resident's code for the end"), required=False, help_text=_("Then no photo and no signature are needed."))
    photo = PhotoField(label=_("Photo of the work"), required=False)
    signature = forms.CharField(label=_("Signature"), required=False, widget=forms.HiddenInput)
    method = forms.ChoiceField(
        label=_("How was it paid?"), required=False, choices=[("", _("not yet paid")), *((way.value, way.label) for way in Methods if way in AT_THE_DOOR)]
    )
    amount = YuanField(label=_("paid, in yuan"), required=False, min_value=0, max_value=MOST_FEN)
    receipt_no = forms.CharField(label=_("number on the receipt"), max_length=30, required=False)

    def __init__(self, *args: Any, to_pay_fen: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if to_pay_fen:
            self.fields["method"].help_text = gettext("Still to pay: %(amount)s.") % {"amount": wording.amount_words(to_pay_fen)}
            return
        for name in ("method", "amount", "receipt_no"):
            del self.fields[name]

    def clean_signature(self) -> Any:
        drawn = self.cleaned_data["signature"]
        if not drawn:
            return None
        try:
            content = base64.b64decode(drawn.removeprefix(SIGNED), validate=True)
        except (binascii.Error, ValueError):
            raise ValidationError(_("The signature could not be read. Please draw it again, or take the code."), code="signature") from None
        return checked_picture(SimpleUploadedFile("signature.png", content, "image/png"))
