"""What a report, an error and an edition can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.people.states import Channels


class Ways(models.TextChoices):
    """How a report reached the hub."""

    WEB = "web", _("website")
    PHONE = "phone", _("telephone")
    COUNTER = "counter", _("counter")
    PAPER = "paper", pgettext_lazy("way of a report", "on paper")
    WECHAT = "wechat", _("WeChat")


CHANNEL_OF = {Ways.PAPER: Channels.COUNTER}  # what the house calls it elsewhere; every other way has the same name there
TYPED_BY_STAFF = (Ways.PHONE, Ways.COUNTER, Ways.PAPER)


class Credits(models.TextChoices):
    """Who is credited with an error that several found: a setting of the edition."""

    FIRST = "first", _("the first who found it")
    SHARED = "shared", _("everybody who found it")


class Verdicts(models.TextChoices):
    """What the reviewers think of an error; whether they are done with it is another matter (Statuses)."""

    UNDECIDED = "undecided", pgettext_lazy("of a newspaper error", "not decided")
    VALID = "valid", pgettext_lazy("of a newspaper error", "an error")
    INVALID = "invalid", pgettext_lazy("of a newspaper error", "no error")


class Statuses(models.TextChoices):
    """Whether the reviewers still work on an error. Readers are told once it is settled."""

    OPEN = "open", pgettext_lazy("of a newspaper error", "in work")
    SETTLED = "settled", pgettext_lazy("of a newspaper error", "settled")


class Reasons(models.TextChoices):
    """Why something is no error, or a report does not count."""

    CORRECT = "correct", _("the newspaper is right")
    STYLE = "style", _("a matter of taste")
    NOT_THERE = "not_there", _("it does not stand there")
    OTHER_EDITION = "other_edition", _("it is about another edition or newspaper")
    NOTHING_SAID = "nothing_said", _("it does not say what is wrong")
    SPAM = "spam", _("it is no report")


class Stages(models.TextChoices):
    """Where an edition stands: worked out from its dates and its closing, never stored."""

    COMING = "coming", pgettext_lazy("edition", "not out yet")
    RUNNING = "running", pgettext_lazy("edition", "takes reports")
    JUDGING = "judging", pgettext_lazy("edition", "is being judged")
    CLOSED = "closed", pgettext_lazy("edition", "closed")


class Standings(models.TextChoices):
    """How a reader's report stands: what the slip says."""

    WAITING = "waiting", pgettext_lazy("report", "being looked at")
    CREDITED = "credited", pgettext_lazy("report", "an error, and credited to you")
    THANKED = "thanked", pgettext_lazy("report", "an error that somebody reported before you")
    NO_ERROR = "no_error", pgettext_lazy("report", "no error")


class Receipts(models.TextChoices):
    """How a prize is receipted."""

    SIGNED = "signed", _("signed for")
    WITNESSED = "witnessed", _("handed over before a witness")


DECIDED = (Verdicts.VALID, Verdicts.INVALID)
