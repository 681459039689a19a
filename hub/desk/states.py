"""What a call can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.people.states import Channels


class Directions(models.TextChoices):
    """Who rang whom; a person at the counter came in."""

    IN = "in", _("came in")
    MISSED = "missed", _("missed")
    OUT = "out", _("we rang")


AT_THE_DESK = (Channels.PHONE, Channels.COUNTER)

# What a new hub closes its calls with: code, Chinese, English, whether somebody was spoken to.
FIRST_CODES = (
    ("ordered", "当场办好了（下单、订房、报名）", "Done at once (order, room, sign-up)", True),
    ("answered", "问事，当场答了", "Asked, answered at once", True),
    ("call_back", "约好再回电", "To be rung back", True),
    ("passed_on", "转给别的科室", "Passed on to another office", True),
    ("complaint", "意见、投诉", "Complaint or suggestion", True),
    ("not_reached", "没打通", "Nobody answered", False),
    ("wrong_number", "打错了、骚扰", "Wrong number, nuisance", True),
)
