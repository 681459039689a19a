"""Who leads the house on a day."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hub.hubs.models import HubOwned


class DutyDay(HubOwned):
    """The duty leader 党员值班长 of one day."""

    day = models.DateField(_("day"))
    name = models.CharField(_("duty leader"), max_length=40)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("account"))

    class Meta:
        verbose_name = _("duty leader of a day")
        verbose_name_plural = _("duty leaders")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "day"], name="vanguard_duty_once_a_day"),
            models.CheckConstraint(condition=~Q(name=""), name="vanguard_duty_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

    if TYPE_CHECKING:
        id: int
