"""Well-formed input on the staff's money screens. Amounts are typed in yuan and are whole fen behind the field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.payments.states import BY_HAND, Methods
from hub.core.fields import YuanField
from hub.core.references import new_token
from hub.people.models import Organisation


def amount_field(**given: Any) -> YuanField:
    """Yuan to read, fen to keep."""
    return YuanField(label=_("Amount, in yuan"), **given)


class TakeMoneyForm(forms.Form):
    """What was paid by hand."""

    method = forms.ChoiceField(label=_("How was it paid?"), choices=[(method.value, method.label) for method in map(Methods, BY_HAND)])
    amount = amount_field()
    receipt_no = forms.CharField(label=_("Receipt number"), max_length=30)
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), required=False, help_text=_("Only for an invoice: who gets it.")
    )

    def __init__(self, *args: Any, hub: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.at(hub).filter(is_active=True)  # type: ignore[attr-defined]  # a ModelChoiceField


class GiveBackForm(forms.Form):
    """How much, and why. The token makes a form that is sent twice one refund."""

    amount = amount_field()
    reason = forms.CharField(label=_("Reason"), max_length=200)
    token = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False, initial=new_token)


class WhyForm(forms.Form):
    """Why something is taken back or declined; it stays in the book."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class PayOutForm(forms.Form):
    """The receipt the payer signed."""

    receipt_no = forms.CharField(label=_("Receipt number"), max_length=30)
