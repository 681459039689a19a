"""Who served an order or a class has not to file it once more: the service ledger says how long it took."""

from django.db import transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.people.queries import resident_of
from hub.people.states import Roles
from hub.served.models import ServiceEvent
from mutualaid.volunteers import rules
from mutualaid.volunteers.actions.hours import file_hours
from mutualaid.volunteers.models import HoursEntry, Member
from mutualaid.volunteers.states import Sources

SERVED = "served.serviceevent"


@transaction.atomic
def credit_service(*, event: ServiceEvent) -> HoursEntry | None:
    """File the hours of one service for the volunteer who did it, once. None when it was no volunteer, when nobody knows how long it took, or
    when the book refuses it (the time stands there already). Filed by the house itself: a coordinator confirms."""
    if event.by is None or event.started_at is None or event.happened_at - event.started_at > rules.LONGEST_SERVICE:
        return None
    person = resident_of(event.by, event.hub)
    if person is None:
        return None
    member = Member.objects.at(event.hub).on(clock.local(event.happened_at).date()).filter(resident=person).select_related("team").first()
    if member is None and not event.by.roles.filter(hub_id=event.hub_id, role=Roles.VOLUNTEER).exists():
        return None
    try:
        with transaction.atomic():
            return file_hours(
                resident=person, starts_at=event.started_at, ends_at=event.happened_at, what=event.what, by=None, source=Sources.SERVED,
                team=member.team if member else None, subject=SERVED, ref=str(event.pk),
            )  # fmt: skip
    except RuleBroken:
        return None
