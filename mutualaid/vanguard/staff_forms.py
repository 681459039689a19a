"""Well-formed input on staff screens."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from hub.core import wording
from hub.core.fields import DayInput, NumberField, PhoneField, PhotoField, missing
from hub.hubs.models import Hub
from hub.people.models import User
from hub.served.states import Posts
from mutualaid.vanguard import months, rules
from mutualaid.vanguard.actions.visits import MOST_SHEETS
from mutualaid.vanguard.models import DutyDay, Post, Term
from mutualaid.vanguard.models.month import MOST_CARDS
from mutualaid.vanguard.models.rating import LONGEST_WORDS
from mutualaid.vanguard.sentences import SENTENCES
from mutualaid.vanguard.states import Grades

NO_HINTS = {"autocomplete": "off"}
DAY = DayInput


def staff_of(hub: Hub) -> Any:
    """Accounts with a role at this hub."""
    return User.objects.filter(roles__hub=hub, is_active=True).distinct().order_by("name", "username")


class PostForm(WagtailAdminModelForm):
    """A post; its leader is one of the hub's own staff."""

    number = NumberField(label=_("Number of the post"), min_value=1, max_value=999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hub = getattr(self.for_user, "acting_at", None)
        if hub is not None and "leader" in self.fields:
            self.fields["leader"].queryset = staff_of(hub)


class ShownForm(forms.Form):
    """What is worn and promised."""

    name = forms.CharField(label=_("Holder's name"), max_length=40, widget=forms.TextInput(attrs=NO_HINTS))
    account = forms.ModelChoiceField(
        label=_("Account"), queryset=User.objects.none(), required=False, help_text=_("What this account serves is rated for the post.")
    )
    badge = forms.CharField(label=_("Badge number"), max_length=20, required=False, widget=forms.TextInput(attrs=NO_HINTS))
    picture = PhotoField(label=_("Picture"), required=False)
    promise_zh = forms.CharField(label=_("Promise in Chinese"), max_length=100, required=False)
    promise_en = forms.CharField(label=_("Promise in English"), max_length=200, required=False)

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = staff_of(hub)  # type: ignore[attr-defined]  # a ModelChoiceField


class TermForm(ShownForm):
    """A new term."""

    post = forms.ModelChoiceField(label=pgettext_lazy("vanguard", "Post"), queryset=Post.objects.none())
    from_on = forms.DateField(label=_("First day"), widget=DAY)
    until_on = forms.DateField(label=_("Last day"), widget=DAY, required=False, help_text=_("Empty while it is not known."))
    field_order = ["post", "name", "account", "from_on", "until_on", "badge", "picture", "promise_zh", "promise_en"]

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, hub=hub, **kwargs)
        self.fields["post"].queryset = Post.objects.at(hub).active()  # type: ignore[attr-defined]  # a ModelChoiceField


class EndForm(forms.Form):
    """The last day."""

    until_on = forms.DateField(label=_("Last day"), widget=DAY)


class WeekForm(forms.Form):
    """Seven days, each with a name and an account; an empty name takes the day off the roster."""

    def __init__(self, *args: Any, hub: Hub, days: list[date], known: dict[date, DutyDay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = days
        staff = staff_of(hub)
        for day in days:
            row = known.get(day)
            self.fields[f"name_{day:%Y%m%d}"] = forms.CharField(
                label=wording.day_words(day), max_length=40, required=False, initial=row.name if row else "", widget=forms.TextInput(attrs=NO_HINTS)
            )
            self.fields[f"account_{day:%Y%m%d}"] = forms.ModelChoiceField(
                label=_("Account"),
                queryset=staff,
                required=False,
                initial=row.account_id if row else None,
            )

    def roster(self) -> dict[date, tuple[str, Any]]:
        """By day: name and account."""
        typed = self.cleaned_data
        return {day: (typed[f"name_{day:%Y%m%d}"].strip(), typed[f"account_{day:%Y%m%d}"]) for day in self.days}


class ReasonForm(forms.Form):
    """Why; it is kept with the rating."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.TextInput(attrs=NO_HINTS), error_messages=missing(SENTENCES["rating_reason_missing"])
    )


class ReopenForm(forms.Form):
    """Why; everybody reads it."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Everybody who sees the result reads it."), widget=forms.TextInput(attrs=NO_HINTS))


