"""The map of the area, as staff keep it."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hub.hubs.models import Hub
from hub.people.states import Roles
from hub.places.models import Building, Community, Grid
from tests.factories.places import BuildingFactory, CommunityFactory, GridFactory, ServicePointFactory

pytestmark = pytest.mark.django_db
LISTS = ["/admin/communities/", "/admin/grids/", "/admin/buildings/", "/admin/service_points/"]


@pytest.mark.parametrize("path", LISTS)
def test_the_map_is_seen_by_who_serves_and_kept_by_clerk_director_and_administrator(path: str, as_role: Any, hub: Hub) -> None:
    seen = {role for role in Roles.values if as_role(role).get(path).status_code == 200}
    kept = {role for role in Roles.values if as_role(role).get(f"{path}new/").status_code == 200}
    assert (seen, kept) == ({"operator", "clerk", "coordinator", "director", "admin"}, {"clerk", "director", "admin"})


def test_a_building_is_entered_in_a_grid_of_this_hub_alone(as_role: Any, hub: Hub, second_hub: Hub) -> None:
    theirs, ours, clerk = GridFactory(hub=second_hub), GridFactory(hub=hub), as_role("clerk")
    refused = clerk.post("/admin/buildings/new/", {"grid": theirs.pk, "name_zh": "书院街1号院", "address_zh": "书院街1号"})
    clerk.post("/admin/buildings/new/", {"grid": ours.pk, "name_zh": "书院街1号院", "address_zh": "书院街1号"})
    assert (sorted(refused.context["form"].errors), [building.grid for building in Building.objects.all()]) == (["grid"], [ours])


def test_a_grid_number_stands_once_in_a_community(hub: Hub) -> None:
    grid = GridFactory(hub=hub, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grid.objects.create(hub=hub, community=grid.community, number=1)


def test_names_fall_back_to_chinese(hub: Hub) -> None:
    from django.utils.translation import override

    with override("en"):
        assert (CommunityFactory(hub=hub, name_zh="书院街社区").name, CommunityFactory(hub=hub, name_en="Shuyuan").name) == ("书院街社区", "Shuyuan")


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asks_as_often_for_three_rows_as_for_one(path: str, as_role: Any, hub: Hub) -> None:
    director = as_role("director")

    def asked(rows: int) -> int:
        for _row in range(rows):
            BuildingFactory(hub=hub)
            ServicePointFactory(hub=hub)
        with CaptureQueriesContext(connection) as queries:
            director.get(path)
        return len(queries)

    asked(1)
    assert asked(0) == asked(2)


def test_places_of_another_hub_are_not_there(as_role: Any, second_hub: Hub) -> None:
    theirs = CommunityFactory(hub=second_hub)
    assert (as_role("director").get(f"/admin/communities/edit/{theirs.pk}/").status_code, Community.objects.count()) == (404, 1)
