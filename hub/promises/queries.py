"""Which promises are due, and how well they are kept."""

from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from hub.core import clock
from hub.hubs.models import Hub
from hub.promises.models import Promise
from hub.promises.rules import on_time_rate
from hub.promises.states import Outcomes


def due_next(hub: Hub, *, limit: int = 20, owner_id: int | None = None, team: str = "", kind: str = "") -> QuerySet[Promise]:
    """Open promises of the hub, the most urgent first; of one person, team or kind when named."""
    found = Promise.objects.at(hub).open().select_related("owner").order_by("due_at", "id")
    wanted = {"owner_id": owner_id, "team": team, "kind": kind}
    return found.filter(**{name: value for name, value in wanted.items() if value})[:limit]


def rate_of(hub: Hub, *, since: datetime, until: datetime | None = None, kind: str = "") -> float | None:
    """The on-time rate of promises due from `since` up to `until` (now): see rules. A dropped one counts as closed, not as met."""
    now = clock.now()
    due = Promise.objects.at(hub).filter(due_at__gte=since, due_at__lt=until or now)
    if kind:
        due = due.filter(kind=kind)
    counted = due.aggregate(
        met=Count("pk", filter=Q(outcome=Outcomes.KEPT, done_at__lte=F("due_at"))),
        closed=Count("pk", filter=Q(done_at__isnull=False)),
        overdue=Count("pk", filter=Q(done_at__isnull=True, due_at__lt=now)),
    )
    return on_time_rate(met_count=counted["met"], closed_count=counted["closed"], open_overdue_count=counted["overdue"])
