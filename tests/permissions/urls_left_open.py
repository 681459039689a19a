"""The project's addresses with three mistakes before them: a plain viewset, an unlisted address, a GET that writes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.utils.urlpatterns import decorate_urlpatterns

from hub.hubs.models import Hub
from hub.places.models import Building
from hub.urls import urlpatterns as of_the_project


class PlainViewSet(ModelViewSet):
    """Wagtail's own base: knows permissions, but no hub."""

    model = Building
    form_fields = ["name_zh"]
    icon = "home"
    url_namespace = "buildings"
    add_to_reference_index = False


def left_open(request: HttpRequest) -> HttpResponse:
    return HttpResponse("come in")


def writes(request: HttpRequest) -> Any:
    Hub.objects.update(line_zh="changed by a look")
    return HttpResponse("ok")


urlpatterns = [
    path("left-open/", left_open),
    path("healthz", writes),
    path("admin/buildings/", include((decorate_urlpatterns(PlainViewSet("buildings").get_urlpatterns(), require_admin_access), "buildings"))),
    *of_the_project,
]
