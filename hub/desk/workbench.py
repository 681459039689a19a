"""One call on the screen: the card, the task that is open, its form, what it would do, and how the call ends."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.functional import cached_property

from hub.core.errors import RuleBroken, put_on_form
from hub.core.joins import DeskPreview, DeskTask, desk_tasks
from hub.desk.call_forms import NewPersonForm, WrapUpForm
from hub.desk.call_rules import kept_of
from hub.desk.callers import Card, card_of
from hub.desk.models import Call

WRAP_FIELDS = frozenset({"code", "note", "drop"})
MOST_DONE = 999


@dataclass
class Workbench:
    """A request to a call's page. Everything stands in the form and on the call; nothing in the session, so that two tabs are two callers."""

    request: HttpRequest
    call: Call
    preview: DeskPreview | None = None
    complaint: str = ""
    likely: list[Any] = field(default_factory=list)

    @property
    def given(self) -> Any:
        """What was posted, or None."""
        return self.request.POST if self.request.method == "POST" else None

    @cached_property
    def card(self) -> Card:
        return card_of(self.call, self.request.user)

    @cached_property
    def tasks(self) -> list[DeskTask]:
        """What this role may do for a caller, in order."""
        return [task for task in desk_tasks if task.may(self.request.user)]

    @cached_property
    def task(self) -> DeskTask:
        """The one that is asked for, else the first with something typed, else the first."""
        name = (self.given or self.request.GET).get("task", "")
        begun = [task for task in self.tasks if self.call.draft_of(task.name)] if not self.given else []
        return next((task for task in self.tasks if task.name == name), (begun or self.tasks)[0])

    @cached_property
    def form(self) -> Any:
        """The task's form: bound to what was posted, else with what was typed before."""
        draft = {} if self.given else self.call.draft_of(self.task.name)
        return self.task.form(self.call.hub, self.card.caller, self.given, draft)

    @cached_property
    def wrap_form(self) -> WrapUpForm:
        return WrapUpForm(self.given, hub=self.call.hub)

    @cached_property
    def person_form(self) -> NewPersonForm:
        is_asked = self.given is not None and self.given.get("step") == "new_person"
        return NewPersonForm(self.given if is_asked else None, initial={"name": self.call.name})

    @property
    def turn(self) -> int:
        """How many things the call had done when the posted page was made; what is no such number is none that can be done."""
        typed = (self.given or {}).get("turn", "")
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= len(str(MOST_DONE)) else MOST_DONE

    @property
    def typed(self) -> dict[str, Any]:
        """The task's fields as posted, cut to what a draft keeps; nothing while only what stood there before stands there."""
        data = {name: self.form.data.getlist(self.form.add_prefix(name)) for name in self.form.fields}
        kept = kept_of(data, list(data))
        return kept if any(not self._stood_there(name, value) for name, value in kept.items()) else {}

    def _stood_there(self, name: str, value: Any) -> bool:
        """Whether nobody typed it: the field came filled in, or it is a list in which a browser has chosen the first row by itself."""
        field: Any = self.form.fields[name]
        if self.form.get_initial_for_field(field, name) not in (None, ""):
            return True
        if not isinstance(field.widget, forms.Select) or isinstance(field, forms.ModelChoiceField) or field.widget.allow_multiple_selected:
            return False  # rows of a table begin with an empty one
        first = next(iter(field.widget.choices), ("", ""))[0]
        return str(value) == str(first)

    @property
    def main_fields(self) -> list[Any]:
        """What every such task needs, in the form's order; hidden ones along with it."""
        return [field for field in self.form if field.is_hidden or not self._is_extra(field)]

    @property
    def extra_fields(self) -> list[Any]:
        """What may be left empty."""
        return [field for field in self.form if not field.is_hidden and self._is_extra(field)]

    @property
    def shows_extra(self) -> bool:
        """Unfolded when we do not know the caller, when something stands there or has to be mended, or when it may be the same matter."""
        is_same = self.preview is not None and bool(self.preview.same)
        return self.call.person is None or is_same or any(field.errors or field.value() for field in self.extra_fields)

    @staticmethod
    def _is_extra(field: Any) -> bool:
        return not field.field.required and field.widget_type != "textarea"

    def rest(self) -> None:
        """Show what was typed without complaining about it: another key was pressed than the task's."""
        if self.form.is_bound and self.form._errors is None:
            self.form = self.task.form(self.call.hub, self.card.caller, None, self.typed)

    @property
    def digest(self) -> str:
        """Tells whether a second press brings the same words."""
        data = {name: self.form.data.getlist(self.form.add_prefix(name)) for name in self.form.fields}
        return hashlib.sha256(json.dumps([self.task.name, data], sort_keys=True).encode("utf-8", "replace")).hexdigest()[:32]

    def refused(self, broken: RuleBroken) -> None:
        """Each complaint at its field: the wrap-up's, the task's, else above both."""
        is_about_the_end = all(refusal.field in WRAP_FIELDS for refusal in broken.refusals)
        if not is_about_the_end and self.form.is_bound:
            put_on_form(self.form, broken)
        elif self.wrap_form.is_bound:
            put_on_form(self.wrap_form, broken)
        self.complaint = broken.sentence

    @property
    def is_wrong(self) -> bool:
        """Whether anything has to be mended."""
        forms: list[Any] = [form for form in (self.form, self.wrap_form, self.person_form) if form.is_bound]
        return bool(self.complaint) or any(form._errors for form in forms)  # what has been asked; asking now would complain about what nobody pressed
