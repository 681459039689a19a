"""What a sign-up and an entry of the hours book can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SignUpStates(models.TextChoices):
    """A volunteer's place in a shift."""

    GOING = "going", pgettext_lazy("volunteer", "has a place")
    WAITING = "waiting", _("on the waiting list")
    WITHDRAWN = "withdrawn", pgettext_lazy("volunteer", "withdrawn")
    CALLED_OFF = "called_off", _("called off by the house")
    ABSENT = "absent", _("did not come")


LIVES = (SignUpStates.GOING, SignUpStates.WAITING)


class Sources(models.TextChoices):
    """Where an entry of the hours book comes from."""

    SHIFT = "shift", _("a shift")
    OWN = "own", _("filed by the volunteer")
    SERVED = "served", _("a service done")
    IMPORTED = "imported", _("taken over from a list")


class HoursStates(models.TextChoices):
    """Filed by one, decided by another; only what is confirmed counts."""

    FILED = "filed", _("waiting to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("hours", "confirmed")
    REFUSED = "refused", _("not recognised")


class TakesTime(models.TextChoices):
    """Whether an entry keeps its time from others of the same person: not when refused, reversed, or a reversal."""

    YES = "yes", _("yes")
    NO = "no", _("no")
