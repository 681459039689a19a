"""What a charge, a payment and a refund can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ChargeStates(models.TextChoices):
    """What is owed for one thing."""

    OPEN = "open", _("to be paid")
    SETTLED = "settled", _("paid")
    WAIVED = "waived", _("nothing to pay")
    CANCELLED = "cancelled", _("no longer owed")


class Waivers(models.TextChoices):
    """Why somebody pays less than the list price; the funder is shown the sums by these."""

    NONE = "", _("nothing waived")
    LOW_INCOME = "low_income", _("minimum income")
    DISABLED = "disabled", _("disabled")
    LONE_ELDER = "lone_elder", _("lone elder")
    HARDSHIP = "hardship", _("household in hardship")
    ORGANISATION = "organisation", _("organisation of the area")
    DECISION = "decision", _("decided by staff")


class OwnReasons(models.TextChoices):
    """What the house writes by itself where people write a reason in their own words."""

    EXTRA_PARTS = "extra parts agreed", pgettext_lazy("reason", "extra parts agreed")
    DONE = "done", pgettext_lazy("reason", "done")
    MOVED = "moved", pgettext_lazy("reason", "another time")
    BY_RESIDENT = "cancelled by the resident", pgettext_lazy("reason", "cancelled by the resident")
    CANCELLED = "cancelled", pgettext_lazy("reason", "cancelled")
    DECLINED = "declined", pgettext_lazy("reason", "declined by the house")
    LAPSED = "lapsed", pgettext_lazy("reason", "not answered in time")
    NO_SHOW = "no_show", pgettext_lazy("reason", "nobody came")
    NEVER_SHOWN = "never shown", pgettext_lazy("reason", "the payment page was never opened")
    DISPUTE_LOST = "dispute lost", pgettext_lazy("reason", "the bank gave the money back to the payer")
    TOO_LATE = "paid too late", pgettext_lazy("reason", "paid too late")
    TWICE = "paid twice", pgettext_lazy("reason", "paid twice")


def reason_words(reason: str) -> str:
    """A stored reason as it is read: the house's own in the reader's language, people's as they wrote it."""
    return str(OwnReasons(reason).label) if reason in OwnReasons.values else reason


class Methods(models.TextChoices):
    """How money comes in."""

    ONLINE = "online", _("online")
    COUNTER_CASH = "counter_cash", _("cash at the counter")
    COUNTER_QR = "counter_qr", _("the hub's QR at the counter")
    DOOR_CASH = "door_cash", _("cash at the door")
    DOOR_QR = "door_qr", _("the hub's QR at the door")
    INVOICE = "invoice", _("by invoice to an organisation")


AT_THE_COUNTER = (Methods.COUNTER_CASH, Methods.COUNTER_QR)
AT_THE_DOOR = (Methods.DOOR_CASH, Methods.DOOR_QR)
BY_HAND = (*AT_THE_COUNTER, *AT_THE_DOOR, Methods.INVOICE)


class PaymentStates(models.TextChoices):
    """One attempt to pay."""

    STARTED = "started", _("begun")
    RECEIVED = "received", _("received")
    ENDED = "ended", _("ended without money")
    REVERSED = "reversed", _("written down by mistake")


class Disputes(models.TextChoices):
    """The payer's bank asks for the money back. In this order: a later word is never undone by an earlier one."""

    NONE = "", _("none")
    OPEN = "open", _("the bank asks")
    WON = "won", _("the money stays")
    LOST = "lost", _("the bank took the money")


class RefundStates(models.TextChoices):
    """Money on its way back."""

    ASKED = "asked", _("waits for a second person")
    READY = "ready", _("agreed, not yet sent")
    SENT = "sent", _("on its way")
    DONE = "done", _("paid back")
    FAILED = "failed", _("the gateway said no")
    DECLINED = "declined", _("declined")


KEEPS_MONEY = (RefundStates.ASKED, RefundStates.READY, RefundStates.SENT, RefundStates.DONE)  # nobody else may give that part back

LIES_WITH_THE_GATEWAY = (RefundStates.READY, RefundStates.SENT)


class EventOutcomes(models.TextChoices):
    """What became of a gateway's message."""

    APPLIED = "applied", _("applied")
    NOTHING_NEW = "nothing_new", _("nothing new")
    STRANGER = "stranger", _("not about us")
    ODD = "odd", _("does not fit; staff were told")
