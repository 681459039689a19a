"""A service as its rules read it, and the calendar they ask. Read anew each time: a menu of twenty is five short statements.

Tried: keeping facts in memory under a version, as rooms do. Orders are a hundredth of bookings, and a price that is never kept is never stale.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from bookings.orders.models import Service
from bookings.orders.questions import rules_of
from bookings.orders.rules import DayOf, OpenDay, Price, ServiceFacts
from hub.hubs.models import Hub
from hub.workdays.calendar import calendar_of


def facts_of(service: Service) -> ServiceFacts:
    """Its facts; cheap when it was read `with_rules`."""
    return _facts(
        service,
        windows=((window.starts_at, window.ends_at) for window in service.windows.all()),
        areas=(area.pk for area in service.areas.all()),
        prices=((price.valid_from, price.fen, price.unit, price.call_out_fen) for price in service.prices.all()),
        waivers=((waiver.kind, waiver.percent) for waiver in service.waivers.all()),
    )


def facts_now(service: Service) -> ServiceFacts:
    """The same of a service read without its rules, in one statement."""
    rules = rules_of(service.pk)
    return _facts(service, windows=rules.windows, areas=rules.areas, prices=rules.prices, waivers=rules.waivers)


def _facts(service: Service, *, windows: Iterable[Any], areas: Iterable[int], prices: Iterable[Any], waivers: Iterable[Any]) -> ServiceFacts:
    return ServiceFacts(
        place=service.place,
        days=service.days,
        lead_hours=service.lead_hours,
        horizon_days=service.horizon_days,
        cancel_hours=service.cancel_hours,
        most=service.most,
        windows=tuple(windows),
        areas=frozenset(areas),
        prices=tuple(Price(*row) for row in prices),
        waivers=tuple(waivers),
    )


def day_of(hub: Hub) -> DayOf:
    """What the hub's working calendar says of a day."""
    calendar = calendar_of(hub)

    def asked(day: date) -> OpenDay:
        found = calendar.day(day)
        return OpenDay(is_closed=found.is_closed, is_workday=found.is_workday)

    return asked
