"""The questions every order asks of the database, in plain SQL: three statements instead of eight.

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
from hub.people.queries import ENTITLED

ORDERS, AREAS = Order._meta.db_table, Service.areas.through._meta.db_table
WINDOWS, PRICES, WAIVERS = (model._meta.db_table for model in (ServiceWindow, ServicePrice, ServiceWaiver))
OPEN = " OR ".join(f"state = '{state}'" for state in IS_OPEN)  # not "in": hub.core.sql.one_of
RULES = (
    f"SELECT 'window', CAST(starts_at AS TEXT), CAST(ends_at AS TEXT), 0, 0 FROM {WINDOWS} WHERE service_id = %s "  # noqa: S608  table names of our own models
    f"UNION ALL SELECT 'price', CAST(valid_from AS TEXT), unit, fen, call_out_fen FROM {PRICES} WHERE service_id = %s "
    f"UNION ALL SELECT 'waiver', kind, '', percent, 0 FROM {WAIVERS} WHERE service_id = %s "
    f"UNION ALL SELECT 'area', '', '', community_id, 0 FROM {AREAS} WHERE service_id = %s"
)
TWIN = f"SELECT 'twin', id, body_digest, created_at FROM {ORDERS} WHERE token = %s"  # noqa: S608  as above
SERVICE = f"SELECT * FROM {Service._meta.db_table} WHERE id = %s AND hub_id = %s"  # noqa: S608  as above
SAME = f" UNION ALL SELECT 'same', id, '', created_at FROM {ORDERS} WHERE {{about}} = %s AND service_id = %s AND hub_id = %s AND ({OPEN})"  # noqa: S608  as above
HELD = f" UNION ALL SELECT 'held', id, kind, NULL {ENTITLED}"


@dataclass(frozen=True, slots=True)
class Rules:
    """What stands beside a service: windows, prices (valid from, fen, unit, call-out), who pays how many percent, ids of the communities served."""

    windows: list[tuple[time, time]]
    prices: list[tuple[date, int, str, int]]
    waivers: list[tuple[str, int]]
    areas: list[int]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is there already: the id and body of the order this token made; the id of the first open one that may be the same matter; ids and kinds of the
    entitlements that hold on the day."""

    twin: tuple[int, str] | None
    same: int | None
    held: list[tuple[int, str]]


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


def what_stands(*, token: str, hub_id: int, service_id: int, phone: str, person_id: int | None, day: date | None = None) -> Standing:
    """Asked under the service's lock. The same matter: this service, for that person or from that number, each looked up by itself.

    (As one condition with "or" PostgreSQL read every open order, the more the longer ago it had counted them.)
    """
    statement, values = TWIN, list[Any]([token])
    for about, value in (("contact_phone", phone), ("for_person_id", person_id)):
        if value:
            statement += SAME.format(about=about)
            values += [value, service_id, hub_id]
    if person_id and day:
        statement += HELD
        values += [person_id, day, day]
    rows = answers(statement, values)
    same = sorted((made, pk) for what, pk, _text, made in rows if what == "same")
    return Standing(
        twin=next(((pk, digest) for what, pk, digest, _made in rows if what == "twin"), None),
        same=same[0][1] if same else None,
        held=sorted((pk, kind) for what, pk, kind, _made in rows if what == "held"),
    )
