"""Well-formed input on staff screens."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from bookings.orders.models import Service
from bookings.orders.urls import OUR_WORDS
from bookings.payments.states import AT_THE_DOOR, Methods
from hub.core import wording
from hub.core.fields import DayInput, NumberField, PhoneField, YuanField
from hub.people.models import User
from hub.people.states import Channels, Roles
from hub.places.models import Community

BY_VOICE = [(channel.value, channel.label) for channel in (Channels.PHONE, Channels.COUNTER, Channels.VISIT)]
MOST_FEN = 100_000_000


class ServiceForm(WagtailAdminModelForm):
    """A service; its communities are the hub's own, its address is none of the menu's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hub = getattr(self.for_user, "acting_at", None)
        if "areas" in self.fields and hub is not None:
            self.fields["areas"].queryset = Community.objects.at(hub)

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in OUR_WORDS:
            raise forms.ValidationError(_("The menu itself uses this word. Please choose another."))
        return slug


class WindowForm(forms.Form):
    """Day and window; whether the service offers it is for the rules."""

    day = forms.DateField(label=_("Which day?"), widget=DayInput)
    window = forms.ChoiceField(label=_("At what time?"))

    def __init__(self, *args: Any, hub: Any, service: Service | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = [service] if service else list(Service.objects.at(hub).published().prefetch_related("windows"))
        spans = sorted({(window.starts_at, window.ends_at) for one in services for window in one.windows.all()})
        self.fields["window"].choices = [(f"{start:%H:%M}-{end:%H:%M}", wording.span_words(start, end)) for start, end in spans]  # type: ignore[attr-defined]  # a ChoiceField


class StaffOrderForm(WindowForm):
    """An order taken down at the counter or on the telephone."""

    service = forms.ModelChoiceField(label=_("service"), queryset=Service.objects.none())
    quantity = NumberField(label=_("How many?"), initial=1, min_value=0, max_value=10**6)
    what = forms.CharField(label=_("What is it about?"), max_length=200, required=False)
    name = forms.CharField(label=_("Name"), max_length=40)
    phone = PhoneField(label=_("Phone"))
    community = forms.ModelChoiceField(label=_("community"), queryset=Community.objects.none(), required=False)
    address = forms.CharField(label=_("Building and door"), max_length=100, required=False)
    channel = forms.ChoiceField(label=_("How did they ask?"), choices=BY_VOICE)
    another = forms.BooleanField(label=_("It is another matter than the open order"), required=False)
    field_order = ["service", "day", "window"]

    def __init__(self, *args: Any, hub: Any, **kwargs: Any) -> None:
        super().__init__(*args, hub=hub, **kwargs)
        self.fields["service"].queryset = Service.objects.at(hub).published()  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["community"].queryset = Community.objects.at(hub)  # type: ignore[attr-defined]  # as above
        self.fields["phone"].area_code = hub.area_code  # type: ignore[attr-defined]  # our PhoneField


class MoveForm(WindowForm):
    """Another time, and why."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class HelperChoice(forms.ModelChoiceField):
    """Helpers by name."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.name or obj.get_username()


class AssignForm(forms.Form):
    """A helper with an account, or a name and a phone."""

    helper = HelperChoice(label=_("helper"), queryset=User.objects.none(), required=False)
    name = forms.CharField(label=_("or a name"), max_length=40, required=False)
    phone = PhoneField(label=_("and a phone"), required=False)

    def __init__(self, *args: Any, hub: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["helper"].queryset = User.objects.filter(is_active=True, roles__hub=hub, roles__role=Roles.PROVIDER).order_by("name", "pk")  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["phone"].area_code = hub.area_code  # type: ignore[attr-defined]  # our PhoneField


class ExtraForm(forms.Form):
    """Which parts, how much, and who said yes."""

    extra = YuanField(label=_("extra parts, in yuan"), min_value=0, max_value=MOST_FEN)
    what = forms.CharField(label=_("which extra parts"), max_length=100, required=False)
    agreed_by = forms.CharField(label=_("who said yes to them"), max_length=40, required=False)


class FinishForm(forms.Form):
    """Done; what was paid at the door, when anything was."""

    method = forms.ChoiceField(
        label=_("How was it paid?"), required=False, choices=[("", _("not yet paid")), *((way.value, way.label) for way in Methods if way in AT_THE_DOOR)]
    )
    amount = YuanField(label=_("paid, in yuan"), required=False, min_value=0, max_value=MOST_FEN)
    receipt_no = forms.CharField(label=_("number on the receipt"), max_length=30, required=False)

    def __init__(self, *args: Any, owed_fen: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owed = gettext("Still to pay: %(amount)s.") % {"amount": wording.amount_words(owed_fen)}
        self.fields["method"].help_text = owed if owed_fen else gettext("Nothing is left to pay.")


class PriceForm(forms.Form):
    """The price staff decide, and why."""

    price = YuanField(label=_("price, in yuan"), min_value=0, max_value=MOST_FEN)
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("The resident reads it."))


class ReasonForm(forms.Form):
    """Why; the resident reads it."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("The resident reads it."))


class CallForm(forms.Form):
    """Somebody asked again."""

    channel = forms.ChoiceField(label=_("How did they ask?"), choices=BY_VOICE)
    words = forms.CharField(label=_("what they said"), max_length=200, required=False)
