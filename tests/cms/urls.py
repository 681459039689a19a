"""The project's addresses with the public site's own before them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from hub.urls import urlpatterns as of_the_project

urlpatterns = [
    path("admin/", include("cms.admin_urls")),
    *i18n_patterns(path("", include("cms.urls")), prefix_default_language=False),
    *of_the_project,
]
