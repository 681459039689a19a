"""What every task of the desk asks about people: whom it is for, and which number to ring."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core.errors import sentence
from hub.core.fields import PhoneField
from hub.core.joins import Caller
from hub.core.phones import masked
from hub.core.refusals import Refusal
from hub.people.models import Resident
from hub.people.rules import LONGEST_NAME, name_refusal, plain_name

SOMEBODY_ELSE = "other"


class CallerForm(forms.Form):
    """Mixed into a domain's form. Its answer stands in `cleaned_data`: for_person (or None), contact_name, contact_phone."""

    whom = forms.ChoiceField(label=_("For whom?"))
    name = forms.CharField(label=_("Name, if somebody else"), max_length=LONGEST_NAME, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = PhoneField(label=_("Number to ring"), required=False)

    def __init__(self, *args: Any, hub: Any, caller: Caller, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.caller = caller
        self.known: dict[str, Resident] = {str(person.pk): person for person in (caller.person, *caller.others) if person is not None}
        choices: list[tuple[str, Any]] = [] if caller.person else [("", caller.name or _("the caller"))]
        choices += [(pk, person.name) for pk, person in self.known.items()]
        self.fields["whom"].choices = [*choices, (SOMEBODY_ELSE, _("somebody else"))]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["whom"].required = caller.person is not None
        phone: Any = self.fields["phone"]
        phone.area_code = hub.area_code
        phone.widget.attrs["autocomplete"] = "off"
        if caller.phone:
            phone.help_text = _("Empty: %(number)s.") % {"number": masked(caller.phone)}

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if "whom" in self.errors:
            return typed
        person = self.known.get(typed.get("whom", ""))
        name = plain_name(typed.get("name", ""))
        if typed.get("whom") != SOMEBODY_ELSE:
            name = person.name if person else name or self.caller.name
        if refused := name_refusal(name):
            is_unsaid = not name and typed.get("whom") != SOMEBODY_ELSE
            self.add_error("name", sentence(Refusal("caller_unsaid") if is_unsaid else refused))
        phone = typed.get("phone") or self.caller.phone or self.first_number(person) or self.first_number(self.caller.person)
        if not phone and "phone" not in self.errors:
            self.add_error("phone", sentence(Refusal("number_missing")))
        return {**typed, "for_person": person, "contact_name": name, "contact_phone": phone}

    @staticmethod
    def first_number(person: Resident | None) -> str:
        """The number that is rung first."""
        found = person.phones.order_by("-is_first", "id").first() if person else None
        return found.number if found else ""
