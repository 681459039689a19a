"""The demo's two hubs. Xidajie is modelled on a real street; what no report tells (door number, hours) is invented and editable."""

from datetime import time

from django.conf import settings

from hub.hubs.actions import open_hub
from hub.hubs.models import Hub


def open_demo_hubs(port: int = 80) -> tuple[Hub, Hub]:
    """The street's hub at the default site, and a tiny one at its own host name."""
    if not settings.HUB_DEMO:
        raise RuntimeError("Demo hubs need HUB_DEMO=1.")
    first = open_hub(
        slug="xidajie",
        name_zh="西大街社区之家",
        name_en="Xidajie Community House",
        line_zh="西大街街道社区服务中心",
        line_en="Community service centre of Xidajie street",
        address_zh="郑州市管城回族区南顺城街66号",
        address_en="66 Nanshuncheng Street, Guancheng District, Zhengzhou",
        way_in_zh="有电梯、坡道和无障碍卫生间",
        way_in_en="Lift, ramp and accessible toilet",
        hotline="66212590",
        area_code="0371",
        hotline_from=time(8),
        hotline_until=time(20),
        hostname="127.0.0.1",
        port=port,
        is_default=True,
    )
    second = open_hub(
        slug="beiyuan",
        name_zh="北苑社区之家",
        name_en="Beiyuan Community House",
        line_zh="北苑街道社区服务站",
        line_en="Community service point of Beiyuan street",
        address_zh="郑州市北苑路1号",
        address_en="1 Beiyuan Road, Zhengzhou",
        hotline="66210001",
        area_code="0371",
        hostname="beiyuan.localhost",
        port=port,
    )
    return first, second
