"""What a term, a rating, a count of a box can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Grades(models.IntegerChoices):
    """The five grades of 好差评."""

    VERY_GOOD = 5, pgettext_lazy("grade", "very satisfied")
    GOOD = 4, pgettext_lazy("grade", "satisfied")
    FAIR = 3, pgettext_lazy("grade", "fairly satisfied")
    BAD = 2, pgettext_lazy("grade", "dissatisfied")
    VERY_BAD = 1, pgettext_lazy("grade", "very dissatisfied")


NEEDS_CORRECTION = frozenset({Grades.BAD, Grades.VERY_BAD})


class TermStates(models.TextChoices):
    """Whether a term counts."""

    HELD = "held", _("holds the post")
    TAKEN_BACK = "taken_back", _("written by mistake, taken back")


class Sources(models.TextChoices):
    """How a rating reached the house. All count the same."""

    WEB = "web", _("website")
    LINK = "link", _("link or picture code")
    DESK = "desk", _("hotline or counter")
    PAPER = "paper", _("paper card")


class WordsStates(models.TextChoices):
    """Whether the words of a rating are shown."""

    NONE = "none", pgettext_lazy("words of a rating", "none")
    WAITING = "waiting", _("wait to be read")
    SHOWN = "shown", pgettext_lazy("words of a rating", "shown")
    HIDDEN = "hidden", pgettext_lazy("words of a rating", "not shown")


class Suspicions(models.TextChoices):
    """Why the rule sets ratings aside."""

    NONE = "", pgettext_lazy("suspicion", "none")
    BROWSER = "browser", _("many from one browser in a day")
    SERIES = "series", _("codes of one person, used at once, one after the other")


class Uncounted(models.TextChoices):
    """Why a rating does not count by itself."""

    COUNTS = "", _("counts")
    LATER = "later", _("the same person rated this post later in the month")


class VisitKinds(models.TextChoices):
    """What a code was handed out for."""

    VISIT = "visit", _("visit at the counter")
    CARD = "card", _("card for a guest")
