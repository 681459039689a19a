"""What an address begins with that is sent, printed or drawn as a picture."""

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("typed", "ours", "theirs"),
    [
        ("http://127.0.0.1:8003", "http://testserver:8003", "http://beiyuan.localhost:8003"),  # the demo, on the first free port
        ("https://hub.example.cn/", "https://testserver", "https://beiyuan.localhost"),  # before a proxy, which Django does not see
    ],
)
def test_an_address_leads_where_people_come_from(hub: Any, second_hub: Any, settings: Any, typed: str, ours: str, theirs: str) -> None:
    settings.WAGTAILADMIN_BASE_URL = typed
    assert (hub.origin, second_hub.origin) == (ours, theirs)
