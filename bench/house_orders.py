"""Our own orders for the bench: a service with every kind of rule, a resident entitled to it, orders by the hundred thousand."""

from datetime import date, datetime, time, timedelta
from itertools import count

from django.db import connection

from bench.house import copies
from bookings.orders.actions import Asker, place_order
from bookings.orders.models import Order, Service, ServicePrice, ServiceWaiver, ServiceWindow
from bookings.orders.rules import Asked
from bookings.orders.states import Groups
from bookings.payments.models import Charge
from hub.core import clock
from hub.core.references import new_token
from hub.hubs.models import Hub
from hub.people.models import Entitlement, Resident, User
from hub.people.states import EntitlementKinds, ProofKinds
from hub.places.models import Community

SERVICES = 14
RESIDENTS = 400
AHEAD = timedelta(days=7)
KIND = EntitlementKinds.LOW_INCOME


class HouseOrders:
    """What the order's last page calls, for a resident with an account, an address and an entitlement that lowers the price."""

    def __init__(self) -> None:
        self.hub = Hub.objects.get(slug="bench")
        self.community = Community.objects.create(hub=self.hub, name_zh="西大街社区")
        self.services = [self.open_service(number) for number in range(SERVICES)]
        self.user = User.objects.create(username="bench-orders", name="王秀兰", phone="13800001234")
        self.numbers = count()
        people = [Resident(hub=self.hub, name="王秀兰", user=None if number else self.user) for number in range(RESIDENTS)]
        self.residents = Resident.objects.bulk_create(people)
        self.resident = self.residents[0]
        Entitlement.objects.bulk_create(
            Entitlement(
                hub=self.hub, resident=resident, kind=KIND, proof=ProofKinds.CERTIFICATE, valid_from=date(2020, 1, 1), verified_by=self.user,
                verified_at=clock.now(),
            )
            for resident in self.residents
        )  # fmt: skip

    def open_service(self, number: int) -> Service:
        """A dish with three windows a day, prices of three years, two who pay less, one community."""
        service = Service(
            hub=self.hub, slug=f"service{number}", name_zh="管道疏通", line_zh="下水道不通", group=Groups.values[0], lead_hours=2, horizon_days=60, most=5
        )
        service.save()
        ServiceWindow.objects.bulk_create(ServiceWindow(service=service, starts_at=time(hour), ends_at=time(hour + 2)) for hour in (8, 10, 14))
        ServicePrice.objects.bulk_create(ServicePrice(service=service, valid_from=date(year, 1, 1), fen=3000, call_out_fen=500) for year in (2020, 2022, 2024))
        ServiceWaiver.objects.bulk_create(
            ServiceWaiver(service=service, kind=kind, percent=percent) for kind, percent in ((KIND, 50), (EntitlementKinds.DISABLED, 0))
        )
        service.areas.add(self.community)
        service.save()
        return service

    def asked(self, number: int) -> Asked:
        """The `number`-th window there is, from a week ahead on."""
        day = clock.today() + AHEAD + timedelta(days=number // 3 % 30)
        start = time((8, 10, 14)[number % 3])
        return Asked(clock.at(day, start), clock.at(day, time(start.hour + 2)), 1, self.community.pk, "3号楼2单元301")

    def place(self, *, entitled: bool = True) -> Order:
        """The next order: of a resident who has not ordered this service yet, each from a number of their own."""
        number = next(self.numbers)
        person = self.residents[number // SERVICES]
        phone = f"139{number // SERVICES:08d}"
        by = Asker(name="王秀兰", phone=phone, what="厨房", user=self.user, asked_by=person, for_person=person if entitled else None)
        service = self.services[number % SERVICES]
        return place_order(hub=self.hub, service=service, asked=self.asked(number), by=by, token=new_token())


def fill_orders(like: Order, first: int, last: int) -> None:
    """Copies of `like` as done ones of all residents with their settled charges, numbered from `first` to `last`.

    Four a day and service, back from yesterday.
    """
    start: datetime = clock.at(clock.today() - timedelta(days=1), time(8))
    ids = list(Service.objects.order_by("pk").values_list("pk", flat=True))
    people = list(Resident.objects.order_by("pk").values_list("pk", flat=True)[:RESIDENTS])
    services = ", ".join(f"({place}, {pk})" for place, pk in enumerate(ids))
    if connection.vendor == "postgresql":
        numbers = f"SELECT n FROM generate_series({first}, {last}) n"
        at = f"'{start.isoformat()}'::timestamptz - (n / 56) * interval '1 day'"
        after, reference = "filled.at + interval '2 hours'", "(60000000 + filled.n)::text"
    else:
        numbers = f"WITH RECURSIVE counted(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM counted WHERE n < {last}) SELECT n FROM counted"
        at = f"datetime('{start:%Y-%m-%d %H:%M:%S}', '-' || (n / 56) || ' days')"
        after, reference = "datetime(filled.at, '+2 hours')", "CAST(60000000 + filled.n AS TEXT)"
    which = f"({numbers}) numbers JOIN service ON place = n % {len(ids)}"
    filled = f"WITH service(place, service_id) AS (VALUES {services}) SELECT n, {at} AS at, service_id FROM {which}"
    copies(
        like, filled,
        {
            "reference": reference, "token": f"'fill-' || {reference}", "service_id": "filled.service_id", "state": "'done'", "helper_name": "'周师傅'",
            "for_person_id": f"{people[0]} + filled.n % {len(people)}" if people else "NULL",
            "starts_at": "filled.at", "ends_at": after, "done_at": after, "cancel_by": "filled.at", "created_at": "filled.at",
        },
    )  # fmt: skip
    charge = Charge.objects.get(purpose="orders.order", subject_ref=like.reference)
    settled = {"state": "'settled'", "received_fen": "original.due_fen", "opened_at": "filled.at", "closed_at": after}
    copies(charge, filled, {"subject_ref": reference, "token": f"'fill-' || {reference}", **settled})
