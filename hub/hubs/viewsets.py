"""Wagtail's model screens, kept inside one hub.

Wagtail's permission policies do not restrict rows: with a policy that denies every instance, edit, delete and inspect still answered
200 and saved. So every view of a viewset is mixed with `AtThisHub`, once, in `construct_view`.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.forms.models import ModelChoiceField, ModelMultipleChoiceField
from django.forms.widgets import CheckboxSelectMultiple, SelectMultiple
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldRowPanel
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from hub.core.joins import change_recorders
from hub.core.money import yuan_text
from hub.core.references import clean_reference
from hub.core.wording import moment_words
from hub.hubs.exported import MONEY, Exported
from hub.hubs.models import HubOwned
from hub.hubs.policies import AskPolicy, Question

NO_ROW = "absent or not yours"  # one answer for both, so that nobody learns what exists elsewhere


def at_hub(request: HttpRequest, rows: Any) -> Any:
    """The part of a queryset that belongs to the request's hub."""
    path = getattr(rows.model, "HUB_PATH", "hub")
    return rows.filter(**{path: request.hub})  # type: ignore[attr-defined]  # set by HubMiddleware


class HubFilterSet(WagtailFilterSet):
    """Filters of a staff list: whatever they offer to choose from belongs to this hub."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in self.filters.values():
            rows = getattr(each, "queryset", None)
            if isinstance(rows, models.QuerySet) and issubclass(rows.model, HubOwned):
                each.queryset = at_hub(self.request, rows)


class FoundByNumber:
    """Mixed into an index: a row is found by its whole number, however that is typed. `number_field` says where the number stands."""

    search_query: str
    number_field = "reference"

    def search_queryset(self, queryset: Any) -> Any:
        return queryset.filter(**{self.number_field: clean_reference(self.search_query)}) if self.search_query else queryset


def row(*names: str) -> FieldRowPanel:
    """Fields side by side, in a form's panels."""
    return FieldRowPanel(list(names))


class AtThisHub(Exported):
    """Mixed into each of a HubViewSet's views: rows of this hub only, the row's own permission, choices of this hub only."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc,no-any-return]  # the view it is mixed into
        except PermissionDenied:
            raise Http404(NO_ROW) from None

    def get_object(self, *args: Any, **kwargs: Any) -> models.Model:
        row: models.Model = super().get_object(*args, **kwargs)  # type: ignore[misc]  # as above
        if not at_hub(self.request, type(row)._default_manager.filter(pk=row.pk)).exists():
            raise Http404(NO_ROW)
        asked = getattr(self, "permission_required", None) or "view"
        if not self.user_has_permission_for_instance("view" if asked == "add" else asked, row):  # type: ignore[attr-defined]  # as above
            raise Http404(NO_ROW)
        return row

    def get_base_queryset(self) -> Any:
        rows = super().get_base_queryset()  # type: ignore[misc]  # as above
        if rows.model._meta.app_label == "wagtailcore":  # the history view lists log entries of a row already checked
            return rows
        return at_hub(self.request, rows)

    def get_form(self, *args: Any, **kwargs: Any) -> forms.BaseForm:
        form: forms.BaseForm = super().get_form(*args, **kwargs)  # type: ignore[misc]  # as above
        for field in form.fields.values():
            if isinstance(field, ModelChoiceField) and field.queryset is not None and issubclass(field.queryset.model, HubOwned):
                field.queryset = at_hub(self.request, field.queryset)
            if isinstance(field, ModelMultipleChoiceField) and type(field.widget) is SelectMultiple:
                choices: Any = field.choices
                field.widget = CheckboxSelectMultiple(choices=choices)  # several are ticked: nobody has to know about the Ctrl key
        return form

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """What an inspect page shows: moments on the wall clock of the house (Wagtail prints them in UTC), a dash for nothing (it prints None),
        yes and no (it prints True), sums in yuan."""
        value = super().get_field_display_value(field_name, field)  # type: ignore[misc]  # as above
        if value is None or value == "":
            return "—"
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        if isinstance(value, int) and field_name.endswith(MONEY):
            return yuan_text(value)
        return moment_words(value, with_year=True) if isinstance(value, datetime) else value

    def is_valid(self, form: Any) -> bool:
        """Ask the constraints that name the hub as well: a model form leaves them out, because it has no field for it."""
        if form.instance.pk is None and hasattr(form.instance, "hub_id"):
            form.instance.hub = self.request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
        if not super().is_valid(form):  # type: ignore[misc]  # the view it is mixed into
            return False
        try:
            form.instance.validate_constraints()
        except ValidationError as error:
            form.add_error(None, error.messages)
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]  # as above
            return False
        return True

    def save_instance(self) -> models.Model:
        """Save with the hub set and an audit line beside it, in one transaction."""
        form: Any = self.form  # type: ignore[attr-defined]  # as above
        is_new = form.instance.pk is None
        with transaction.atomic():
            row: models.Model = super().save_instance()  # type: ignore[misc]  # as above
            self.viewset.after_save(self.request, row, form.changed_data, is_new)  # type: ignore[attr-defined]  # put in by construct_view
        return row

    def delete_action(self) -> None:
        row = self.object  # type: ignore[attr-defined]  # as above
        with transaction.atomic():
            self.viewset.write_audit_line(self.request, row, "delete", [])  # type: ignore[attr-defined]  # put in by construct_view
            super().delete_action()  # type: ignore[misc]  # as above


class HubViewSet(ModelViewSet):
    """A Wagtail screen for plain data of one hub: `questions` are the app's named permissions.

    Rows without a `hub` of their own say by `HUB_PATH` on the model how to reach it.
    """

    add_to_reference_index = False
    copy_view_enabled = False
    questions: dict[str, Question] = {}
    personal_fields: frozenset[str] = frozenset()  # named in the audit, their values never

    def __init__(self, name: str | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        register_permission_policy(self.model, AskPolicy(self.model, **self.questions), exact_class=True)

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        mixed = type(view_class.__name__, (AtThisHub, view_class), {"__module__": view_class.__module__, "viewset": self})
        return super().construct_view(mixed, **kwargs)

    def after_save(self, request: HttpRequest, row: models.Model, changed: list[str], is_new: bool) -> None:
        """What belongs into the same transaction as the save: here the audit line; a viewset may add to it."""
        self.write_audit_line(request, row, "create" if is_new else "change", changed)

    def write_audit_line(self, request: HttpRequest, row: models.Model, verb: str, changed: list[str]) -> None:
        """Which fields changed; values of plain fields, only names of personal ones."""
        changes = {name: None if name in self.personal_fields else str(getattr(row, name, ""))[:100] for name in changed}
        for recorder in change_recorders:
            recorder.record(
                hub_id=request.hub.pk,  # type: ignore[attr-defined]  # set by HubMiddleware
                actor=request.user,
                verb=verb,
                subject=row._meta.label_lower,
                ref=str(row.pk),
                changes=changes,
            )
