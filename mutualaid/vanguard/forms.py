"""Well-formed input of the public pages and of the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core.fields import missing
from hub.hubs.models import Hub
from mutualaid.vanguard.models import RatingTag
from mutualaid.vanguard.models.rating import LONGEST_WORDS
from mutualaid.vanguard.sentences import SENTENCES
from mutualaid.vanguard.states import Grades

LONGEST_TYPED = 40


class CodeForm(forms.Form):
    """The code as it stands on the slip."""

    code = forms.CharField(
        label=_("Rating code"), max_length=LONGEST_TYPED, help_text=_("Eight letters and digits, on the slip or in the message."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages=missing(_("Please type the code from the slip.")),
    )  # fmt: skip


class GradeForm(forms.Form):
    """One of the five."""

    grade = forms.TypedChoiceField(label=_("How was it?"), coerce=int, choices=Grades.choices, error_messages=missing(SENTENCES["rating_grade_missing"]))
    via = forms.CharField(required=False, max_length=10)


class SaidForm(forms.Form):
    """Tags and words; both may be left empty."""

    tags = forms.ModelMultipleChoiceField(label=_("What stands out?"), queryset=RatingTag.objects.none(), required=False, widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(
        label=_("In your words"), max_length=LONGEST_WORDS, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("We read it before it is shown. Please no names and no numbers."),
    )  # fmt: skip

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tags: Any = self.fields["tags"]
        tags.queryset = RatingTag.objects.at(hub).in_use()
        tags.label_from_instance = lambda tag: tag.name


class ReplyForm(forms.Form):
    """The post's answer."""

    words = forms.CharField(
        label=_("Your answer"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3}), error_messages=missing(SENTENCES["rating_reply_missing"])
    )
