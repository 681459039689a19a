"""Vanguard posts on the operator's desk: what a caller can still rate, closing a visit, rating for a caller by their code, what is to be put right."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.core import clock, wording
from hub.core.errors import RuleBroken
from hub.core.joins import Caller, DeskDone, DeskPreview, DeskRow
from hub.promises.models import Promise
from hub.served.codes import letters_of
from hub.served.models import RatingCode
from hub.served.queries import code_typed
from hub.served.rules import grouped
from hub.served.states import Posts
from mutualaid.vanguard import actions, queries
from mutualaid.vanguard.actions import Came
from mutualaid.vanguard.actions.rating import post_of, refuse_own
from mutualaid.vanguard.actions.writing import CORRECTION, RATING
from mutualaid.vanguard.forms import LONGEST_TYPED
from mutualaid.vanguard.models import Rating
from mutualaid.vanguard.models.rating import LONGEST_WORDS
from mutualaid.vanguard.permissions import rows_to_correct
from mutualaid.vanguard.states import Grades, Sources

ON_CARD, MOST_ON_BOARD = 5, 20


# --- close a visit --------------------------------------------------------------------------------------------------
class VisitTaskForm(forms.Form):
    """One key; the rest may stay as it is."""

    station = forms.ChoiceField(label=gettext_lazy("Centre"), choices=Posts.choices, initial=Posts.ACCEPTANCE)
    what = forms.CharField(label=gettext_lazy("What was it about?"), max_length=60, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))


def visit_form(hub: Any, caller: Caller, data: Any, initial: Any) -> VisitTaskForm:
    """Unbound without data."""
    return VisitTaskForm(data, initial=initial)


def visit_preview(hub: Any, caller: Caller, typed: Any) -> DeskPreview:
    """What is written down; the code comes with the closing."""
    return DeskPreview(((_("Centre"), str(Posts(typed["station"]).label)),), (_("You get a code, with which you can say how it was."),))


def visit_act(hub: Any, caller: Caller, typed: Any, by: Any, token: str) -> DeskDone:
    """Close it; the same token again gives the first code."""
    made, code = actions.close_visit(hub=hub, by=by, token=token, station=typed["station"], what=typed["what"], person=caller.person)
    said = (_("Your code: %(code)s. It can be used once, for 30 days.") % {"code": " ".join(grouped(code))},) if code else ()
    return DeskDone(grouped(code) if code else "", reverse("countervisit:slip", args=[made.pk]), said)


# --- rate for a caller ----------------------------------------------------------------------------------------------
class RateTaskForm(forms.Form):
    """The code, the grade in their words, and what else they say."""

    code = forms.CharField(label=gettext_lazy("Rating code"), max_length=LONGEST_TYPED, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    grade = forms.TypedChoiceField(label=gettext_lazy("How was it?"), coerce=int, choices=Grades.choices)
    words = forms.CharField(
        label=gettext_lazy("In their words"), max_length=LONGEST_WORDS, required=False, widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"})
    )


def rate_form(hub: Any, caller: Caller, data: Any, initial: Any) -> RateTaskForm:
    """Unbound without data."""
    return RateTaskForm(data, initial=initial)


def held_code(hub: Any, typed: str) -> RatingCode:
    """The code, while it can be used; RuleBroken else."""
    held = code_typed(hub, typed)
    if held is None or held.used_at:
        raise RuleBroken.of("code_used" if held else "code_unknown", "code")
    return held


def rate_preview(hub: Any, caller: Caller, typed: Any) -> DeskPreview:
    """What would be rated, and what to ask."""
    held = held_code(hub, typed["code"])
    post, term = post_of(held.event)
    refuse_own(held.event, post, term, Came(source=Sources.DESK))
    grade = str(Grades(typed["grade"]).label)
    facts = {"what": held.event.what, "when": wording.day_words(clock.local(held.event.happened_at).date()), "grade": grade}
    lines = ((_("Service"), held.event.what), (_("Grade"), grade), (_("Post"), post.name if post else _("counted for the house")))
    return DeskPreview(lines, (_("%(what)s, %(when)s: you say %(grade)s. Shall I write it down?") % facts,))


def rate_act(hub: Any, caller: Caller, typed: Any, by: Any, token: str) -> DeskDone:
    """Use the code up for them; the same token again gives the first answer."""
    made = Rating.objects.at(hub).filter(token=token).first()
    if made is None:
        made = actions.rate(hub=hub, code=typed["code"], grade=typed["grade"], came=Came(source=Sources.DESK, user=by, taken_by=by, token=token))
        if typed["words"].strip():
            actions.add_words(rating=made, words=typed["words"])
    if made.grade != typed["grade"]:
        raise RuleBroken.of("done_otherwise")
    said = [_("It is written down, without your name. Thank you.")]
    if made.needs_correction and made.post_id:
        said.append(_("We are sorry. It is looked into."))
    return DeskDone("", reverse("vanguard:landing"), tuple(said))


# --- card and board -------------------------------------------------------------------------------------------------
def card(hub: Any, caller: Caller, user: Any) -> list[DeskRow]:
    """What the caller can still rate, with its code; never how they rated."""
    if caller.person is None:
        return []
    rows = queries.codes_of_person(hub, caller.person)[:ON_CARD]
    return [DeskRow(wording.moment_words(held.event.happened_at), held.event.what, grouped(letters_of(held.event_id, held.nonce))) for held in rows]


def to_put_right(hub: Any, user: Any) -> list[DeskRow]:
    """Low grades the user has to see to: the own post's; for the director all. Those that are due first."""
    rows = {str(row.pk): row for row in rows_to_correct(user, queries.to_correct(hub)).select_related("post")}
    owed = Promise.objects.at(hub).open().filter(kind=CORRECTION, subject_label=RATING, subject_ref__in=rows).order_by("due_at", "id")[:MOST_ON_BOARD]
    now = clock.now()
    return [
        DeskRow(
            wording.moment_words(promise.due_at), rows[promise.subject_ref].post.name, rows[promise.subject_ref].get_grade_display(),
            reverse("vanguard_rating:done", args=[promise.subject_ref]), promise.due_at < now,
        )
        for promise in owed
    ]  # fmt: skip
