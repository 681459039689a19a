"""The shape of what staff type about people. Forms never write."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.core.errors import SENTENCES
from hub.core.fields import DayInput, PhoneField, missing
from hub.core.phones import normal_phone
from hub.hubs.models import Hub
from hub.people.models import Household, OrganisationContact, Resident, Role, User
from hub.people.rules import LONGEST_NAME
from hub.people.states import GIVEN_ELSEWHERE, ConsentPurposes, EntitlementKinds, Flags, ProofKinds, RelationKinds, Roles
from hub.places.models import Building

NO_HINTS = {"autocomplete": "off"}


class AskerForm(forms.Form):
    """Who it is for and how to reach them: `people` are (value, label) of those the account may ask for; without any, only name and phone.

    `known` are the names of those among them whose name the house has: whoever is chosen is called by it, and a name is asked for others only.
    """

    who = forms.ChoiceField(label=_("Who is it for?"), widget=forms.RadioSelect, error_messages=missing(_("Please choose who it is for.")))
    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages=missing(SENTENCES["name_missing"]),
    )
    phone = PhoneField(
        label=_("Phone"),
        help_text=_("Mobile or landline; spaces do no harm."),
        error_messages=missing(_("Please write a phone number, so that we can reach you.")),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, Any]] = (), known: Mapping[str, str] | None = None, area_code: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = known or {}
        if self.names:
            self.fields["name"].required = False
            self.fields["name"].help_text = _("Only for somebody else, or who comes for an organisation.")
        if people:
            self.fields["who"].choices = [*people, ("other", _("somebody else"))]  # type: ignore[attr-defined]  # a ChoiceField
        else:
            del self.fields["who"]
        self.fields["phone"].area_code = area_code  # type: ignore[attr-defined]  # our PhoneField

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if name := self.names.get(typed.get("who", "")):
            typed["name"] = name
        elif self.names and not typed.get("name") and not {"name", "who"} & self.errors.keys():
            self.add_error("name", str(SENTENCES["name_missing"]))
        return typed


class ResidentForm(forms.ModelForm):
    """Plain facts. The ID number is never shown; a new one replaces it, an empty field leaves it."""

    id_number = forms.CharField(
        label=_("ID number"), max_length=40, required=False, widget=forms.TextInput(attrs=NO_HINTS),
        help_text=_("Never shown here. A new number replaces the one that stands; empty leaves it."),
    )  # fmt: skip
    flags = forms.MultipleChoiceField(label=_("what to mind"), choices=Flags.choices, required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Resident
        fields = ["name", "birth_on", "id_kind", "id_number", "building", "door", "flags", "flag_note", "way_to_reach", "language"]
        widgets = {"name": forms.TextInput(attrs=NO_HINTS)}


class NewResidentForm(ResidentForm):
    """The same with a first phone."""

    phone = forms.CharField(label=_("phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel", **NO_HINTS}))

    class Meta(ResidentForm.Meta):
        fields = ["name", "phone", *ResidentForm.Meta.fields[1:]]

    field_order = Meta.fields


class FindForm(forms.Form):
    """One box for everything somebody may know of a person; posted, so that nothing personal stands in an address."""

    asked = forms.CharField(
        label=_("Name, initials, phone or ID number"), max_length=60, strip=True,
        widget=forms.TextInput(attrs={"autofocus": True, **NO_HINTS}),
        help_text=_("Also the first letters in pinyin (zgl), or the last four of a phone or an ID number."),
    )  # fmt: skip


class BuildingForm(forms.Form):
    """One building of the hub."""

    building = forms.ModelChoiceField(
        label=_("Building"), queryset=Building.objects.none(),
        error_messages=missing(_("Please choose the building.")) | {"invalid_choice": _("Please choose the building.")},
    )  # fmt: skip

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["building"]
        choices.queryset = Building.objects.at(hub).order_by("name_zh", "id")


class ReasonForm(forms.Form):
    """Why; it is kept with the name of whoever asks."""

    reason = forms.CharField(label=_("reason"), max_length=200, widget=forms.TextInput(attrs=NO_HINTS))


class PhoneForm(forms.Form):
    """One more number."""

    number = forms.CharField(label=_("number"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel", **NO_HINTS}))
    note = forms.CharField(label=_("whose it is"), max_length=40, required=False, help_text=_("Daughter's, neighbour's; empty: their own."))
    is_first = forms.BooleanField(label=_("ring this one first"), required=False)


class RelativeForm(forms.Form):
    """Who stands by the person; found among the residents by name and phone, else kept as written."""

    kind = forms.ChoiceField(label=_("kind"), choices=RelationKinds.choices)
    relative_name = forms.CharField(label=_("name of the relative"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs=NO_HINTS))
    relative_phone = PhoneField(label=_("phone of the relative"))
    note = forms.CharField(label=_("in words"), max_length=40, required=False, help_text=_("Daughter, neighbour, social worker."))
    may_act = forms.BooleanField(
        label=_("may act for the person"), required=False,
        help_text=_("Tick only when the person has agreed, or the guardian of a child under 14; the consent is recorded with it."),
    )  # fmt: skip


class ConsentForm(forms.Form):
    """What was agreed to, at the counter."""

    purpose = forms.ChoiceField(
        label=_("agreed to"),
        choices=[choice for choice in ConsentPurposes.choices if choice[0] not in GIVEN_ELSEWHERE],
    )


class EntitlementForm(forms.Form):
    """What the paper says."""

    kind = forms.ChoiceField(label=_("kind"), choices=EntitlementKinds.choices)
    proof = forms.ChoiceField(label=_("proof"), choices=ProofKinds.choices, widget=forms.RadioSelect)
    document = forms.CharField(label=_("document"), max_length=120, help_text=_("Number of the certificate, or who wrote and when."))
    valid_from = forms.DateField(label=_("valid from"), widget=DayInput)
    valid_to = forms.DateField(
        label=_("valid to"), required=False, widget=DayInput, help_text=_("The last day; empty: until revoked.")
    )


class HouseholdForm(forms.Form):
    """With whom somebody lives: one of the households of their building."""

    household = forms.ModelChoiceField(
        label=_("household"), queryset=Household.objects.none(), required=False,
        help_text=_("The households of the person's building. Is theirs not here? Enter it under Households first."),
    )  # fmt: skip

    def __init__(self, *args: Any, resident: Resident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["household"]
        choices.queryset = Household.objects.filter(hub_id=resident.hub_id, building=resident.building).select_related("building")


def account_named(typed: str, hub: Hub) -> User | None:
    """The active account with that username or mobile number."""
    number = normal_phone(typed, area_code=hub.area_code)
    asked = Q(username=typed.strip()) | Q(phone=number) if number else Q(username=typed.strip())
    return User.objects.filter(asked, is_active=True).first()


class AccountField(forms.CharField):
    """An account by username or mobile number; what is not found is a sentence at the field."""

    widget = forms.TextInput(attrs=NO_HINTS)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 60, **kwargs})


class RoleForm(forms.ModelForm):
    """Who becomes what."""

    account = AccountField(label=_("username or mobile number"))
    role = forms.ChoiceField(label=_("role"), choices=Roles.choices)

    class Meta:
        model = Role
        fields = ["account", "role"]


class StaffAccountForm(forms.Form):
    """A new colleague."""

    name = forms.CharField(label=_("name"), max_length=40, help_text=_("As colleagues and residents read it."))
    username = forms.CharField(
        label=_("username"), max_length=30, widget=forms.TextInput(attrs=NO_HINTS),
        validators=[UnicodeUsernameValidator(message=_("A username is made of letters and digits, without blanks."))],
        help_text=_("For signing in: letters and digits, no blanks."),
    )  # fmt: skip
    role = forms.ChoiceField(label=_("role"), choices=Roles.choices)


class ContactForm(forms.ModelForm):
    """Who speaks for an organisation: an account, or a name and a phone."""

    account = AccountField(label=_("username or mobile number"), required=False, help_text=_("Of somebody who signs in; may stay empty."))
    phone = PhoneField(label=_("phone"), required=False)

    class Meta:
        model = OrganisationContact
        fields = ["organisation", "account", "name", "phone", "is_active"]

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        typed = facts.get("account", "")
        self.instance.user = None
        if typed:
            organisation = facts.get("organisation")
            self.instance.user = account_named(typed, organisation.hub) if organisation else None
            if self.instance.user is None:
                self.add_error("account", ValidationError(str(SENTENCES["account_unknown"]), code="account_unknown"))
        elif not facts.get("name") or not facts.get("phone"):
            raise ValidationError(_("Please give an account, or a name and a phone."), code="contact_nobody")
        return facts


class ExportForm(ReasonForm):
    """Which file, and what for."""

    kind = forms.ChoiceField(label=_("file"), choices=[("xlsx", "xlsx"), ("csv", "CSV")], widget=forms.RadioSelect, initial="xlsx")
