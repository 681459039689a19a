"""Form fields that read what people really type: full-width digits, spaces, +86."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hub.core.errors import SENTENCES
from hub.core.money import fen_from_yuan, yuan_text
from hub.core.phones import normal_phone
from hub.core.references import clean_reference
from hub.core.uploads import UploadRefused, take_picture

PLAIN_AMOUNT = re.compile(r"\d{1,8}(\.\d{1,2})?元?")  # `1e9`, `Infinity` and a minus are words here


def missing(sentence: Any) -> dict[str, Any]:
    """What a field says when it was left empty."""
    return {"required": sentence}


def plain_digits(value: object) -> object:
    """Text with full-width digits and outer blanks mended; anything else unchanged."""
    return unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else value


class NumberField(forms.IntegerField):
    """A whole number, typed in any width, with 人 or blanks behind it."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        value = plain_digits(value)
        if isinstance(value, str):
            value = value.removesuffix("人").strip()[:20]
        return super().to_python(value)


class PhoneField(forms.CharField):
    """A mobile or landline in its normal form; `area_code` is given to local numbers."""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})

    def __init__(self, *, area_code: str = "", **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40, **kwargs})
        self.area_code = area_code

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        number = normal_phone(typed, area_code=self.area_code)
        if typed and not number:
            raise ValidationError(str(SENTENCES["phone_wrong"]), code="phone_wrong")
        return number


def checked_picture(upload: Any) -> Any:
    """The same upload, verified and written anew (hub/core/uploads.py); ValidationError with its sentence for a bad one."""
    try:
        take_picture(upload)
    except UploadRefused as refused:
        raise ValidationError(str(refused), code=refused.code) from None
    return upload


class PhotoField(forms.FileField):
    """A picture from a phone or a computer, verified and written anew; an empty file is refused with the house's own sentence."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_empty_file": True, **kwargs})

    def to_python(self, data: Any) -> Any:
        upload = super().to_python(data)
        return checked_picture(upload) if upload is not None else None


class ReferenceField(forms.CharField):
    """Eight digits as printed, typed or read out."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        reference = clean_reference(typed)
        if typed and not reference:
            raise ValidationError(_("A reference has eight digits. Please look at the slip or the message again."), code="reference_wrong")
        return reference

class DayInput(forms.DateInput):
    """A browser's own calendar. It reads 2026-11-28 and nothing else: a day written as the page's language writes it would leave it empty."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class YuanInput(forms.TextInput):
    """Staff read and write yuan (20.50); the field behind it keeps whole fen."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return yuan_text(value) if isinstance(value, int) else super().format_value(value)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = plain_digits(super().value_from_datadict(data, files, name))
        if not typed:
            return typed
        if not PLAIN_AMOUNT.fullmatch(str(typed)):
            return f"{str(typed)[:12]}元"  # no whole number: the field refuses it and shows it again
        return fen_from_yuan(Decimal(str(typed).removesuffix("元")))


class YuanField(forms.IntegerField):
    """An amount: yuan to read, fen to keep."""

    widget = YuanInput
    default_error_messages = {"invalid": _("Please write the amount in yuan with digits, for example 20 or 20.50.")}
