"""How a promise can end."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcomes(models.TextChoices):
    """What became of a promise; none while it is open."""

    KEPT = "kept", _("kept")
    DROPPED = "dropped", _("dropped")
