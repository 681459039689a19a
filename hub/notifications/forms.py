"""What staff type about messages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.notifications.states import Outcomes


class RungForm(forms.Form):
    """How a call ended."""

    outcome = forms.ChoiceField(label=_("How did it go?"), choices=Outcomes.choices, widget=forms.RadioSelect)
