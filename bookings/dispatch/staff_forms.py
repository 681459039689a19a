"""Well-formed input on staff screens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from bookings.dispatch.models import Provider
from bookings.dispatch.states import DeclineReasons
from bookings.orders.models import Service
from bookings.payments.permissions import TAKES_MONEY
from hub.core import clock
from hub.core.fields import PhoneField
from hub.people.models import User
from hub.people.states import Roles
from hub.places.models import Community, Grid

MONTHS_BACK = 13


class PersonChoice(forms.ModelChoiceField):
    """Accounts by the name of whose they are."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.name or obj.get_username()


class ProviderForm(WagtailAdminModelForm):
    """A helper; everything chosen is the hub's own, the number is read as people write it."""

    phone = PhoneField(label=_("phone"))
    user = PersonChoice(label=_("account"), queryset=User.objects.none(), required=False, help_text=_("May be left empty: the link in the message is enough."))
    answered_for_by = PersonChoice(
        label=_("who answers for them at the house"), queryset=User.objects.none(),
        help_text=_("Receipts of a helper without an account are booked under this name."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hub = getattr(self.for_user, "acting_at", None)
        if hub is None:
            return
        staff = User.objects.filter(is_active=True, roles__hub=hub).distinct().order_by("name", "pk")
        own: dict[str, Any] = {"services": Service.objects.at(hub), "communities": Community.objects.filter(hub=hub), "grids": Grid.objects.filter(hub=hub)}
        own |= {"user": staff.filter(roles__role=Roles.PROVIDER), "answered_for_by": staff.filter(roles__role__in=TAKES_MONEY)}
        for name, rows in own.items():
            self.fields[name].queryset = rows
        self.fields["phone"].area_code = hub.area_code
        if not self.instance.pk:
            self.initial.setdefault("answered_for_by", self.for_user.pk)


class WhyForm(forms.Form):
    """Why it is taken back."""

    why = forms.CharField(label=_("Reason"), max_length=200)


class NoForm(forms.Form):
    """Why the helper cannot, as they say on the telephone."""

    reason = forms.ChoiceField(label=_("Reason"), choices=DeclineReasons.choices)


class ApartForm(forms.Form):
    """Which helper is kept away from this resident, and why."""

    provider = forms.ModelChoiceField(label=_("helper"), queryset=Provider.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Read by the counter and the director alone."))

    def __init__(self, *args: Any, hub: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = Provider.objects.at(hub)  # type: ignore[attr-defined]  # a ModelChoiceField


class SendForm(forms.Form):
    """The helper whose key was pressed."""

    provider = forms.ModelChoiceField(queryset=Provider.objects.none())

    def __init__(self, *args: Any, hub: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = Provider.objects.at(hub)  # type: ignore[attr-defined]  # as above


class MonthForm(forms.Form):
    """One of the last months."""

    month = forms.DateField(label=_("Month"), widget=forms.Select)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        month, choices = clock.today().replace(day=1), []
        for _each in range(MONTHS_BACK):
            choices.append((month.isoformat(), f"{month:%Y-%m}"))
            month = month.replace(year=month.year - 1, month=12) if month.month == 1 else month.replace(month=month.month - 1)
        self.fields["month"].widget.choices = choices
        if len(choices) > 1:
            self.initial.setdefault("month", choices[1][0])
