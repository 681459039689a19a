"""Well-formed input for the resident's own pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core.fields import PhoneField, ReferenceField


class FindForm(forms.Form):
    """A reference and the phone it was made with: two facts, no account."""

    reference = ReferenceField(
        label=_("Booking number"),
        max_length=40,
        help_text=_("Eight digits, on the slip and in the message."),
        error_messages={"required": _("Please write the eight digits of the number.")},
    )
    phone = PhoneField(
        label=_("Phone"), help_text=_("The one you gave when booking."), error_messages={"required": _("Please write the phone number you gave when booking.")}
    )

    def __init__(self, *args: Any, area_code: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].area_code = area_code  # type: ignore[attr-defined]  # our PhoneField
