"""Well-formed input of the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core.errors import SENTENCES
from hub.core.fields import PhoneField, missing
from hub.desk.call_rules import DUE_CHOICES
from hub.desk.models import WrapUpCode
from hub.desk.sentences import SENTENCES as OUR_SENTENCES
from hub.desk.states import AT_THE_DESK
from hub.people.models import User
from hub.people.rules import LONGEST_NAME
from hub.people.states import SERVES_RESIDENTS

NO_HINTS = {"autocomplete": "off"}
WAYS = [(way.value, way.label) for way in AT_THE_DESK]
DUE_WORDS = {30: _("in half an hour"), 60: _("in an hour"), 120: _("in two hours"), 240: _("in four hours"), 24 * 60: _("tomorrow at this time")}
TEAM, ME = "team", "me"


class SearchForm(forms.Form):
    """One box; posted, so that nothing personal stands in an address."""

    asked = forms.CharField(
        label=_("Find somebody, or a number"),
        max_length=60,
        widget=forms.TextInput(attrs={"autofocus": True, "inputmode": "search", **NO_HINTS}),
        help_text=_("Phone, name, pinyin initials, last four of the ID, reference: all will do."),
        error_messages=missing(_("Please write a number or a name.")),
    )
    channel = forms.ChoiceField(label=_("How do they come?"), choices=WAYS, widget=forms.RadioSelect, initial=WAYS[0][0])


class OpenForm(forms.Form):
    """Somebody chosen from a list, or somebody nobody knows: name and number are enough."""

    person = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, required=False, widget=forms.TextInput(attrs=NO_HINTS))
    phone = PhoneField(label=_("Phone"), required=False)
    channel = forms.ChoiceField(choices=WAYS, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, area_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].area_code = area_code  # type: ignore[attr-defined]  # our PhoneField
        self.fields["phone"].widget.attrs.update(NO_HINTS)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if not self.errors and not (typed.get("person") or typed.get("name") or typed.get("phone")):
            self.add_error("name", str(OUR_SENTENCES["caller_unreachable"]))
        return typed


class NumberForm(forms.Form):
    """What a softphone posts."""

    number = PhoneField(error_messages=missing(_("Which number? Please post it as `number`.")))

    def __init__(self, *args: Any, area_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].area_code = area_code  # type: ignore[attr-defined]  # our PhoneField


class CodeChoice(forms.ModelChoiceField):
    """Codes with their place before them: a digit on the keyboard chooses one."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{self.places.get(obj.pk, '')} {obj.label}".strip()

    @property
    def places(self) -> dict[int, int]:
        """1, 2, 3 … by pk; read once for a form."""
        if not hasattr(self, "_places"):
            self._places = {code.pk: place for place, code in enumerate(self.queryset, 1)} if self.queryset is not None else {}
        return self._places


class WrapUpForm(forms.Form):
    """What it was; whether a code is needed is for the action."""

    prefix = "wrap"
    code = CodeChoice(label=_("What was this call? (needed to wrap up)"), queryset=WrapUpCode.objects.none(), required=False, empty_label=_("please choose"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False, widget=forms.TextInput(attrs=NO_HINTS))
    drop = forms.BooleanField(label=_("What is typed and not done can be dropped"), required=False)

    def __init__(self, *args: Any, hub: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].queryset = WrapUpCode.objects.at(hub).filter(is_active=True)  # type: ignore[attr-defined]  # a ModelChoiceField


class NewPersonForm(forms.Form):
    """A name is enough; the number is the call's."""

    prefix = "new"
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, error_messages=missing(SENTENCES["name_missing"]), widget=forms.TextInput(attrs=NO_HINTS))
    is_new = forms.BooleanField(label=_("It is somebody new"), required=False)


class CallBackForm(forms.Form):
    """Who rings back, by when, about what."""

    about = forms.CharField(
        label=_("What about?"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}), error_messages=missing(OUR_SENTENCES["call_back_note_missing"])
    )
    due = forms.TypedChoiceField(label=_("By when?"), coerce=int, choices=[(minutes, DUE_WORDS[minutes]) for minutes in DUE_CHOICES], initial=60)
    owner = forms.ChoiceField(label=_("Who rings back?"), initial=ME)

    def __init__(self, *args: Any, hub: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = User.objects.filter(is_active=True, roles__hub=hub, roles__role__in=SERVES_RESIDENTS).distinct().order_by("name", "pk")
        self.colleagues = {str(user.pk): user for user in rows}
        choices = [(ME, _("myself")), (TEAM, _("whoever is at the desk")), *((pk, str(user)) for pk, user in self.colleagues.items())]
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
