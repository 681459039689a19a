"""Well-formed input for rooms. Whether the house agrees is for the rules."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bookings.rooms.rules import BOOKABLE, RoomFacts
from bookings.rooms.states import DeclineReasons
from bookings.rooms.texts import clock_of, short_day
from hub.core import wording
from hub.core.errors import SENTENCES
from hub.core.fields import DayInput, NumberField, missing
from hub.people.forms import AskerForm

FIRST_HOUR, LAST_HOUR = 8, 21
TILE_DAYS = 5
LENGTHS = [(60, _("1 hour")), (120, _("2 hours")), (240, _("half a day"))]


class KeepingSelect(forms.Select):
    """A select that also shows a value which is none of its choices, so that nothing typed is lost."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        groups = super().optgroups(name, value, attrs)
        known = {str(option["value"]) for _label, options, _index in groups for option in options}
        for given in value:
            if given and given not in known:
                option = self.create_option(name, given, str(given)[:20], True, len(groups), attrs=attrs)
                groups.append((None, [option], len(groups)))
        return groups


def day_choices(first: date, days: int) -> list[tuple[str, str]]:
    """ISO dates with their words."""
    return [((first + timedelta(days=n)).isoformat(), wording.day_words(first + timedelta(days=n))) for n in range(days + 1)]


def clock_choices(first: int, last: int, step: int) -> list[tuple[str, str]]:
    """Times of the day from minute `first` to `last`."""
    return [(f"{clock_of(minute):%H:%M}", wording.time_words(clock_of(minute))) for minute in range(first, last + 1, step)]


class FinderForm(forms.Form):
    """When, how long, how many of us."""

    day = forms.ChoiceField(label=_("Which day?"), widget=forms.RadioSelect)
    other_day = forms.DateField(label=_("Another day"), required=False, widget=KeepingSelect)
    start = forms.TimeField(label=_("From what time?"), widget=KeepingSelect)
    length = forms.TypedChoiceField(label=_("For how long?"), coerce=int, choices=LENGTHS, widget=forms.RadioSelect)
    people = NumberField(
        label=_("How many of you, roughly?"),
        min_value=1,
        max_value=2000,
        help_text=_("Children count too; a guess will do."),
        error_messages={"required": _("Please write how many of you there will be; a guess will do.")},
    )

    def __init__(self, *args: Any, today: date, horizon_days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = day_choices(today, horizon_days)
        self.first_day, self.last_day = today, today + timedelta(days=horizon_days)
        self.fields["day"].choices = [*tile_days(today), ("other", _("Another day"))]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["other_day"].widget.choices = [("", "—"), *choices[TILE_DAYS:]]
        self.fields["start"].widget.choices = clock_choices(FIRST_HOUR * 60, (LAST_HOUR - 1) * 60, 30)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("day") == "other":
            if data.get("other_day"):
                data["day"] = data["other_day"]
            elif "other_day" not in self.errors:
                self.add_error("other_day", _("Please choose the day."))
        elif data.get("day"):
            data["day"] = date.fromisoformat(data["day"])
        self.refuse_days_out_of_reach(data.get("day"))
        return data

    def refuse_days_out_of_reach(self, day: Any) -> None:
        """Days that are over, and days nobody can book yet."""
        if not isinstance(day, date) or self.first_day <= day <= self.last_day:
            return
        if day < self.first_day:
            self.add_error("other_day", str(SENTENCES["in_the_past"]))
        else:
            self.add_error("other_day", str(SENTENCES["beyond_horizon"]) % {"last_day": wording.day_words(self.last_day)})


def tile_days(today: date) -> list[tuple[str, str]]:
    """Today, tomorrow, the day after, and two more by their weekday."""
    words = [_("today"), _("tomorrow"), _("the day after")]
    out = []
    for n in range(TILE_DAYS):
        day = today + timedelta(days=n)
        name = words[n] if n < len(words) else wording.weekday(day) if wording.is_chinese() else wording.short_weekday(day)
        out.append((day.isoformat(), f"{name}\n{short_day(day)}"))
    return out


def finder_data(query: Any, today: date) -> Any:
    """The query for FinderForm: a plain `day=2026-12-20`, as links carry it, is put where the form asks for it."""
    data = query.copy()
    if data.get("day") not in {"other", *(value for value, _words in tile_days(today))} and data.get("day"):
        data["other_day"], data["day"] = data["day"], "other"
    return data


class TimeForm(forms.Form):
    """Day, from, until, how many: one room's booking."""

    day = forms.DateField(label=_("Which day?"), widget=KeepingSelect, error_messages=missing(_("Please choose the day.")))
    start = forms.TimeField(label=pgettext_lazy("time of day", "From"), widget=KeepingSelect, error_messages=missing(_("Please choose from when.")))
    end = forms.TimeField(label=pgettext_lazy("time of day", "Until"), widget=KeepingSelect, error_messages=missing(_("Please choose until when.")))
    people = NumberField(
        label=_("How many people?"), min_value=0, max_value=30_000, error_messages=missing(_("Please write how many of you there will be; a guess will do."))
    )

    def __init__(self, *args: Any, facts: RoomFacts, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, last = opening_bounds(facts)
        self.fields["day"].widget.choices = [("", "—"), *day_choices(today, facts.horizon_days)]
        self.fields["start"].widget.choices = [("", "—"), *clock_choices(first, last - facts.shortest, facts.grid)]
        self.fields["end"].widget.choices = [("", "—"), *clock_choices(first + facts.shortest, last, facts.grid)]
        self.fields["people"].help_text = _("The room holds %(capacity)s people.") % {"capacity": facts.capacity}


def opening_bounds(facts: RoomFacts) -> tuple[int, int]:
    """The earliest opening and the latest closing of the week, in minutes of the day; eight to nine when it never opens."""
    spans = [hours.minutes for row in facts.week for hours in row if hours.use == BOOKABLE]
    if not spans:
        return FIRST_HOUR * 60, LAST_HOUR * 60
    return min(span[0] for span in spans) // facts.grid * facts.grid, max(span[1] for span in spans)


class DetailsForm(AskerForm):
    """Who it is for, how to reach them, what for."""

    purpose = forms.CharField(
        label=_("What for?"),
        max_length=100,
        help_text=_("A few words: choir practice, family meeting."),
        error_messages=missing(_("Please write in a few words what it is for.")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.names:
            self.fields["name"].help_text = _("Of the person who will use the room.")


class DeclineForm(forms.Form):
    """A coded reason, and words of one's own."""

    code = forms.ChoiceField(label=_("Reason"), choices=DeclineReasons.choices)
    words = forms.CharField(label=_("In words"), max_length=200, required=False, help_text=_("The resident reads both."))


class ClosureForm(forms.Form):
    """From when until when, and why."""

    day = forms.DateField(label=_("First day"), widget=DayInput)
    last_day = forms.DateField(label=_("Last day"), widget=DayInput)
    start = forms.TimeField(label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}), help_text=_("Left empty: all day."))
    end = forms.TimeField(label=_("Until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Everybody concerned reads it."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("day") and data.get("last_day") and data["last_day"] < data["day"]:
            self.add_error("last_day", _("The last day lies before the first. Please choose a later one."))
        if data.get("day") and data.get("last_day") and (data["last_day"] - data["day"]).days > 92:
            self.add_error("last_day", _("At most three months at a time, please."))
        return data
