"""What somebody can be at a hub."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Roles(models.TextChoices):
    """What a member of staff or a helper does at one hub."""

    OPERATOR = "operator", _("hotline operator")
    CLERK = "clerk", _("counter clerk")
    PROVIDER = "provider", _("household helper")
    VOLUNTEER = "volunteer", _("volunteer")
    COORDINATOR = "coordinator", _("volunteer coordinator")
    REVIEWER = "reviewer", _("monthly reviewer")
    EDITOR = "editor", _("editor")
    PUBLISHER = "publisher", _("publisher")
    DIRECTOR = "director", _("director")
    ADMIN = "admin", _("system administrator")


SERVES_RESIDENTS = frozenset({Roles.OPERATOR, Roles.CLERK, Roles.DIRECTOR})
USES_THE_ADMIN = frozenset(set(Roles) - {Roles.PROVIDER, Roles.VOLUNTEER})
