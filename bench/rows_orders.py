"""Services ordered: `orders.place.*` beside a bare booking, `orders.list.*` with ten rows and with two hundred thousand."""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import databases
from bench.bare.rooms import BareRooms
from bench.house_orders import HouseOrders, fill_orders
from bench.report import Row, beside, told, within
from bench.run import Run, say
from bookings.orders.models import Order
from hub.core import clock
from hub.people.actions.roles import grant_role

DATABASES = ("postgresql", "sqlite")
FEW, MANY = 10, 200_000
A_BLOCK = 300
CALLS = 9
BARE_DAY = datetime(clock.today().year + 1, 1, 1, 8)


def rows(this: Run) -> Iterator[Row]:
    """Placing, then the lists."""
    name = "orders" if connection.vendor == "postgresql" else "orders.sqlite"
    databases.fresh("bench_orders")
    house = HouseOrders()
    yield from lists(this, name, house)
    if connection.vendor == "postgresql":
        yield from placing(this, house)


def placing(this: Run, house: HouseOrders) -> Iterator[Row]:
    """One after the other with pricing, entitlement, charge, step, audit and message, in the table of 200,000; in turns with the bare model."""
    bare = BareRooms()
    bare.set_up(datetime(clock.today().year, 1, 1), 1000)
    book = bare.connect()
    seconds: dict[str, list[float]] = {"order": [], "bare": []}
    is_void, done = False, 0
    house.place()
    for _turn in this.rounds():
        this.watch.wait()
        with this.watch.block():
            seconds["order"].append(a_block(lambda _number: house.place(), done))
            seconds["bare"].append(a_block(lambda number: book(number % 13, *hour(number)), done))
        is_void = is_void or this.watch.is_void
        done += A_BLOCK
        say(f"  orders.place {seconds['order'][-1] * 1000:.2f} ms, a bare booking {seconds['bare'][-1] * 1000:.2f} ms")
    ours, theirs = (statistics.median(found) * 1000 for found in (seconds["order"], seconds["bare"]))
    yield beside("orders.place.beside_bare_booking", ours, "ms", BareRooms.name, theirs, at_most=3.0, void=is_void)


def a_block(call: Callable[[int], object], done: int) -> float:
    """Seconds for one of a block."""
    began = time.perf_counter()
    for number in range(done, done + A_BLOCK):
        call(number)
    return (time.perf_counter() - began) / A_BLOCK


def hour(number: int) -> tuple[datetime, datetime]:
    """Slots nobody has."""
    start = BARE_DAY + timedelta(days=number // 13 // 14, hours=number // 13 % 14)
    return start, start + timedelta(hours=1)


def lists(this: Run, name: str, house: HouseOrders) -> Iterator[Row]:
    """What staff and residents open, with ten orders in the table and with two hundred thousand."""
    many = MANY // 20 if this.is_quick else MANY
    found: dict[str, dict[int, tuple[float, int]]] = {}
    is_void, filled = False, 1
    grant_role(user=house.user, hub=house.hub, role="clerk")
    like = house.place()
    for count in (FEW, many):
        say(f"{name}: {count} orders")
        fill_orders(like, filled, count - 1)
        filled = count
        assert Order.objects.count() == count
        databases.tidy()
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(house.user, backend="django.contrib.auth.backends.ModelBackend")
        this.watch.wait()
        with this.watch.block():
            for page, address in pages(like).items():
                found.setdefault(page, {})[count] = measured(client, address)
        is_void = is_void or this.watch.is_void
    for page, figures in found.items():
        (few_ms, few_asked), (many_ms, many_asked) = figures[FEW], figures[many]
        yield within(f"{name}.list.{page}_at_{many}", many_ms, "ms", at_most=100, void=is_void)
        yield told(f"{name}.list.{page}_at_{FEW}", few_ms, "ms")
        yield within(f"{name}.list.{page}_more_statements", abs(many_asked - few_asked), f"beyond {few_asked}", at_most=0)


def pages(like: Order) -> dict[str, str]:
    """Addresses: the staff's list, its last pages, by number, by state, those that are late; the day's sheet; a resident's own."""
    index = reverse("order:index")
    return {
        "all": index,
        "by_number": f"{index}?q={like.reference}",
        "taken": f"{index}?state=taken",
        "late": f"{index}?late=true",
        "sheet_of_a_day": f"{reverse('order:day_sheet')}?day={clock.today() - timedelta(days=1)}",
        "mine": "/me/",
    }


def measured(client: Client, address: str) -> tuple[float, int]:
    """Milliseconds (the middle of nine) and statements, once warm."""
    first = client.get(address)
    assert first.status_code == 200, (address, first.headers.get("Location"))
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    statements = len(asked)  # now: the next request forgets them
    times = []
    for _call in range(CALLS):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), statements
