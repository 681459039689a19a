"""Callers, calls and what is posted to their page."""

from typing import Any

from django.test import Client

from bookings.orders.models import Service
from hub.desk import actions
from hub.desk.models import Call, WrapUpCode
from hub.people.models import Resident
from tests.cast import user_with
from tests.factories.orders import MONDAY, ServiceFactory
from tests.factories.people import ResidentFactory
from tests.factories.places import BuildingFactory

LANDLINE = "037166218834"
MOBILE = "13800001234"


def a_caller(hub: Any, **given: Any) -> Resident:
    """Somebody with a number and a home."""
    building = given.pop("building", None) or BuildingFactory(hub=hub)
    made: Resident = ResidentFactory(**{"hub": hub, "name": "王秀兰", "phone": MOBILE, "building": building, "door": "2-301", **given})
    return made


def a_call(hub: Any, **given: Any) -> Call:
    """A call of the operator's, begun now."""
    by = given.pop("by", None) or user_with("operator", hub)
    return actions.open_call(**{"hub": hub, "by": by, "phone": MOBILE, **given})


def code_of(hub: Any, code: str = "answered") -> WrapUpCode:
    """One of the first codes."""
    return WrapUpCode.objects.get(hub=hub, code=code)


def ordering(service: Service, **given: Any) -> dict[str, Any]:
    """What the order's form posts: Monday, eight to ten."""
    return {
        "task": "orders",
        "turn": "0",
        "service": service.pk,
        "day": MONDAY.isoformat(),
        "window": "08:00-10:00",
        "quantity": "1",
        "what": "水管漏水",
        **given,
    }


def a_service(hub: Any, **given: Any) -> Service:
    """Something done at the home; for who has little it is free."""
    made: Service = ServiceFactory(**{"hub": hub, "waivers": {"low_income": 0}, **given})
    return made


def post(client: Client, call: Call, step: str, **typed: Any) -> Any:
    """Press one key on the call's page."""
    return client.post(call.url, {"task": "orders", "turn": "0", **typed, "step": step})
