"""Where the calendar appears elsewhere."""

from collections.abc import Iterable

from hub.core import clock
from hub.core.joins import HubOpener, IntegrityCheck, PeriodicJob, hub_openers, integrity_checks, periodic_jobs
from hub.hubs.models import Hub
from hub.workdays.actions import seed_year
from hub.workdays.models import SpecialDay


def open_calendar(hub: Hub) -> None:
    """Every hub begins with the holidays of this year and the next."""
    for year in years_ahead():
        seed_year(hub=hub, year=year)


def seed_all_hubs() -> int:
    """The same for all hubs, for the turn of the year and for a newer list of holidays; how many days changed."""
    return sum(seed_year(hub=hub, year=year) for hub in Hub.objects.order_by("pk") for year in years_ahead())


def years_ahead() -> tuple[int, int]:
    """This year and the next."""
    year = clock.today().year
    return year, year + 1


def hubs_without_days() -> Iterable[str]:
    """One sentence for every hub whose calendar has no special day this year."""
    filled = SpecialDay.objects.filter(day_on__year=clock.today().year).values("hub")
    for hub in Hub.objects.exclude(pk__in=filled):
        yield f"workdays.SpecialDay: {hub.slug} has no holidays for this year"


hub_openers.register(HubOpener("calendar", open_calendar, order=20))
periodic_jobs.register(PeriodicJob("workdays.fill", seed_all_hubs, every_minutes=24 * 60, about="Puts the holidays of this year and the next there."))
integrity_checks.register(IntegrityCheck("calendar_is_filled", hubs_without_days))
