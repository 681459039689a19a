"""Wagtail's admin screens that show more than one hub's rows, kept inside the hub; and its account page.

They offer no hook for it, so each is put at its own address before Wagtail's urls (cms/admin_urls.py). Pages, pictures and files
themselves are kept apart by Wagtail's permissions.
"""

from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.forms import CheckboxSelectMultiple, ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.views.account import AccountView, BaseSettingsPanel, NameEmailSettingsPanel
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.admin.views.pages.listing import EditedByFilter, ExplorableIndexView, GenericPageFilterSet
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.views.reports.locked_pages import LockedPagesReportFilterSet, LockedPagesView
from wagtail.admin.views.reports.workflows import WorkflowReportFilterSet, WorkflowTasksReportFilterSet, WorkflowTasksView, WorkflowView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, Task, Workflow
from wagtail.users.models import UserProfile

from cms.queries import own_pages


def colleagues(request: HttpRequest) -> Any:
    """Accounts with a role at this hub."""
    return get_user_model()._default_manager.filter(roles__hub=request.hub).distinct().order_by("username")  # type: ignore[attr-defined]  # HubMiddleware


def own_workflows(request: HttpRequest) -> Any:
    """Ways to publication of this hub's pages."""
    return Workflow.objects.filter(workflow_pages__page__in=own_pages(request.user).values("pk")).distinct()


def own_tasks(request: HttpRequest) -> Any:
    """Steps on those ways."""
    return Task.objects.filter(workflow_tasks__workflow__in=own_workflows(request)).distinct()


class EmailForm(ModelForm):
    """Where Wagtail writes to; it may stay empty."""

    class Meta:
        model = get_user_model()
        fields = ["email"]


class EmailSettingsPanel(BaseSettingsPanel):
    """In place of Wagtail's panel that wants a first name, a last name and an e-mail before anybody may choose a language: here a name is one piece,
    and the head of the house enters it."""

    name = "name_email"
    title = _("E-mail")
    order = 100
    form_class = EmailForm


class OwnAccountView(AccountView):
    """One's own settings."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        others = [panel for panel in super().get_panels() if not isinstance(panel, NameEmailSettingsPanel)]
        return [EmailSettingsPanel(self.request, self.request.user, UserProfile.get_for_user(self.request.user)), *others]


class OwnPageFilters(GenericPageFilterSet):
    """Wagtail's offer every account that ever edited a page, and every site."""

    owner = MultipleUserFilter(label=_("Owner"), queryset=colleagues, widget=CheckboxSelectMultiple)
    edited_by = EditedByFilter(label=_("Edited by"), queryset=colleagues, widget=CheckboxSelectMultiple)
    site = None


class OwnIndexView(ExplorableIndexView):
    base_filterset_class = OwnPageFilters


class OwnContentTypeUseView(ContentTypeUseView):
    base_filterset_class = OwnPageFilters


class OwnPageViewSet(PageViewSet):
    """The page explorer of every page type."""

    model = Page
    filterset_class = OwnPageFilters
    index_view_class = OwnIndexView
    content_type_use_view_class = OwnContentTypeUseView


class OwnLockedPagesFilters(LockedPagesReportFilterSet):
    locked_by = django_filters.ModelChoiceFilter(field_name="locked_by", label=_("Locked by"), queryset=colleagues)

    class Meta:
        model = Page
        fields = ["locked_by", "locked_at", "live"]


class OwnLockedPagesView(LockedPagesView):
    filterset_class = OwnLockedPagesFilters


class OwnWorkflowFilters(WorkflowReportFilterSet):
    requested_by = django_filters.ModelChoiceFilter(field_name="requested_by", queryset=colleagues)
    workflow = django_filters.ModelChoiceFilter(field_name="workflow", label=_("Workflow"), queryset=own_workflows)


class OwnWorkflowView(WorkflowView):
    filterset_class = OwnWorkflowFilters


class OwnWorkflowTasksFilters(WorkflowTasksReportFilterSet):
    workflow = django_filters.ModelChoiceFilter(field_name="workflow_state__workflow", label=_("Workflow"), queryset=own_workflows)
    task = django_filters.ModelChoiceFilter(field_name="task", label=_("Step"), queryset=own_tasks)


class OwnWorkflowTasksView(WorkflowTasksView):
    filterset_class = OwnWorkflowTasksFilters


class OwnPagesChosenView(ChosenMultipleView):
    """Wagtail answers with the title of any page whose number is asked."""

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = {number for number in request.GET.getlist("id") if number.isdigit()}
        if own_pages(request.user).filter(pk__in=asked).count() < len(set(request.GET.getlist("id"))):
            raise Http404
        response: HttpResponse = super().get(request)
        return response
