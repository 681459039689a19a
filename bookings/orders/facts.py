"""A service as its rules read it, and the calendar they ask. Read anew each time: a menu of twenty is five short statements."""

from datetime import date

from bookings.orders.models import Service
from bookings.orders.rules import DayOf, OpenDay, Price, ServiceFacts
from hub.hubs.models import Hub
from hub.workdays.calendar import calendar_of


def facts_of(service: Service) -> ServiceFacts:
    """Its facts; cheap when it was read `with_rules`."""
    return ServiceFacts(
        place=service.place,
        days=service.days,
        lead_hours=service.lead_hours,
        horizon_days=service.horizon_days,
        cancel_hours=service.cancel_hours,
        most=service.most,
        windows=tuple((window.starts_at, window.ends_at) for window in service.windows.all()),
        areas=frozenset(area.pk for area in service.areas.all()),
        prices=tuple(Price(price.valid_from, price.fen, price.unit, price.call_out_fen) for price in service.prices.all()),
        waivers=tuple((waiver.kind, waiver.percent) for waiver in service.waivers.all()),
    )


def day_of(hub: Hub) -> DayOf:
    """What the hub's working calendar says of a day."""
    calendar = calendar_of(hub)

    def asked(day: date) -> OpenDay:
        found = calendar.day(day)
        return OpenDay(is_closed=found.is_closed, is_workday=found.is_workday)

    return asked
