"""Well-formed input on staff screens."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from hub.core import clock, wording
from hub.core.errors import sentence
from hub.core.fields import PhoneField
from hub.core.phones import normal_phone
from hub.core.refusals import Refusal
from hub.hubs.models import Hub
from hub.people.models import Resident
from hub.people.rules import LONGEST_NAME, plain_name
from mutualaid.volunteers.forms import ClockField, DayField, HoursForm
from mutualaid.volunteers.models import HoursEntry, Member, Shift, SignUp, Team

NO_HINTS = {"autocomplete": "off"}


def known_person(hub: Hub, name: str, phone: str) -> Resident | None:
    """The resident of this very name with this number: nobody browses residents to find a volunteer."""
    rows = Resident.objects.at(hub).living().filter(name=plain_name(name), phones__number=normal_phone(phone, area_code=hub.area_code))
    found: Resident | None = rows.order_by("id").first()
    return found


class PersonForm(forms.Form):
    """Name and number of somebody in our books; found in `cleaned_data["person"]`."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs=NO_HINTS))
    phone = PhoneField(label=_("Phone"))

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hub = hub
        self.fields["phone"].area_code = hub.area_code  # type: ignore[attr-defined]  # our PhoneField

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("name") and typed.get("phone"):
            typed["person"] = known_person(self.hub, typed["name"], typed["phone"])
            if typed["person"] is None:
                self.add_error("name", sentence(Refusal("volunteer_not_found")))
        return typed


class MemberForm(WagtailAdminModelForm):
    """A member: a resident found by name and number, once; afterwards the person stays."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, required=False, widget=forms.TextInput(attrs=NO_HINTS))
    phone = PhoneField(label=_("Phone"), required=False, help_text=_("Both as they stand in our books; only needed for somebody new."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hub = getattr(self.for_user, "acting_at", None)
        if hub is None:
            return
        self.fields["phone"].area_code = hub.area_code
        self.fields["team"].queryset = Team.objects.at(hub)
        if self.instance.pk:
            del self.fields["name"], self.fields["phone"]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if self.instance.pk is None:
            hub = self.for_user.acting_at
            person = known_person(hub, typed.get("name", ""), typed.get("phone", "")) if typed.get("phone") else None
            if person is None:
                self.add_error("name", sentence(Refusal("volunteer_not_found")))
            else:
                self.instance.resident = person
        return typed


class OfMembersForm(WagtailAdminModelForm):
    """A training or a round of visits: the members to choose are the hub's own who have not left, by masked name and number; whoever stands
    on the row already may stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hub = getattr(self.for_user, "acting_at", None)
        for name in ("member", "presenter", "attendees"):
            if name in self.fields and hub is not None:
                held = self.initial.get(name)
                stays = Q(pk__in=[getattr(row, "pk", row) for row in (held if isinstance(held, Iterable) else [held])])
                self.fields[name].queryset = Member.objects.at(hub).filter(Q(left_on=None) | Q(left_on__gte=clock.today()) | stays).to_choose()
                self.fields[name].label_from_instance = attrgetter("masked_words")

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for name in ("held_on", "made_on"):
            if typed.get(name) and not date(2000, 1, 1) <= typed[name] <= clock.today():
                self.add_error(name, sentence(Refusal("not_been_yet")))
        return typed


class ShiftForm(WagtailAdminModelForm):
    """A shift; once people have signed up its time stays, and no place is taken from under anybody."""

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if self.instance.pk is None:
            return typed
        before = Shift.objects.with_going().get(pk=self.instance.pk)
        if typed.get("places_count") is not None and typed["places_count"] < before.going_count:
            self.add_error("places_count", sentence(Refusal("shift_places_taken", None, {"going": before.going_count})))
        moved = (typed.get("starts_at"), typed.get("ends_at")) != (before.starts_at, before.ends_at)
        if moved and (before.going_count or before.waiting_count or before.settled_at):
            self.add_error("starts_at", _("People have signed up for this time. Please call the shift off, which tells them, and plan a new one."))
        return typed


class ReasonForm(forms.Form):
    """Why; the volunteer reads it."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("The volunteer reads it."), widget=forms.TextInput(attrs=NO_HINTS))


class PlanForm(forms.Form):
    """The same shift in more weeks."""

    weeks = forms.IntegerField(label=_("For how many weeks more?"), min_value=1, max_value=26, initial=4)


class FileForForm(PersonForm, HoursForm):
    """Hours that somebody tells or hands in on paper; who types them does not confirm them."""

    field_order = ["name", "phone", "day", "starts", "ends", "what"]


class PeriodForm(forms.Form):
    """From one day to another, both included."""

    first_on = DayField(label=_("From which day?"))
    last_on = DayField(label=_("Until which day?"))

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        first, last = typed.get("first_on"), typed.get("last_on")
        if first and last and not (date(2000, 1, 1) <= first <= last <= clock.today() + timedelta(days=366)):
            self.add_error("last_on", sentence(Refusal("certificate_dates")))
        return typed


class CertificateForForm(PersonForm, PeriodForm):
    """Whose hours, from when to when."""

    field_order = ["name", "phone", "first_on", "last_on"]


class DecideForm(forms.Form):
    """Which of the waiting entries are confirmed."""

    entries = forms.MultipleChoiceField(label=_("Which are right?"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, entries: list[HoursEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entries"].choices = [(str(entry.pk), entry_line(entry)) for entry in entries]  # type: ignore[attr-defined]  # a ChoiceField


def entry_line(entry: HoursEntry) -> str:
    """Who, when, how long, what; a missing check-out is named."""
    words = [
        f"{entry.resident.masked_name} #{entry.resident_id}", wording.when_words(entry.starts_at, entry.ends_at, with_year=True),
        wording.hours_words(entry.minutes), entry.what, entry.get_source_display(),
    ]  # fmt: skip
    return " · ".join([*words, str(_("did not check out: the shift's end was taken"))] if entry.is_end_assumed else words)


class SheetForm(forms.Form):
    """A signed sheet: for each person came and left, or did not come; nothing typed leaves a line as it is."""

    def __init__(self, *args: Any, shift: Shift, rows: list[SignUp], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shift, self.rows = shift, rows
        for row in rows:
            facts = {"name": row.person.name}
            self.fields[f"came_{row.pk}"] = ClockField(label=_("%(name)s came at") % facts, required=False, initial=shown(row.came_at))
            self.fields[f"left_{row.pk}"] = ClockField(label=_("%(name)s left at") % facts, required=False, initial=shown(row.left_at))
            self.fields[f"absent_{row.pk}"] = forms.BooleanField(label=_("%(name)s did not come") % facts, required=False)

    def lines(self) -> list[tuple[SignUp, datetime | None, datetime | None, bool]]:
        """What was typed, as instants of the shift; after midnight is the next day."""
        typed = self.cleaned_data
        return [
            (row, self.instant(typed[f"came_{row.pk}"]), self.instant(typed[f"left_{row.pk}"]), typed[f"absent_{row.pk}"]) for row in self.rows
        ]  # fmt: skip

    def instant(self, said: time | None) -> datetime | None:
        """The wall clock's time on the shift's day, or on the next when the shift goes over midnight and it lies before its start."""
        if said is None:
            return None
        start, end = self.shift.span
        is_next = end.date() > start.date() and said < time(12) and said < start.time()
        return clock.at(start.date() + timedelta(days=1) if is_next else start.date(), said)


def shown(moment: datetime | None) -> time | None:
    """On the wall clock of the house."""
    return clock.local(moment).time() if moment else None
