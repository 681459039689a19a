"""What is due without anybody pressing a key."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from hub.closings.actions import standing_of
from hub.core import clock
from hub.hubs.models import Hub
from hub.people.states import Roles
from hub.promises.actions import promise
from hub.promises.models import Promise
from hub.workdays.calendar import calendar_of
from mutualaid.vanguard import months
from mutualaid.vanguard.actions.writing import CLOSE_MONTH, MONTH
from mutualaid.vanguard.models import Rating

KEPT_FOR = timedelta(days=62)  # what a browser left: until the month it came in has long been closed


def forget_browsers() -> int:
    """Blank what browsers left with ratings of months long over."""
    left = ~Q(mark="") | ~Q(address="") | ~Q(cookie="") | Q(issued_by__isnull=False)
    rows = Rating.objects.filter(left, received_at__lt=clock.now() - KEPT_FOR)
    return int(rows.update(mark="", address="", cookie="", issued_by=None, waited_seconds=None))


def remind_to_close() -> int:
    """A month with ratings that is over and not closed is owed to be closed, once; nothing is closed by itself."""
    month = months.last_month(months.this_month())
    period, made = months.period_of(month), 0
    if not months.is_over(month):
        return 0
    for hub in Hub.objects.order_by("pk"):
        subject = {"subject_label": MONTH, "subject_ref": f"{hub.slug}:{period}"}
        if not Rating.objects.at(hub).of_month(month).exists() or standing_of(hub=hub, kind=MONTH, period=period):
            continue
        if Promise.objects.filter(kind=CLOSE_MONTH, **subject).exists():
            continue
        due_at = calendar_of(hub).add_working_days(clock.now(), settings.VANGUARD_CORRECTION_WORKDAYS)
        promise(hub_id=hub.pk, kind=CLOSE_MONTH, subject=MONTH, ref=subject["subject_ref"], due_at=due_at, team=Roles.REVIEWER, note=period)
        made += 1
    return made
