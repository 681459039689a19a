"""Services and orders for tests."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import factory

from bookings.orders.actions import Asker, place_order
from bookings.orders.models import Order, Service, ServicePrice, ServiceWaiver, ServiceWindow
from bookings.orders.rules import Asked
from bookings.payments.actions import open_charge
from hub.core import clock
from hub.core.references import new_reference
from hub.core.versions import first_version
from hub.hubs.models import Hub
from hub.people.models import Entitlement
from hub.workdays.models import SpecialDay
from tests.cast import user_with
from tests.factories.people import EntitlementFactory, ResidentFactory

_token = count(1)
MONDAY = date(2026, 11, 30)
WINDOWS = (("08:00", "10:00"), ("10:00", "12:00"), ("14:00", "16:00"), ("16:00", "18:00"))


class ServiceFactory(factory.django.DjangoModelFactory):
    """Something done at the home for 30 yuan, in four windows of every day."""

    class Meta:
        model = Service
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"service{n}")
    name_zh = "家政保洁"
    name_en = "House cleaning"
    line_zh = "擦窗、拖地、整理厨房"
    line_en = "Windows, floors, kitchen"
    group = "household"
    place = "home"
    drawing = "clean"
    lead_hours = 2
    horizon_days = 14
    cancel_hours = 2
    most = 5

    @factory.post_generation
    def windows(self, create: bool, given: Any, **_: Any) -> None:
        """`windows=[("08:00", "10:00"), …]`; left out: the usual four."""
        for starts, ends in WINDOWS if given is None else given:
            ServiceWindow.objects.create(service=self, starts_at=time.fromisoformat(starts), ends_at=time.fromisoformat(ends))

    @factory.post_generation
    def price(self, create: bool, given: Any, **_: Any) -> None:
        """`price=3000`: fen for one, from the beginning of the year; 0 for free; False for none."""
        if given is not False:
            a_price(self, 3000 if given is None else given)

    @factory.post_generation
    def waivers(self, create: bool, given: Any, **_: Any) -> None:
        """`waivers={"low_income": 0}`: who pays how many percent."""
        for kind, percent in (given or {}).items():
            ServiceWaiver.objects.create(service=self, kind=kind, percent=percent)


def a_price(service: Service, fen: int, *, valid_from: date = date(2026, 1, 1), call_out_fen: int = 0, unit: str = "time") -> ServicePrice:
    """A price from a date on."""
    price: ServicePrice = ServicePrice.objects.create(service=service, valid_from=valid_from, fen=fen, call_out_fen=call_out_fen, unit=unit)
    return price


def at(day: date, clock_text: str) -> datetime:
    """An instant on the wall clock of the house."""
    return clock.at(day, time.fromisoformat(clock_text))


def asked(start: str = "08:00", end: str = "10:00", *, day: date = MONDAY, quantity: int = 1, community: Any = None, address: str = "3号楼2单元301") -> Asked:
    """Monday 30 November, eight to ten, once, at building 3."""
    return Asked(at(day, start), at(day, end), quantity, community, address)


def asker(**given: Any) -> Asker:
    """Somebody with a name and a phone."""
    return Asker(**{"name": "王秀兰", "phone": "13800001234", "what": "厨房油烟重", **given})


def order(hub: Any, service: Service, wanted: Asked | None = None, *, token: str = "", seen: int | None = None, another: bool = False, **given: Any) -> Order:
    """Order as every way in does."""
    return place_order(
        hub=hub, service=service, asked=wanted or asked(), by=asker(**given), token=token or f"order-token-{next(_token):06d}", seen_fen=seen,
        is_another_matter=another,
    )  # fmt: skip


def entitled(hub: Any, kind: str = "low_income", **given: Any) -> Entitlement:
    """A verified entitlement of a new resident, or of the `resident` given."""
    resident = given.pop("resident", None) or ResidentFactory(hub=hub)
    checked = {"verified_by": user_with("clerk", hub), "verified_at": clock.now()}
    made: Entitlement = EntitlementFactory(resident=resident, kind=kind, **{**checked, **given})
    return made


def special_day(hub: Any, day: date, kind: str = "closed") -> None:
    """A day on which the hub is closed, or works although it is a Sunday."""
    SpecialDay.objects.create(hub=hub, day_on=day, kind=kind, label_zh="检修")
    Hub.objects.filter(pk=hub.pk).update(calendar_version=first_version())
    hub.refresh_from_db()


def helper_of(hub: Any) -> Any:
    """The household helper of a hub."""
    return user_with("provider", hub)


def past_order(hub: Any, service: Service, *, days_ago: int = 1, state: str = "taken", **given: Any) -> Order:
    """An order of an earlier day, written past the rules, with its charge."""
    start = clock.now() - timedelta(days=days_ago)
    columns: dict[str, Any] = {
        "hub": hub, "service": service, "reference": new_reference("order"), "token": f"past-order-{next(_token)}", "state": state, "contact_name": "王秀兰",
        "contact_phone": "13800001234", "starts_at": start, "ends_at": start + timedelta(hours=2), "list_fen": 3000, "price_fen": 3000, "price_reason": "list",
        "cancel_by": start - timedelta(hours=2), "created_at": start - timedelta(days=1),
        "done_at": start if state in {"done", "rated"} else None, "closed_at": start if state in {"cancelled", "declined"} else None,
        "helper_name": "李师傅", "rating": 5 if state == "rated" else None,
    }  # fmt: skip
    made: Order = Order.objects.create(**{**columns, **given})
    open_charge(hub_id=hub.pk, purpose="orders.order", ref=made.reference, list_fen=made.list_fen, due_fen=made.price_fen, waived_for=made.waived_for)
    return made
