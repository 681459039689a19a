"""Well-formed input on the staff's screens of the swap shop."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.core.fields import PhoneField, PhotoField, missing
from hub.people.models import Resident
from mutualaid.swapshop.models import Item, Kind, Offer
from mutualaid.swapshop.states import Bands, Conditions, RefuseReasons, RenegeReasons, Sides


class CheckForm(forms.Form):
    """What it is worth, roughly."""

    band = forms.ChoiceField(
        label=_("What is it worth, roughly?"), choices=Bands.choices, widget=forms.RadioSelect, error_messages=missing(_("Please choose one."))
    )
    has_compared = forms.BooleanField(label=_("I have compared it with the thing of the same photo"), required=False)

    def __init__(self, *args: Any, twin: Item | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if twin is None:
            del self.fields["has_compared"]


class RefuseForm(forms.Form):
    """Why not."""

    reason = forms.ChoiceField(label=_("Reason"), choices=RefuseReasons.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("in words"), max_length=100, required=False, help_text=_("The resident reads it."))


class ReportsForm(RefuseForm):
    """What the house found."""

    is_so = forms.ChoiceField(
        label=_("Is it so?"), widget=forms.RadioSelect, choices=[("yes", _("yes, it leaves the shop")), ("no", _("no, nothing is wrong with it"))]
    )
    field_order = ["is_so", "reason", "words"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


class ShelfForm(forms.Form):
    """Where it lies."""

    shelf = forms.CharField(label=_("shelf"), max_length=20)


class PhotoForm(forms.Form):
    """A photo taken at the counter."""

    photo = PhotoField(label=_("Photo"))


class TakeBackForm(forms.Form):
    """Why it leaves; asked where it is promised."""

    reason = forms.ChoiceField(label=_("Why?"), choices=RenegeReasons.choices)

    def __init__(self, *args: Any, is_promised: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_promised:
            del self.fields["reason"]


class OfferChoice(forms.ModelChoiceField):
    """Offers by who and what."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.nickname}: {'、'.join(thing.title for thing in obj.things.all()) or '–'}"


class AnswerForm(forms.Form):
    """Which offer, and what the owner says."""

    offer = OfferChoice(label=_("Offer"), queryset=Offer.objects.none(), widget=forms.RadioSelect, empty_label=None)
    answer = forms.ChoiceField(label=_("The owner says"), widget=forms.RadioSelect, choices=[("yes", _("yes, they swap")), ("no", _("no, thank you"))])
    is_there = forms.BooleanField(label=_("A parent or guardian stands here (under eighteen)"), required=False)

    def __init__(self, *args: Any, offers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offer"].queryset = offers  # type: ignore[attr-defined]  # a ModelChoiceField


class StandsHereForm(forms.Form):
    """Who stands at the counter and says that it is done."""

    sides = forms.MultipleChoiceField(label=_("Who stands here and says so?"), choices=Sides.choices, widget=forms.CheckboxSelectMultiple)
    is_there = forms.BooleanField(label=_("A parent or guardian stands here (under eighteen)"), required=False)


class BreakForm(forms.Form):
    """Who does not keep the promise, and why."""

    side = forms.ChoiceField(label=_("Who takes the promise back?"), choices=Sides.choices, widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Why?"), choices=RenegeReasons.choices, widget=forms.RadioSelect)


class CallOffForm(forms.Form):
    """Why the house ends it; both read it."""

    words = forms.CharField(label=_("Reason"), max_length=100, help_text=_("The resident reads it."))


class NicknameForm(forms.Form):
    """Another nickname."""

    nickname = forms.CharField(label=_("nickname"), max_length=12)


class ConsentForm(forms.Form):
    """Which guardian agrees."""

    guardian = forms.ModelChoiceField(label=_("guardian"), queryset=Resident.objects.none(), empty_label=None, widget=forms.RadioSelect)

    def __init__(self, *args: Any, guardians: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guardian"].queryset = guardians  # type: ignore[attr-defined]  # a ModelChoiceField


class SpotForm(forms.Form):
    """Two people at the counter: each with the number of a thing in the shop, or with one described here."""

    def __init__(self, *args: Any, hub: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = Kind.objects.at(hub).in_use()
        for side, who in ((Sides.OWNER, gettext("First person")), (Sides.TAKER, gettext("Second person"))):
            fields: dict[str, forms.Field] = {
                "name": forms.CharField(label=gettext("name"), max_length=40),
                "phone": PhoneField(label=gettext("phone"), area_code=hub.area_code),
                "there": forms.BooleanField(label=gettext("a parent or guardian stands here"), required=False),
                "number": forms.CharField(label=gettext("number of the thing"), max_length=20, required=False),
                "title": forms.CharField(label=gettext("or what it is"), max_length=30, required=False),
                "kind": forms.ModelChoiceField(label=gettext("kind"), queryset=kinds, required=False),
                "condition": forms.ChoiceField(label=gettext("condition"), choices=Conditions.choices, required=False),
                "band": forms.ChoiceField(label=gettext("value"), choices=[("", "—"), *Bands.choices], required=False),
            }
            for name, field in fields.items():
                field.label = f"{who} · {field.label}"
                self.fields[f"{side}_{name}"] = field
