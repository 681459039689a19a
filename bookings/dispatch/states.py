"""What an offer, a helper and a statement can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfferStates(models.TextChoices):
    """One question to one helper: will you do this job?"""

    OFFERED = "offered", _("asked, no answer yet")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("said no")
    LAPSED = "lapsed", _("did not answer in time")
    WITHDRAWN = "withdrawn", _("taken back")


LIVES = (OfferStates.OFFERED, OfferStates.ACCEPTED)
IS_OVER = (OfferStates.DECLINED, OfferStates.LAPSED, OfferStates.WITHDRAWN)


class DeclineReasons(models.TextChoices):
    """Why a helper says no."""

    BUSY = "busy", _("I am at another job then")
    TOO_FAR = "too_far", _("it is too far")
    NOT_MY_WORK = "not_my_work", _("I cannot do this work")
    UNWELL = "unwell", _("I am unwell or away")
    OTHER = "other", _("another reason")


class ProviderKinds(models.TextChoices):
    """Who goes to the home."""

    SINGLE = "single", _("single helper")
    FIRM = "firm", _("firm")


WEEK = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


class ProofKinds(models.TextChoices):
    """What shows that a job was done."""

    PHOTO = "photo", _("photo")
    SIGNATURE = "signature", _("signature")
    CODE = "code", _("the resident's code")


class StatementStates(models.TextChoices):
    """A helper's month on paper."""

    DRAWN_UP = "drawn_up", _("drawn up, to be approved")
    APPROVED = "approved", _("approved and locked")


class LineKinds(models.TextChoices):
    """What a line of a statement is."""

    ORDER = "order", _("order")
    REVERSAL = "reversal", _("taken back from an earlier month")
    CORRECTION = "correction", _("put right")
