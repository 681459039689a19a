"""Well-formed input of staff. Whether the house agrees is for the rules."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from hub.core import clock
from hub.core.errors import SENTENCES as HOUSE
from hub.core.fields import DayInput, NumberField, PhoneField, YuanInput, missing
from hub.core.references import new_token
from hub.people.models import Role, User
from hub.people.rules import name_refusal, plain_name
from hub.people.states import Roles
from mutualaid.woodpecker.forms import WrongForm
from mutualaid.woodpecker.models import Award, CanonicalError, Credit, Edition, EditionPrize, ErrorKind, Report
from mutualaid.woodpecker.rules import MOST_POINTS
from mutualaid.woodpecker.sentences import SENTENCES
from mutualaid.woodpecker.states import Reasons, Receipts, Verdicts, Ways

NO_HINTS = {"autocomplete": "off"}
NEW = "new"
NONE = "0"


class EditionForm(WagtailAdminModelForm):
    """An edition; its panel are reviewers of this hub. How errors are credited stays once one is."""

    reviewers = forms.ModelMultipleChoiceField(label=_("Panel"), queryset=User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Edition
        fields = [
            "newspaper", "number", "title_zh", "title_en", "issued_on", "deadline_on", "pages_count", "pdf", "credit", "light_most", "budget_fen", "reviewers",
        ]  # fmt: skip
        widgets = {"budget_fen": YuanInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acting_at = getattr(self.for_user, "acting_at", None)
        choices: Any = self.fields["reviewers"]
        choices.queryset = User.objects.filter(pk__in=Role.objects.filter(hub=acting_at, role=Roles.REVIEWER).values("user")).order_by("name", "pk")
        choices.label_from_instance = lambda user: user.name or user.username
        if self.instance.pk is None:
            self.initial.setdefault("reviewers", list(choices.queryset.values_list("pk", flat=True)))

    def clean_credit(self) -> str:
        chosen: str = self.cleaned_data["credit"]
        is_credited = self.instance.pk is not None and Credit.objects.filter(error__edition=self.instance).exists()
        if is_credited and chosen != Edition.objects.get(pk=self.instance.pk).credit:
            raise ValidationError(_("Errors of this edition are credited already; this stays as it is."))
        return chosen


class PrizeForm(WagtailAdminModelForm):
    """A prize; once it is given it stays."""

    class Meta:
        model = EditionPrize
        fields = ["edition", "rank", "name_zh", "name_en", "places_count", "cash_fen", "souvenir_zh", "souvenir_en"]
        widgets = {"cash_fen": YuanInput}

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if self.instance.pk is not None and self.has_changed() and self.instance.awards.exists():
            raise ValidationError(_("This prize has been given already; it stays as it is."))
        return typed


class SortForm(forms.Form):
    """Which reports, and under which error."""

    reports = forms.MultipleChoiceField(error_messages=missing(SENTENCES["woodpecker_nothing_chosen"]))
    where = forms.ChoiceField(error_messages=missing(SENTENCES["woodpecker_where_missing"]))
    page = NumberField(label=pgettext_lazy("newspaper", "Page"), required=False, min_value=0, max_value=999)
    title = forms.CharField(label=_("Title of the article"), max_length=60, required=False, widget=forms.TextInput(attrs=NO_HINTS))
    what = forms.CharField(label=_("What is wrong"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    right = forms.CharField(label=_("The right words"), max_length=300, required=False, widget=forms.TextInput(attrs=NO_HINTS))
    kind = forms.ModelChoiceField(label=_("Kind of error"), queryset=ErrorKind.objects.none(), required=False)

    def __init__(self, *args: Any, raw: Sequence[Report], errors: Sequence[CanonicalError], kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.raw, self.by_value = {str(row.pk): row for row in raw}, {f"{row.pk}-{row.version}": row for row in errors}
        fields: Any = self.fields
        fields["reports"].choices = [(pk, pk) for pk in self.raw]
        fields["where"].choices = [(value, value) for value in (*self.by_value, NEW)]
        fields["kind"].queryset = kinds
        fields["reports"].error_messages["invalid_choice"] = SENTENCES["woodpecker_sorted"]
        fields["where"].error_messages["invalid_choice"] = SENTENCES["woodpecker_stale"]


class DecideForm(forms.Form):
    """An error or none."""

    verdict = forms.ChoiceField(
        label=_("An error?"), choices=Verdicts.choices, widget=forms.RadioSelect, error_messages=missing(SENTENCES["woodpecker_verdict_missing"])
    )
    kind = forms.ModelChoiceField(label=_("Kind of error"), queryset=ErrorKind.objects.none(), required=False)
    reason_code = forms.ChoiceField(label=_("Why it is none"), choices=[("", "—"), *Reasons.choices], required=False)
    reply = forms.CharField(label=_("What readers are told"), max_length=300, required=False, help_text=_("A friendly sentence; may be left empty."))
    is_settled = forms.BooleanField(label=_("We are done with it: readers are told"), required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]  # a ModelChoiceField


class JudgeForm(forms.Form):
    """Why a report is none by itself."""

    reason_code = forms.ChoiceField(label=_("Reason"), choices=Reasons.choices)
    reply = forms.CharField(label=_("What the reader is told"), max_length=300, required=False, help_text=_("A friendly sentence; may be left empty."))


class PointsForm(forms.Form):
    """From 0 to 10, one press."""

    points = forms.TypedChoiceField(
        label=_("Your points"), coerce=int, choices=[(n, str(n)) for n in range(MOST_POINTS + 1)], widget=forms.RadioSelect,
        help_text=_("0: barely an error. 10: found with a keen eye, well explained, and the right words with it."),
    )  # fmt: skip
    credit = forms.CharField(max_length=18, widget=forms.HiddenInput)


class HandOverForm(forms.Form):
    """Into the register."""

    receipt = forms.ChoiceField(label=_("Receipt"), choices=Receipts.choices, widget=forms.RadioSelect, initial=Receipts.SIGNED)
    collected_by = forms.CharField(label=_("Who collected it, if somebody else"), max_length=40, required=False, widget=forms.TextInput(attrs=NO_HINTS))
    witness = forms.CharField(label=_("Name of the witness"), max_length=40, required=False, widget=forms.TextInput(attrs=NO_HINTS))

    def __init__(self, *args: Any, award: Award, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {"prize": award.prize.name, "what": award.prize.what, "name": award.name}
        self.fields["receipt"].help_text = _("%(prize)s (%(what)s) for %(name)s") % said


class PaperForm(WrongForm):
    """A report that came on paper, or was told at the counter or on the telephone, with when the hub received it."""

    way = forms.ChoiceField(label=_("How did it come?"), choices=[(way.value, way.label) for way in (Ways.PAPER, Ways.COUNTER, Ways.PHONE)], initial=Ways.PAPER)
    day = forms.DateField(label=_("Received on"), widget=DayInput, help_text=_("As it is stamped, not today's date."))
    at_time = forms.TimeField(label=_("at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=40, widget=forms.TextInput(attrs=NO_HINTS))
    phone = PhoneField(label=_("Phone"))
    prints_full_name = forms.BooleanField(label=_("Print the full name if they win"), required=False)
    token = forms.CharField(max_length=43, widget=forms.HiddenInput)

    def __init__(self, *args: Any, area_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].area_code = area_code  # type: ignore[attr-defined]  # our PhoneField
        now = clock.local(clock.now())
        for name, value in {"token": new_token(), "day": now.date(), "at_time": now.time().replace(second=0, microsecond=0)}.items():
            self.initial.setdefault(name, value)
        choices: Any = self.fields["edition"]
        choices.widget = forms.Select(choices=choices.choices)

    def clean_name(self) -> str:
        name = plain_name(self.cleaned_data["name"])
        if name_refusal(name):
            raise ValidationError(str(HOUSE["name_missing"]))
        return name

    @property
    def received_at(self) -> datetime:
        """Only once the form is valid."""
        return clock.at(self.cleaned_data["day"], self.cleaned_data["at_time"])
