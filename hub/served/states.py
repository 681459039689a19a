"""Where the house serves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Posts(models.TextChoices):
    """The posts that the public rates; a domain names one of these for what it does."""

    ACCEPTANCE = "acceptance", _("acceptance hall")
    LIVING = "living", _("living station")
    CULTURE = "culture", _("culture centre")
    MUTUAL_AID = "mutual_aid", _("mutual-aid centre")
