"""Who is proposed for an order: `orders.dispatch.*` with five hundred helpers, six thousand jobs of the last quarter behind them."""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import databases
from bench.house_orders import HouseOrders, fill_orders
from bench.report import Row, told, within
from bench.run import Run, say
from bookings.dispatch.board import waiting
from bookings.dispatch.facts import proposals
from bookings.dispatch.models import Leave, Offer, Provider, WorkingHour
from bookings.dispatch.queries import with_all
from bookings.orders.models import Order
from hub.core import clock

DATABASES = ("postgresql", "sqlite")
HELPERS, JOBS, QUICK_JOBS = 500, 6_000, 1_000
SKILLS, WAITING = 3, 20
CALLS = 21


def rows(this: Run) -> Iterator[Row]:
    """One order's list, and the board with twenty waiting orders."""
    name = "orders.dispatch" if connection.vendor == "postgresql" else "orders.dispatch.sqlite"
    databases.fresh("bench_dispatch")
    house = HouseOrders()
    say(f"{name}: {HELPERS} helpers")
    like = house.place()
    fill_orders(like, 1, QUICK_JOBS if this.is_quick else JOBS)
    put_helpers(house)
    put_jobs(like)
    for _number in range(WAITING):
        house.place()
    databases.tidy()
    order = with_all(Order.objects.all()).get(pk=like.pk)
    this.watch.wait()
    with this.watch.block():
        one_ms, one_asked = measured(lambda: proposals(order))
        board_ms, board_asked = measured(lambda: waiting(house.hub, house.user))
    yield within(f"{name}.suggestion_of_{HELPERS}", one_ms, "ms", at_most=50, void=this.watch.is_void)
    yield told(f"{name}.suggestion_statements", one_asked, "statements")
    yield told(f"{name}.board_of_{WAITING}", board_ms, "ms")
    yield told(f"{name}.board_statements", board_asked, "statements")


def put_helpers(house: HouseOrders) -> None:
    """Each with three services, the community, six days of hours; every twenty-fifth on leave."""
    Provider.objects.bulk_create(
        Provider(hub=house.hub, name=f"师傅{number}", phone=f"137{number:08d}", answered_for_by=house.user, most_a_day=20) for number in range(HELPERS)
    )
    helpers = list(Provider.objects.order_by("pk").values_list("pk", flat=True))
    services = [service.pk for service in house.services]
    skilled = Provider.services.through
    skilled.objects.bulk_create(
        skilled(provider_id=pk, service_id=services[(place + step) % len(services)]) for place, pk in enumerate(helpers) for step in range(SKILLS)
    )
    near = Provider.communities.through
    near.objects.bulk_create(near(provider_id=pk, community_id=house.community.pk) for pk in helpers)
    WorkingHour.objects.bulk_create(WorkingHour(provider_id=pk, weekday=weekday, starts_at="08:00", ends_at="18:00") for pk in helpers for weekday in range(6))
    today = clock.today()
    Leave.objects.bulk_create(Leave(provider_id=pk, first_on=today, last_on=today + timedelta(days=30)) for pk in helpers[::25])


def put_jobs(like: Order) -> None:
    """Every order but `like` was done by somebody, a third of them rated."""
    helpers = list(Provider.objects.order_by("pk").values_list("pk", flat=True))
    done = Order.objects.exclude(pk=like.pk)
    Order.objects.filter(pk__in=list(done.values_list("pk", flat=True))[::3]).update(state="rated", rating=5)
    Offer.objects.bulk_create(
        (
            Offer(
                hub_id=like.hub_id, order_id=pk, provider_id=helpers[place % len(helpers)], token=f"job-{pk}", state="accepted", offered_at=at,
                lapses_at=at, answered_at=at, helper_name="周师傅",
            )
            for place, (pk, at) in enumerate(done.values_list("pk", "created_at"))
        ),
        batch_size=1000,
    )  # fmt: skip


def measured(call: Callable[[], object]) -> tuple[float, int]:
    """The slowest but one of twenty-one in milliseconds, and the statements, once warm."""
    with CaptureQueriesContext(connection) as asked:
        call()
    times = []
    for _call in range(CALLS):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    say(f"  middle {statistics.median(times):.1f} ms")
    return sorted(times)[-2], len(asked)
