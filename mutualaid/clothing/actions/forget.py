"""Names go when nobody needs them any more; what was counted stays."""

from datetime import datetime

from django.db.models import Q

from hub.core import clock
from mutualaid.clothing.models import Intake, Parcel
from mutualaid.clothing.rules import DONORS_ARE_KEPT_FOR, NAMES_ARE_KEPT_FOR


def forget_names(*, now: datetime | None = None) -> int:
    """Blank who gave, a month after, and whose a parcel was, half a year after it was over; how many rows. Safe twice."""
    now = now or clock.now()
    givers = Intake.objects.filter(at__lt=now - DONORS_ARE_KEPT_FOR).exclude(donor_name="", donor_phone="", donor=None)
    before = now - NAMES_ARE_KEPT_FOR
    over = Parcel.objects.filter(Q(handed_at__lt=before) | Q(closed_at__lt=before)).exclude(contact_name="", contact_phone="", note="", decision="")
    blanked = givers.update(donor_name="", donor_phone="", donor=None, wants_thanks=False)
    return int(blanked + over.update(contact_name="", contact_phone="", note="", decision=""))
