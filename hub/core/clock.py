"""The only now. Times are stored in UTC and read in the install's one zone (settings.TIME_ZONE)."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


@lru_cache(maxsize=1)
def zone() -> ZoneInfo:
    """The install's zone; a ZoneInfo, never a fixed offset (recurrence rules refuse those)."""
    return ZoneInfo(settings.TIME_ZONE)


def now() -> datetime:
    """This instant, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The local date."""
    return now().astimezone(zone()).date()


def local(moment: datetime) -> datetime:
    """The same instant on the wall clock of the house."""
    return moment.astimezone(zone())


def at(day: date, clock: time) -> datetime:
    """The aware instant at which the wall clock of the house shows `clock` on `day`."""
    return datetime.combine(day, clock, tzinfo=zone())


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The local day as a half-open pair of instants."""
    return at(day, time.min), at(day + timedelta(days=1), time.min)


def month_bounds(month: date) -> tuple[datetime, datetime]:
    """The local month of a day as a half-open pair of instants."""
    start, _end = day_bounds(month.replace(day=1))
    until, _end = day_bounds((month.replace(day=28) + timedelta(days=4)).replace(day=1))
    return start, until
