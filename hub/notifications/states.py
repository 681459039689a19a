"""What a message can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channels(models.TextChoices):
    """The ways in which a message reaches somebody."""

    SMS = "sms", _("text message")
    CALL = "call", _("call list")
    ONSITE = "onsite", _("on this site")
    EMAIL = "email", _("e-mail")


class States(models.TextChoices):
    """Where a message stands."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    TO_RING = "to_ring", _("to be rung")
    RUNG = "rung", _("rung")
    FAILED = "failed", _("refused by the channel")
    GIVEN_UP = "given_up", _("given up")


class Outcomes(models.TextChoices):
    """How a call from the call list ended."""

    TOLD = "told", _("told")
    NOT_REACHED = "not_reached", _("not reached")
    WRONG_NUMBER = "wrong_number", _("wrong number")


LEAVES_THE_HOUSE = frozenset({Channels.SMS, Channels.EMAIL})
ON_ITS_WAY = frozenset({States.WAITING, States.SENDING})
DID_NOT_ARRIVE = frozenset({States.FAILED, States.GIVEN_UP})
IS_OVER = frozenset({States.SENT, States.RUNG, *DID_NOT_ARRIVE})
STATE_AFTER_CALL = {Outcomes.TOLD: States.RUNG, Outcomes.NOT_REACHED: States.TO_RING, Outcomes.WRONG_NUMBER: States.FAILED}
SECRET_KINDS = frozenset({"sign_in_code"})  # their text is shown to nobody on the staff's screens, and soon blanked
