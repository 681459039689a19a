"""Who lives together."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.hubs.models import HubOwned
from hub.places.models import Building


class Household(HubOwned):
    """People behind one door; two households may share a door."""

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="households", verbose_name=_("building"))
    door = models.CharField(_("door"), max_length=20, blank=True, help_text=_("Entrance, floor and flat: 2-301."))
    note = models.CharField(_("note"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")
        ordering = ["building", "door"]

    def __str__(self) -> str:
        return f"{self.building} {self.door}".strip()

    if TYPE_CHECKING:
        building_id: int
