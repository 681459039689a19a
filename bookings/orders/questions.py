"""The questions every order asks of the database, in plain SQL: three statements instead of seven.

Through the ORM they were half of an order's time, most of it writing the statements down (measured: bench rows `orders.place`). Everything
else of an order goes through the ORM.
"""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import connection

from bookings.orders.models import Order, Service, ServicePrice, ServiceWaiver, ServiceWindow
from bookings.orders.states import IS_OPEN
from hub.core.sql import answers

ORDERS, AREAS = Order._meta.db_table, Service.areas.through._meta.db_table
WINDOWS, PRICES, WAIVERS = (model._meta.db_table for model in (ServiceWindow, ServicePrice, ServiceWaiver))
OPEN = " OR ".join(f"state = '{state}'" for state in IS_OPEN)  # not "in": hub.core.sql.one_of
RULES = (
    f"SELECT 'window', CAST(starts_at AS TEXT), CAST(ends_at AS TEXT), 0, 0 FROM {WINDOWS} WHERE service_id = %s "  # noqa: S608  table names of our own models
    f"UNION ALL SELECT 'price', CAST(valid_from AS TEXT), unit, fen, call_out_fen FROM {PRICES} WHERE service_id = %s "
    f"UNION ALL SELECT 'waiver', kind, '', percent, 0 FROM {WAIVERS} WHERE service_id = %s "
    f"UNION ALL SELECT 'area', '', '', community_id, 0 FROM {AREAS} WHERE service_id = %s"
)
TWIN = f"SELECT id, body_digest, 1 FROM {ORDERS} WHERE token = %s"  # noqa: S608  as above
SERVICE = f"SELECT * FROM {Service._meta.db_table} WHERE id = %s AND hub_id = %s"  # noqa: S608  as above
SAME = (
    f"SELECT id, '', 0 FROM (SELECT id FROM {ORDERS} WHERE hub_id = %s AND service_id = %s AND ({OPEN}) "  # noqa: S608  as above
    "AND ({about}) ORDER BY created_at, id LIMIT 1) same"
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What stands beside a service: windows, prices (valid from, fen, unit, call-out), who pays how many percent, ids of the communities served."""

    windows: list[tuple[time, time]]
    prices: list[tuple[date, int, str, int]]
    waivers: list[tuple[str, int]]
    areas: list[int]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is there already: the id and body of the order this token made; the id of the first open one that may be the same matter."""

    twin: tuple[int, str] | None
    same: int | None


def locked_service(service_id: int, hub_id: int) -> Service | None:
    """The service as it stands now, locked; None when this hub has no such service.

    Inside a transaction. On SQLite its BEGIN has locked everything already.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a lock outside a transaction locks nothing")
    statement = f"{SERVICE} FOR UPDATE" if connection.features.has_select_for_update else SERVICE
    return next(iter(Service.objects.raw(statement, [service_id, hub_id])), None)


def rules_of(service_id: int) -> Rules:
    """Everything that stands beside one service, in the order its lists show it."""
    rows = answers(RULES, [service_id] * 4)
    return Rules(
        windows=sorted((time.fromisoformat(first), time.fromisoformat(second)) for kind, first, second, _n, _m in rows if kind == "window"),
        prices=sorted((date.fromisoformat(first), fen, unit, call_out) for kind, first, unit, fen, call_out in rows if kind == "price"),
        waivers=[(first, percent) for percent, first in sorted((n, first) for kind, first, _second, n, _m in rows if kind == "waiver")],
        areas=[n for kind, _first, _second, n, _m in rows if kind == "area"],
    )


def what_stands(*, token: str, hub_id: int, service_id: int, phone: str, person_id: int | None) -> Standing:
    """Asked under the service's lock. The same matter: this service, for that person or from that number."""
    about = {"for_person_id = %s": person_id, "contact_phone = %s": phone}
    about = {condition: value for condition, value in about.items() if value}
    statement, values = TWIN, list[Any]([token])
    if about:
        statement = f"{TWIN} UNION ALL {SAME.format(about=' OR '.join(about))}"
        values = [token, hub_id, service_id, *about.values()]
    rows = answers(statement, values)
    twin = next(((pk, digest) for pk, digest, is_twin in rows if is_twin), None)
    return Standing(twin, next((pk for pk, _digest, is_twin in rows if not is_twin), None))
