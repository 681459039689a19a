"""When parcels can be collected, by the hub's own hours and its working calendar."""

from collections.abc import Callable
from datetime import date, datetime

from hub.core import clock
from hub.hubs.models import Hub
from hub.workdays.calendar import calendar_of
from mutualaid.clothing import rules
from mutualaid.clothing.models import CollectionHour
from mutualaid.clothing.rules import Hours, Slot


def slots_of(hub: Hub, *, is_for_staff: bool = False) -> list[Slot]:
    """What can be chosen now, the soonest first; instants on the wall clock of the house."""
    hours = (Hours(*row) for row in CollectionHour.objects.at(hub).values_list("weekday", "starts_at", "ends_at"))
    return rules.slots(hours, clock.local(clock.now()), clock.zone(), weekday_of(hub), is_for_staff=is_for_staff)


def weekday_of(hub: Hub) -> Callable[[date], int | None]:
    """Whose weekday's hours hold on a day: none on a closed day and on holidays."""
    calendar = calendar_of(hub)

    def asked(day: date) -> int | None:
        found = calendar.day(day)
        return None if found.is_closed else found.hours_of

    return asked


def kept_until(hub: Hub, slot: Slot) -> datetime:
    """Until when a parcel waits: some working days after its slot."""
    return calendar_of(hub).add_working_days(slot.ends_at, rules.KEPT_WORKDAYS)


def slot_named(slots: list[Slot], code: str) -> Slot | None:
    """The slot with this code, when it can be chosen."""
    return next((slot for slot in slots if slot.code == code), None)
