"""The area of the demo: 5 communities, 18 grids, their buildings, the points of service. Names of people and houses are invented."""

from typing import Any

from hub.places.models import Building, Community, Grid, ServicePoint

COMMUNITIES = (
    ("南顺城街社区", "Nanshuncheng Street", 4),
    ("书院街社区", "Shuyuan Street", 4),
    ("北顺城街社区", "Beishuncheng Street", 4),
    ("代书胡同社区", "Daishu Lane", 3),
    ("商城遗址社区", "Shang City Site", 3),
)
HOUSES_A_GRID = 3
POINTS = (
    ("行政事务受理大厅", "Acceptance hall", "1楼大厅", "Floor 1, hall"),
    ("便民生活站", "Living station", "1楼东侧", "Floor 1, east side"),
    ("居民文化活动中心", "Culture and activities", "2–3楼", "Floors 2–3"),
    ("居民互助中心", "Mutual aid centre", "3楼西侧", "Floor 3, west side"),
    ("健康医疗站", "Health station", "2楼201室", "Floor 2, room 201"),
    ("图书室", "Library", "1楼西侧", "Floor 1, west side"),
)


def seed(world: Any) -> None:
    """Safe to call again; asks no chance."""
    hub = world.hub
    for number, (name, english, grid_count) in enumerate(COMMUNITIES, start=1):
        community, _made = Community.objects.get_or_create(
            hub=hub, name_zh=name, defaults={"name_en": english, "address_zh": f"{name}居委会", "phone": f"03716621{number:04d}"}
        )
        for place in range(1, grid_count + 1):
            _grid(community, place)
    for name, english, floor, floor_en in POINTS:
        ServicePoint.objects.get_or_create(hub=hub, name_zh=name, defaults={"name_en": english, "place_zh": floor, "place_en": floor_en})
    beiyuan, _made = Community.objects.get_or_create(hub=world.second_hub, name_zh="北苑社区", defaults={"name_en": "Beiyuan"})
    _grid(beiyuan, 1)


def _grid(community: Community, number: int) -> None:
    street = community.name_zh.removesuffix("社区")
    grid, _made = Grid.objects.get_or_create(
        hub_id=community.hub_id, community=community, number=number, defaults={"name_zh": f"{street}第{number}网格"}
    )
    for house in range(1, HOUSES_A_GRID + 1):
        door = (number - 1) * HOUSES_A_GRID + house
        Building.objects.get_or_create(
            hub_id=community.hub_id, name_zh=f"{street}{door * 2}号院", defaults={"grid": grid, "address_zh": f"管城回族区{street}{door * 2}号院"}
        )