class DoneForm(forms.Form):
    """What was put right."""

    words = forms.CharField(
        label=_("What was put right?"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("The rater reads it."),
        error_messages=missing(SENTENCES["rating_done_missing"]),
    )  # fmt: skip


class StrikeForm(forms.Form):
    """Which post the committee leaves out, and why."""

    post = forms.ModelChoiceField(label=pgettext_lazy("vanguard", "Post"), queryset=Post.objects.none())
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("It is published beside the five."), widget=forms.TextInput(attrs=NO_HINTS),
        error_messages=missing(SENTENCES["strike_reason_missing"]),
    )  # fmt: skip

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = Post.objects.at(hub)  # type: ignore[attr-defined]  # a ModelChoiceField


class MonthField(forms.CharField):
    """2026-10, as its first day."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        found = months.month_from(typed.strip())
        if found is None:
            raise forms.ValidationError(str(SENTENCES["month_unknown"]), code="month_unknown")
        return found


class BoxForm(forms.Form):
    """What one person found in a box."""

    month = MonthField(label=_("Month"), max_length=7, help_text=_("Like 2026-10."), widget=forms.TextInput(attrs=NO_HINTS))
    post = forms.ModelChoiceField(label=pgettext_lazy("vanguard", "Post"), queryset=Post.objects.none())
    box = NumberField(label=_("Which box?"), min_value=1, max_value=99, initial=1, help_text=_("1, unless the post had several."))

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = Post.objects.at(hub)  # type: ignore[attr-defined]  # a ModelChoiceField
        for grade in rules.GRADES:
            self.fields[f"grade_{grade}"] = NumberField(label=Grades(grade).label, min_value=0, max_value=MOST_CARDS, initial=0)

    def cards(self) -> Iterator[int]:
        """From very satisfied down."""
        return (self.cleaned_data[f"grade_{grade}"] for grade in rules.GRADES)


class ForPostForm(forms.Form):
    """Which centre, or which post of it, is rated."""

    station = forms.ChoiceField(label=_("Centre"), choices=Posts.choices)
    post = forms.ModelChoiceField(
        label=_("Rated for"), queryset=Post.objects.none(), required=False, help_text=_("Empty: your own post, else the one that takes what nobody's is.")
    )

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = Post.objects.at(hub).active()  # type: ignore[attr-defined]  # a ModelChoiceField


class VisitForm(ForPostForm):
    """One key closes a visit; the rest may be left as it is."""

    what = forms.CharField(label=_("What was it about?"), max_length=60, required=False, widget=forms.TextInput(attrs=NO_HINTS))
    name = forms.CharField(label=_("Name"), max_length=40, required=False, widget=forms.TextInput(attrs=NO_HINTS))
    token = forms.CharField(max_length=43, widget=forms.HiddenInput)


class CardsForm(ForPostForm):
    """Sheets of ten."""

    sheets = NumberField(label=_("How many sheets of ten?"), min_value=1, max_value=MOST_SHEETS, initial=1)
    token = forms.CharField(max_length=43, widget=forms.HiddenInput)


class SendForm(forms.Form):
    """Where the code is sent."""

    phone = PhoneField(label=_("Mobile number"))

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].area_code = hub.area_code  # type: ignore[attr-defined]  # our PhoneField


def shown_of(term: Term) -> dict[str, Any]:
    """What a term shows now, for the form."""
    return {"name": term.name, "account": term.account_id, "badge": term.badge, "promise_zh": term.promise_zh, "promise_en": term.promise_en}
