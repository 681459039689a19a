"""Well-formed input on staff screens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from bookings.rooms.models import Room
from bookings.rooms.rules import Hours, overlapping_hours
from hub.core.fields import DayInput, NumberField, PhoneField
from hub.people.models import Organisation
from hub.people.states import Channels


class RoomForm(WagtailAdminModelForm):
    """A room with its hours: those of one day must not overlap, a booking must be able to be as short as the shortest."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (data.get("first_part") or 0) > (data.get("last_part") or 0):
            self.add_error("last_part", _("The last part cannot come before the first."))
        if (data.get("shortest_minutes") or 0) > (data.get("longest_minutes") or 0):
            self.add_error("longest_minutes", _("The longest booking cannot be shorter than the shortest."))
        return data

    def is_valid(self) -> bool:
        valid: bool = super().is_valid()
        rules = self.formsets.get("opening_rules") if hasattr(self, "formsets") else None
        return valid and (rules is None or self.hours_are_apart(rules))

    def hours_are_apart(self, rules: Any) -> bool:
        """Whether no two spans of one day share a minute; a complaint is put on the form."""
        days: dict[int, list[Hours]] = {}
        for row in rules.cleaned_data:
            if row and not row.get("DELETE") and row.get("opens_at") and row.get("closes_at"):
                days.setdefault(row["weekday"], []).append(Hours(row["opens_at"], row["closes_at"], row["use"]))
        if any(overlapping_hours(hours) for hours in days.values()):
            self.add_error(None, _("Two opening hours of one day overlap. Please mend one of them."))
            return False
        return True


class StaffBookingForm(forms.Form):
    """A booking taken down at the counter or on the telephone."""

    room = forms.ModelChoiceField(label=_("room"), queryset=Room.objects.none())
    day = forms.DateField(label=_("Which day?"), widget=DayInput)
    start = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time", "step": 900}))
    end = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs={"type": "time", "step": 900}))
    people = NumberField(label=_("How many people?"), min_value=0, max_value=30_000)
    name = forms.CharField(label=_("Name"), max_length=40)
    phone = PhoneField(label=_("Phone"))
    purpose = forms.CharField(label=_("What for?"), max_length=100)
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none(), required=False)
    channel = forms.ChoiceField(label=_("How did they ask?"), choices=[(Channels.PHONE, Channels.PHONE.label), (Channels.COUNTER, Channels.COUNTER.label)])

    def __init__(self, *args: Any, hub: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = Room.objects.at(hub).published()  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["organisation"].queryset = Organisation.objects.at(hub).filter(is_active=True)  # type: ignore[attr-defined]  # as above
        self.fields["phone"].area_code = hub.area_code  # type: ignore[attr-defined]  # our PhoneField


class StaffMoveForm(forms.Form):
    """Another room or time, and why."""

    room = forms.ModelChoiceField(label=_("room"), queryset=Room.objects.none())
    day = forms.DateField(label=_("Which day?"), widget=DayInput)
    start = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time", "step": 900}))
    end = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs={"type": "time", "step": 900}))
    people = NumberField(label=_("How many people?"), min_value=0, max_value=30_000)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, hub: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = Room.objects.at(hub).published()  # type: ignore[attr-defined]  # a ModelChoiceField


class ReasonForm(forms.Form):
    """Why; the resident reads it."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("The resident reads it."))
