"""The map of the area, as staff keep it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup

from hub.hubs.policies import Question
from hub.hubs.viewsets import HubViewSet
from hub.places.models import Building, Community, Grid, ServicePoint
from hub.places.permissions import user_can_delete_place, user_can_keep_places, user_can_see_places

QUESTIONS: dict[str, Question] = {
    "view": user_can_see_places,
    "add": user_can_keep_places,
    "change": user_can_keep_places,
    "delete": user_can_delete_place,
}


class GridIndexView(generic.IndexView):
    """Grids with their community, in one question."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("community")


class BuildingIndexView(generic.IndexView):
    """Buildings with their grid and community, in one question."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("grid__community")


class CommunityViewSet(HubViewSet):
    """The communities 社区."""

    model = Community
    icon = "group"
    questions = QUESTIONS
    form_fields = ["name_zh", "name_en", "address_zh", "phone"]
    list_display = ["name_zh", Column("phone", label=_("telephone of the committee"))]
    search_fields = ["name_zh", "name_en"]


class GridViewSet(HubViewSet):
    """The grids 网格."""

    model = Grid
    icon = "table"
    questions = QUESTIONS
    form_fields = ["community", "number", "name_zh"]
    index_view_class = GridIndexView
    list_display = ["__str__", Column("community", label=_("community")), Column("number", label=_("number in the community"))]
    list_filter = ["community"]
    search_fields = ["name_zh"]


class BuildingViewSet(HubViewSet):
    """The buildings."""

    model = Building
    icon = "home"
    questions = QUESTIONS
    form_fields = ["grid", "name_zh", "address_zh"]
    index_view_class = BuildingIndexView
    list_display = [
        "name_zh",
        Column("grid", label=_("grid")),
        Column("grid.community", label=_("community")),
        Column("address_zh", label=_("address")),
    ]
    search_fields = ["name_zh", "address_zh"]


class ServicePointViewSet(HubViewSet):
    """Where the hub serves."""

    model = ServicePoint
    icon = "pick"
    questions = QUESTIONS
    form_fields = ["name_zh", "name_en", "place_zh", "place_en", "address_zh", "is_open"]
    list_display = ["name_zh", Column("place_zh", label=_("floor and room")), Column("is_open", label=_("in use"))]
    list_filter = ["is_open"]


class PlacesGroup(ViewSetGroup):
    """One entry of the menu."""

    menu_label = _("Places")
    menu_icon = "site"
    menu_name = "places"
    menu_order = 620
    items = (CommunityViewSet("communities"), GridViewSet("grids"), BuildingViewSet("buildings"), ServicePointViewSet("service_points"))


@hooks.register("register_admin_viewset")
def register_places() -> PlacesGroup:
    return PlacesGroup()
