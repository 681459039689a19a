"""The door in front of the whole site."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from hub.people.signin.urls import admin_urlpatterns
from hub.urls import urlpatterns as whole_site

urlpatterns = [
    *admin_urlpatterns,
    *i18n_patterns(path("", include("hub.people.signin.urls")), prefix_default_language=False),
    *whole_site,
]
