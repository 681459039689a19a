"""The standing cast: two hubs, and somebody in every role."""

from typing import Any

from django.test import Client

from hub.hubs.actions import open_hub
from hub.hubs.models import Hub
from hub.people.actions.roles import grant_role
from hub.people.models import User


def open_xidajie() -> Hub:
    """The street the demo is modelled on."""
    return open_hub(
        slug="xidajie",
        name_zh="西大街社区之家",
        name_en="Xidajie Community House",
        line_zh="西大街街道社区服务中心",
        line_en="Community service centre of Xidajie street",
        address_zh="郑州市管城回族区南顺城街66号",
        address_en="66 Nanshuncheng Street, Guancheng, Zhengzhou",
        hotline="66212590",
        area_code="0371",
        hostname="testserver",
        is_default=True,
    )


def open_beiyuan() -> Hub:
    """The tiny hub next door: nothing of the first may ever show there."""
    return open_hub(
        slug="beiyuan",
        name_zh="北苑社区之家",
        name_en="Beiyuan Community House",
        address_zh="郑州市北苑路1号",
        hotline="66210001",
        area_code="0371",
        hostname="beiyuan.localhost",
    )


def user_with(role: str, hub: Hub, username: str = "") -> User:
    """An account with one role at one hub; the same one when asked again."""
    user, _made = User.objects.get_or_create(username=username or f"{hub.slug}-{role}", defaults={"name": role.capitalize()})
    grant_role(user=user, hub=hub, role=role)
    return user


def signed_in_as(role: str, hub: Any, username: str = "") -> Client:
    """A client at that hub's address, signed in."""
    client = Client(headers={"host": hub.site.hostname})
    client.force_login(user_with(role, hub, username), backend="django.contrib.auth.backends.ModelBackend")
    return client
