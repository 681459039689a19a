"""Which days. Both forms are sent by GET and write nothing."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hub.core import clock
from hub.core.fields import DayInput
from hub.desk.rules import EARLIEST, LATEST, NAMED, Period, complaint_about

PERIODS = {"week": _("This week"), "month": _("This month"), "quarter": _("This quarter"), "year": _("This year")}
COMPLAINTS = {
    "both_dates": _("Please give both days: the first one and the last one."),
    "date_far_away": _("That year is too far away. Please write a day from 2000 to 2100."),
    "dates_turned_round": _("The last day lies before the first one. Please turn them round."),
    "period_too_long": _("That is more than three years. Please choose a shorter time."),
}
NO_DATE = _("This is no day of the calendar. Please write it as 2026-11-28.")


def day_field(**given: Any) -> forms.DateField:
    """A day in figures, whatever the language of the page."""
    widget = DayInput
    return forms.DateField(required=False, widget=widget, input_formats=["%Y-%m-%d"], error_messages={"invalid": NO_DATE}, **given)


class PeriodForm(forms.Form):
    """`?period=week` or `?from=2026-11-01&to=2026-11-28`; `cleaned_data["span"]` is the Period, this month when nothing is said."""

    period = forms.ChoiceField(
        choices=list(PERIODS.items()), required=False, error_messages={"invalid_choice": _("There is no such time span. Please choose one of these.")}
    )
    first = day_field(label=_("From this day"))
    last = day_field(label=_("to this day"))

    def add_prefix(self, field_name: str) -> str:
        """The names in the address; `from` cannot name a field."""
        return {"first": "from", "last": "to"}.get(field_name, field_name)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        first, last = data.get("first"), data.get("last")
        if not (first or last):
            data["span"] = NAMED[data.get("period") or "month"](clock.today())
            return data
        if code := complaint_about(first, last):
            raise ValidationError(str(COMPLAINTS[code]), code=code)
        data["span"], data["period"] = Period(first, last), ""  # type: ignore[arg-type]  # complaint_about has seen that both are there
        return data


class DayForm(forms.Form):
    """`?day=2026-11-28`; today when nothing is said."""

    day = day_field(label=_("Day"))

    @classmethod
    def asked(cls, query: Any) -> "DayForm":
        """The form as an address fills it."""
        return cls({"day": query.get("day") or clock.today().isoformat()})

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day is None or not EARLIEST <= day <= LATEST:
            raise ValidationError(str(COMPLAINTS["date_far_away"]), code="date_far_away")
        return day
