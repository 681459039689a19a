"""Stands before Wagtail's admin urls, at the same addresses; see cms/admin_views.py."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms import admin_views as views

urlpatterns = [
    path("choose-page/chosen-multiple/", views.OwnPagesChosenView.as_view()),
    path("reports/locked/", views.OwnLockedPagesView.as_view()),
    path("reports/locked/results/", views.OwnLockedPagesView.as_view(results_only=True)),
    path("reports/workflow/", views.OwnWorkflowView.as_view()),
    path("reports/workflow/results/", views.OwnWorkflowView.as_view(results_only=True)),
    path("reports/workflow_tasks/", views.OwnWorkflowTasksView.as_view()),
    path("reports/workflow_tasks/results/", views.OwnWorkflowTasksView.as_view(results_only=True)),
    path("reports/page-types-usage/", views.closed),
    path("reports/page-types-usage/results/", views.closed),
]
urlpatterns = decorate_urlpatterns(urlpatterns, require_admin_access)
urlpatterns = decorate_urlpatterns(urlpatterns, display_custom_404)
urlpatterns = decorate_urlpatterns(urlpatterns, never_cache)
