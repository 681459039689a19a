"""Volunteers on the operator's desk: a caller's shifts, signing up and letting off without leaving the call."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from hub.core import clock, wording
from hub.core.errors import RuleBroken
from hub.core.fields import missing
from hub.core.joins import Caller, DeskDone, DeskPreview, DeskRow
from hub.people.caller_forms import CallerForm
from hub.people.models import Resident
from mutualaid.volunteers import actions, queries
from mutualaid.volunteers.actions import Joiner
from mutualaid.volunteers.actions.sign_ups import refuse_what_cannot_be
from mutualaid.volunteers.models import Shift, SignUp

NEXT_SHIFTS = 5


# --- signing up -----------------------------------------------------------------------------------------------------
class ShiftChoice(forms.ModelChoiceField):
    """Shifts with their place in the list before them, when they are, and how many places are left."""

    places: dict[int, int]

    def label_from_instance(self, obj: Any) -> str:
        left = _("%(n)s left") % {"n": obj.places_left()} if obj.places_left() else _("waiting list")
        return f"{self.places.get(obj.pk, '')} {obj.opportunity.name} {wording.when_words(obj.starts_at, obj.ends_at)} ({left})".strip()


class DeskJoinForm(CallerForm):
    """One shift for the caller or somebody they ask for."""

    shift = ShiftChoice(label=gettext_lazy("Which shift?"), queryset=Shift.objects.none(), error_messages=missing(gettext_lazy("Please choose one.")))
    guardian_agrees = forms.BooleanField(
        label=gettext_lazy("The caller is the guardian, and says yes"), required=False, help_text=gettext_lazy("Only for somebody under 18.")
    )
    field_order = ["shift", "whom", "guardian_agrees", "name", "phone"]

    def __init__(self, *args: Any, hub: Any, caller: Caller, **kwargs: Any) -> None:
        super().__init__(*args, hub=hub, caller=caller, **kwargs)
        rows = queries.open_shifts(hub)
        field: Any = self.fields["shift"]
        field.queryset, field.places = rows, {shift.pk: place for place, shift in enumerate(rows, 1)}


def form(hub: Any, caller: Caller, data: Any, initial: Any) -> DeskJoinForm:
    """Unbound without data."""
    return DeskJoinForm(data, hub=hub, caller=caller, initial=initial)


def joiner(caller: Caller, typed: Any, by: Any) -> Joiner:
    """Who joins, who asks, and who takes it down. RuleBroken for somebody who is not in our books."""
    person: Resident | None = typed["for_person"]
    if person is None:
        raise RuleBroken.of("volunteer_unknown", "whom")
    return Joiner(
        person, phone=typed["contact_phone"], channel=caller.channel, asked_by=caller.person, taken_by=by, user=by, guardian_agrees=typed["guardian_agrees"]
    )


def preview(hub: Any, caller: Caller, typed: Any) -> DeskPreview:
    """Place or waiting list, and what to say; asks the rules that signing up asks, and writes nothing."""
    shift, who = typed["shift"], joiner(caller, typed, None)
    refuse_what_cannot_be(shift, who, is_look=True)
    lines = (
        (_("Where"), shift.opportunity.where),
        (pgettext("volunteers", "Places"), _("%(left)s of %(all)s places left") % {"left": shift.places_left(), "all": shift.places_count}),
    )
    return DeskPreview(lines, sentences(shift, typed["contact_name"], has_place=shift.places_left() > 0))


def sentences(shift: Shift, name: str, *, has_place: bool) -> tuple[str, ...]:
    """Short ones, to be said one after the other."""
    facts = {
        "name": name,
        "shift": shift.opportunity.name,
        "when": wording.when_words(shift.starts_at, shift.ends_at, spoken=True),
        "where": shift.opportunity.where,
        "until": wording.moment_words(shift.withdraw_by, spoken=True),
    }
    if not has_place:
        return (
            _("%(name)s: %(shift)s, %(when)s. All places are taken.") % facts,
            _("You stand on the waiting list; we tell you as soon as a place is free.") % facts,
        )
    return (
        _("%(name)s has a place: %(shift)s, %(when)s, %(where)s.") % facts,
        _("The day before we remind you. If you cannot come, please ring us by %(until)s.") % facts,
    )


def act(hub: Any, caller: Caller, typed: Any, by: Any, token: str) -> DeskDone:
    """Sign up; the same token again gives the first answer."""
    made = actions.sign_up(shift=typed["shift"], by=joiner(caller, typed, by), token=token)
    if made.shift_id != typed["shift"].pk or made.for_person_id != typed["for_person"].pk:
        raise RuleBroken.of("done_otherwise")
    return DeskDone("", reverse("signup:inspect", args=[made.pk]), sentences(typed["shift"], typed["contact_name"], has_place=made.is_going))


# --- letting off ----------------------------------------------------------------------------------------------------
class SignUpChoice(forms.ModelChoiceField):
    """Who, what, when."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.for_person.name} {obj.shift.opportunity.name} {wording.when_words(obj.shift.starts_at, obj.shift.ends_at)}"


