"""The operator's one box: `desk.search.*` at fifty thousand residents and two hundred thousand orders, by every way of asking."""

import math
import time
from collections.abc import Iterator
from datetime import date, timedelta
from datetime import time as clock_time

from django.db import connection

from bench import databases
from bench.house_orders import fill_orders
from bench.report import Row, told, within
from bench.run import Run, say
from bookings.orders.actions import Asker, place_order
from bookings.orders.models import Order, Service, ServicePrice, ServiceWindow
from bookings.orders.rules import Asked
from bookings.orders.states import Groups
from hub.core import clock
from hub.core.references import grouped, new_token
from hub.desk.callers import find
from hub.hubs.models import Hub
from hub.people.actions.roles import grant_role
from hub.people.initials import initials_of
from hub.people.models import ContactPhone, Resident, User

DATABASES = ("postgresql", "sqlite")
RESIDENTS, ORDERS = 50_000, 200_000
CALLS = 200
SURNAMES, GIVEN = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗", "桂兰秀英敏静丽强磊军洋勇艳杰娟涛明超霞平"


def rows(this: Run) -> Iterator[Row]:
    """p95 of two hundred questions of each kind, each about somebody else."""
    name = "desk" if connection.vendor == "postgresql" else "desk.sqlite"
    residents, orders = (RESIDENTS // 20, ORDERS // 20) if this.is_quick else (RESIDENTS, ORDERS)
    databases.fresh("bench_desk")
    hub = Hub.objects.get(slug="bench")
    user = User.objects.create(username="bench-desk", name="孙敏")
    grant_role(user=user, hub=hub, role="operator")
    user.acting_at = hub
    say(f"{name}: {residents} residents, {orders} orders")
    fill_residents(hub, residents)
    fill_orders(one_order(hub, user), 1, orders - 1)
    assert (Resident.objects.count() >= residents, Order.objects.count()) == (True, orders)
    databases.tidy()
    for way, asked in questions(residents, orders).items():
        this.watch.wait()
        with this.watch.block():
            times, hits = measured(hub, user, asked)
        yield within(f"{name}.search.{way}_p95_at_{residents}", percentile(times, 95), "ms", at_most=100, void=this.watch.is_void)
        yield told(f"{name}.search.{way}_hits", hits / len(asked), "a question")


def fill_residents(hub: Hub, count: int) -> None:
    """People of eight thousand names, three to a number, each with an ID tail."""
    Resident.objects.bulk_create((resident(hub, number) for number in range(count)), batch_size=1000)
    pks = Resident.objects.at(hub).order_by("pk").values_list("pk", flat=True)
    phones = (ContactPhone(hub=hub, resident_id=pk, number=f"1390{n // 3:07d}", is_first=True) for n, pk in enumerate(pks))
    ContactPhone.objects.bulk_create(phones, batch_size=1000)


def resident(hub: Hub, number: int) -> Resident:
    """Unsaved; nobody opens the sealed number here."""
    name = name_of(number)
    sealed = {"id_kind": "resident", "id_sealed": "-", "id_hash": f"{number:064d}", "id_tail": f"{number % 10_000:04d}"}
    return Resident(hub=hub, name=name, initials=initials_of(name), **sealed)


def one_order(hub: Hub, user: User) -> Order:
    """What the others are copies of."""
    service = Service(hub=hub, slug="pipes", name_zh="管道疏通", line_zh="下水道不通", group=Groups.values[0], horizon_days=60)
    service.save()
    ServiceWindow.objects.create(service=service, starts_at=clock_time(8), ends_at=clock_time(10))
    ServicePrice.objects.create(service=service, valid_from=date(2020, 1, 1), fen=3000)
    day = clock.today() + timedelta(days=7)
    asked = Asked(clock.at(day, clock_time(8)), clock.at(day, clock_time(10)), 1, None, "3号楼2单元301")
    by = Asker(name="王秀兰", phone="13800001234", user=user, taken_by=user)
    return place_order(hub=hub, service=service, asked=asked, by=by, token=new_token())


def name_of(number: int) -> str:
    """One of eight thousand."""
    return SURNAMES[number % 20] + GIVEN[number // 20 % 20] + GIVEN[number // 400 % 20]


def questions(residents: int, orders: int) -> dict[str, list[str]]:
    """What an operator types."""
    people = [n * (residents // CALLS) for n in range(CALLS)]
    return {
        "phone": [f"1390{n // 3:07d}" for n in people],
        "name": [name_of(n) for n in people],
        "surname": [name_of(n)[0] for n in people],
        "pinyin": [initials_of(name_of(n)) for n in people],
        "id_tail": [f"{n % 10_000:04d}" for n in people],
        "reference": [grouped(f"{60_000_000 + 1 + n * (orders // CALLS - 1)}") for n in range(CALLS)],
        "nobody": [f"欧阳{n}" for n in range(CALLS)],
    }


def measured(hub: Hub, user: User, asked: list[str]) -> tuple[list[float], int]:
    """Milliseconds of each question, and how much was found in all."""
    times, hits = [], 0
    find(hub, user, asked[0])
    for words in asked:
        began = time.perf_counter()
        hits += find(hub, user, words).count
        times.append((time.perf_counter() - began) * 1000)
    return times, hits


def percentile(times: list[float], share: int) -> float:
    """The value that so many in a hundred do not exceed."""
    return sorted(times)[math.ceil(len(times) * share / 100) - 1]
