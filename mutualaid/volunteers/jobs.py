"""What the clock sets off. Each job may run twice, and two at once."""

from datetime import time, timedelta

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast

from hub.core import clock
from hub.served.models import ServiceEvent
from mutualaid.volunteers import rules
from mutualaid.volunteers.actions import credit_service, remind, settle
from mutualaid.volunteers.actions.served import SERVED
from mutualaid.volunteers.actions.shifts import tomorrow
from mutualaid.volunteers.models import HoursEntry, Shift, SignUp

REMIND_FROM = time(9)  # nobody is rung up earlier
LOOK_BACK = timedelta(days=35)  # for services that came late into the ledger
AT_ONCE = 500


def remind_of_tomorrow() -> int:
    """Who has a place in a shift of tomorrow is told once; how many. Nobody before nine in the morning."""
    if clock.local(clock.now()).time() < REMIND_FROM:
        return 0
    start, end = tomorrow()
    rows = SignUp.objects.going().filter(shift__starts_at__gte=start, shift__starts_at__lt=end, shift__called_off_at=None, reminded_at=None)
    return sum(remind(sign_up=row) for row in rows.order_by("id")[:AT_ONCE])


def settle_over() -> int:
    """Shifts that are over: who did not check out left at the end. How many people that were."""
    over = Shift.objects.filter(settled_at=None, called_off_at=None, ends_at__lt=clock.now() - rules.SETTLE_AFTER)
    return sum(settle(shift=shift) for shift in over.order_by("ends_at")[:AT_ONCE])


def credit_services() -> int:
    """Services of the last weeks whose time is known, done by volunteers, are filed for them; how many."""
    its_entry = HoursEntry.objects.filter(subject_label=SERVED, subject_ref=Cast(OuterRef("pk"), CharField()))
    rows = ServiceEvent.objects.filter(~Exists(its_entry), started_at__isnull=False, by__isnull=False, recorded_at__gte=clock.now() - LOOK_BACK)
    return sum(credit_service(event=event) is not None for event in rows.select_related("by", "hub").order_by("id")[:AT_ONCE])