class DeskLeaveForm(forms.Form):
    """One of the sign-ups of the caller and of those they may ask for."""

    sign_up = SignUpChoice(label=gettext_lazy("From which shift?"), queryset=SignUp.objects.none(), error_messages=missing(gettext_lazy("Please choose one.")))
    reason = forms.CharField(label=gettext_lazy("Why, in their words"), max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, hub: Any, caller: Caller, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sign_up"].queryset = coming(hub, caller)  # type: ignore[attr-defined]  # a ModelChoiceField


def coming(hub: Any, caller: Caller) -> Any:
    """What the caller and those they may ask for have signed up for and is still to come."""
    people = [person.pk for person in (caller.person, *caller.others) if person is not None]
    rows = SignUp.objects.at(hub).living().filter(for_person__in=people, shift__starts_at__gt=clock.now())
    return rows.select_related("shift__opportunity", "for_person").order_by("shift__starts_at", "id")


def leave_form(hub: Any, caller: Caller, data: Any, initial: Any) -> DeskLeaveForm:
    """Unbound without data."""
    return DeskLeaveForm(data, hub=hub, caller=caller, initial=initial)


def leave_preview(hub: Any, caller: Caller, typed: Any) -> DeskPreview:
    """What falls away."""
    return DeskPreview(((_("Time"), wording.when_words(typed["sign_up"].shift.starts_at, typed["sign_up"].shift.ends_at)),), leave_words(typed["sign_up"]))


def leave_words(sign_up: SignUp) -> tuple[str, ...]:
    """One sentence."""
    facts = {"name": sign_up.person.name, "shift": sign_up.shift.opportunity.name}
    return (_("%(name)s is no longer on the list for %(shift)s. Thank you for telling us.") % facts,)


def leave(hub: Any, caller: Caller, typed: Any, by: Any, token: str) -> DeskDone:
    """Let them off; again, it stays so."""
    sign_up = typed["sign_up"]
    actions.withdraw(sign_up=sign_up, by=by, as_staff=True, reason=typed["reason"] or _("told us on the telephone or at the counter"))
    return DeskDone("", reverse("signup:inspect", args=[sign_up.pk]), leave_words(sign_up))


# --- card -----------------------------------------------------------------------------------------------------------
def card(hub: Any, caller: Caller, user: Any) -> list[DeskRow]:
    """The coming shifts of this person."""
    if caller.person is None:
        return []
    rows = SignUp.objects.at(hub).living().filter(for_person=caller.person, shift__ends_at__gt=clock.now())
    return [row_of(row) for row in rows.select_related("shift__opportunity").order_by("shift__starts_at", "id")[:NEXT_SHIFTS]]


def row_of(sign_up: SignUp) -> DeskRow:
    """One line: when, what, how it stands."""
    shift = sign_up.shift
    when = wording.when_words(shift.starts_at, shift.ends_at)
    return DeskRow(when, shift.opportunity.name, sign_up.get_state_display(), reverse("signup:inspect", args=[sign_up.pk]))
