"""What a day can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kinds(models.TextChoices):
    """What makes a day differ from its place in the week."""

    HOLIDAY = "holiday", _("public holiday")
    MAKEUP = "makeup", _("make-up workday")
    WORKDAY = "workday", _("ordinary workday")
    REST = "rest", _("day off")
    CLOSED = "closed", _("house closed")


class Sources(models.TextChoices):
    """Who put a special day there."""

    SEEDED = "seeded", _("from the list of holidays")
    STAFF = "staff", _("by the house")


class HoursOf(models.IntegerChoices):
    """Whose opening hours hold: a weekday's, or those of public holidays."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")
    PUBLIC_HOLIDAY = 7, _("public holiday")
