"""The resident's own page: the next ones first, a screenful of each, the rest page by page."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from bookings.orders.models import Order
from hub.core import clock
from hub.core.sql import nearest_first
from hub.me.views import MOST
from tests.factories.orders import ServiceFactory, past_order
from tests.factories.people import ResidentFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def signed_in(hub: Any) -> Client:
    """A resident with one order more than a screenful."""
    resident = ResidentFactory(hub=hub, user=UserFactory())
    service = ServiceFactory(hub=hub)
    for days_ago in range(MOST + 1):
        past_order(hub, service, days_ago=days_ago - 3, for_person=resident, state="cancelled" if days_ago > 3 else "taken")
    client = Client()
    client.force_login(resident.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def orders_on(page: str) -> int:
    return len(re.findall(r'<a href="/services/orders/[^"]+">', page))


def test_a_screenful_and_the_way_to_the_rest(signed_in: Client) -> None:
    page = signed_in.get("/me/").content.decode()
    assert (orders_on(page), "?of=orders.order" in page) == (MOST, True)
    everything = signed_in.get("/me/?of=orders.order").content.decode()
    assert orders_on(everything) == MOST + 1


def test_what_comes_next_stands_first(signed_in: Client) -> None:
    days = [round((order.starts_at - clock.now()) / timedelta(days=1)) for order in Order.objects.order_by(*nearest_first(clock.now()))[:6]]
    assert days == [0, 1, 2, 3, -1, -2]


@pytest.mark.parametrize("asked", ["nothing.such", "", "orders.order&page=x", "orders.order&page=-1", "orders.order&page=99999999999999999999"])
def test_odd_questions(signed_in: Client, asked: str) -> None:
    assert signed_in.get(f"/me/?of={asked}").status_code == (200 if asked.startswith("orders.order") else 404)


def test_nobody_else_reads_it(client: Client, signed_in: Client) -> None:
    assert client.get("/me/?of=orders.order").status_code == 302
