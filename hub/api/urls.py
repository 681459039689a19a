"""Below /api/v1/."""

from django.urls import path

from hub.api.views import make_api

urlpatterns = [path("", make_api().urls)]
