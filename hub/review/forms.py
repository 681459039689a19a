"""Opening a closed month or edition again."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReopenForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Why is it opened again?"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}))
