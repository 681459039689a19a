"""Where the hub is and whom it is near: communities, grids, buildings, and the points where it serves."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core.bilingual import in_page_language
from hub.hubs.models import HubOwned


class Community(HubOwned):
    """A community 社区 with its committee 居委."""

    name_zh = models.CharField(_("name in Chinese"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    address_zh = models.CharField(_("address of the committee"), max_length=120, blank=True)
    phone = models.CharField(_("telephone of the committee"), max_length=15, blank=True)

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        ordering = ["name_zh"]
        constraints = [models.UniqueConstraint(fields=["hub", "name_zh"], name="community_once_a_hub")]

    def __str__(self) -> str:
        return self.name_zh

    @property
    def name(self) -> str:
        """In the page's language."""
        return in_page_language(self, "name")


class Grid(HubOwned):
    """A grid 网格: a part of one community that one worker walks."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="grids", verbose_name=_("community"))
    number = models.PositiveSmallIntegerField(_("number in the community"))
    name_zh = models.CharField(_("name in Chinese"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("grid")
        verbose_name_plural = _("grids")
        ordering = ["community", "number"]
        constraints = [models.UniqueConstraint(fields=["community", "number"], name="grid_number_once")]

    def __str__(self) -> str:
        return self.name_zh or _("grid %(number)s") % {"number": self.number}

    if TYPE_CHECKING:
        community_id: int


class Building(HubOwned):
    """A house or an office tower in a grid."""

    grid = models.ForeignKey(Grid, on_delete=models.PROTECT, related_name="buildings", verbose_name=_("grid"))
    name_zh = models.CharField(_("name"), max_length=60, help_text=_("As people say it: Shuyuan Street 12, building 3."))
    address_zh = models.CharField(_("address"), max_length=120)

    class Meta:
        verbose_name = _("building")
        verbose_name_plural = _("buildings")
        ordering = ["name_zh"]
        constraints = [models.UniqueConstraint(fields=["hub", "name_zh"], name="building_once_a_hub")]

    def __str__(self) -> str:
        return self.name_zh

    if TYPE_CHECKING:
        grid_id: int


class ServicePoint(HubOwned):
    """Where the hub serves: a hall, a station, a studio; or a table in a committee's house."""

    name_zh = models.CharField(_("name in Chinese"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    place_zh = models.CharField(_("floor and room"), max_length=60, blank=True, help_text=_("Floor 1, east side."))
    place_en = models.CharField(_("floor and room in English"), max_length=80, blank=True)
    address_zh = models.CharField(_("address"), max_length=120, blank=True, help_text=_("Empty: in the hub's own house."))
    is_open = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("service point")
        verbose_name_plural = _("service points")
        ordering = ["name_zh"]
        constraints = [models.UniqueConstraint(fields=["hub", "name_zh"], name="service_point_once_a_hub")]

    def __str__(self) -> str:
        return self.name_zh

    @property
    def name(self) -> str:
        """In the page's language."""
        return in_page_language(self, "name")

    @property
    def place(self) -> str:
        """Floor and room, in the page's language."""
        return in_page_language(self, "place")
