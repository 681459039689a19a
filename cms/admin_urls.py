"""Wagtail's admin as this house opens it: our own of its screens at the same addresses before it (cms/admin_views.py), a gate before all."""

from django.urls import include, path
from django.views.decorators.cache import never_cache
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms import admin_views as views
from cms.admin_gate import gate

urlpatterns = [
    path("account/", views.OwnAccountView.as_view()),
    path("choose-page/chosen-multiple/", views.OwnPagesChosenView.as_view()),
    path("reports/locked/", views.OwnLockedPagesView.as_view()),
    path("reports/locked/results/", views.OwnLockedPagesView.as_view(results_only=True)),
    path("reports/workflow/", views.OwnWorkflowView.as_view()),
    path("reports/workflow/results/", views.OwnWorkflowView.as_view(results_only=True)),
    path("reports/workflow_tasks/", views.OwnWorkflowTasksView.as_view()),
    path("reports/workflow_tasks/results/", views.OwnWorkflowTasksView.as_view(results_only=True)),
]
urlpatterns = decorate_urlpatterns(urlpatterns, require_admin_access)
urlpatterns = decorate_urlpatterns([*urlpatterns, path("", include(wagtailadmin_urls))], gate)
urlpatterns = decorate_urlpatterns(urlpatterns, display_custom_404)
urlpatterns = decorate_urlpatterns(urlpatterns, never_cache)
