"""A room, or a half of a hall."""

from typing import TYPE_CHECKING, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from bookings.rooms.rules import LONGEST_POSSIBLE
from hub.core.bilingual import in_page_language, marked
from hub.core.versions import first_version
from hub.hubs.models import HubOwned, HubQuerySet

GRIDS = [(15, _("15 minutes")), (30, _("30 minutes")), (60, _("1 hour"))]


class RoomQuerySet(HubQuerySet):
    """Rooms …"""

    def published(self) -> Self:
        """… that the public sees."""
        return self.filter(is_published=True)

    def sharing_parts(self, first_part: int, last_part: int) -> Self:
        """… that lie, wholly or partly, in these parts of the house: the hall and its halves."""
        return self.filter(first_part__lte=last_part, last_part__gte=first_part)


class Room(HubOwned, ClusterableModel):
    """A space with its own door plate. It occupies parts `first_part`–`last_part` of the install: a hall 1–2, its halves 1 and 2."""

    slug = models.SlugField(_("address"), max_length=40, help_text=_("The last word of its page's address: dance."))
    name_zh = models.CharField(_("name in Chinese"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    about_zh = models.TextField(_("about it, in Chinese"), max_length=300, blank=True)
    about_en = models.TextField(_("about it, in English"), max_length=400, blank=True)
    floor = models.PositiveSmallIntegerField(_("floor"))
    number = models.CharField(_("door number"), max_length=10, blank=True)
    area_m2 = models.PositiveSmallIntegerField(_("area in m²"), null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(_("people it holds"), validators=[MinValueValidator(1)])
    equipment_zh = models.TextField(_("equipment, in Chinese"), max_length=300, blank=True)
    equipment_en = models.TextField(_("equipment, in English"), max_length=400, blank=True)
    manners_zh = models.TextField(_("rules of the room, in Chinese"), max_length=300, blank=True)
    manners_en = models.TextField(_("rules of the room, in English"), max_length=400, blank=True)
    is_step_free = models.BooleanField(_("reached without a step"), default=True)
    way_there_zh = models.CharField(_("how to get there, in Chinese"), max_length=120, blank=True)
    way_there_en = models.CharField(_("how to get there, in English"), max_length=160, blank=True)
    drawing = models.SlugField(_("drawing"), max_length=30, blank=True, help_text=_("The name of one of the house's line drawings."))
    first_part = models.PositiveIntegerField(_("first part"), help_text=_("A number of its own for each undivided room of the install; a hall has several."))
    last_part = models.PositiveIntegerField(_("last part"))
    buffer_minutes = models.PositiveSmallIntegerField(_("tidying up after each booking, in minutes"), default=0)
    grid_minutes = models.PositiveSmallIntegerField(_("bookings begin and end on"), choices=GRIDS, default=30)
    shortest_minutes = models.PositiveSmallIntegerField(_("shortest booking, in minutes"), default=60)
    longest_minutes = models.PositiveSmallIntegerField(_("longest booking, in minutes"), default=240)
    lead_minutes = models.PositiveIntegerField(_("book at least this long ahead, in minutes"), default=0)
    horizon_days = models.PositiveSmallIntegerField(_("bookings open this many days ahead"), default=30)
    cancel_until_minutes = models.PositiveIntegerField(_("cancel until this long before the start, in minutes"), default=120)
    is_by_approval = models.BooleanField(_("each booking needs an answer from staff"), default=False)
    decide_within_minutes = models.PositiveIntegerField(_("staff answer within, in minutes"), default=24 * 60)
    is_free_for_organisations = models.BooleanField(_("free for organisations of the area"), default=False)
    do_entitlements_count = models.BooleanField(_("entitlements make it free"), default=False)
    is_published = models.BooleanField(_("shown to the public"), default=True)
    sort_order = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    facts_version = models.PositiveIntegerField(default=first_version, editable=False)

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["sort_order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "slug"], name="room_slug_once_a_hub"),
            models.CheckConstraint(condition=models.Q(first_part__lte=models.F("last_part")), name="room_parts_in_order"),
            models.CheckConstraint(condition=models.Q(capacity__gte=1), name="room_holds_somebody"),
            models.CheckConstraint(
                condition=models.Q(shortest_minutes__gte=1, longest_minutes__lte=LONGEST_POSSIBLE, shortest_minutes__lte=models.F("longest_minutes")),
                name="room_lengths_in_order",
            ),
            models.CheckConstraint(condition=models.Q(grid_minutes__in=[15, 30, 60]), name="room_grid_known"),
        ]

    def __str__(self) -> str:
        return self.name_zh

    if TYPE_CHECKING:
        id: int

    @property
    def name(self) -> str:
        """In the page's language; so are the next three."""
        return in_page_language(self, "name")

    @property
    def about(self) -> str | SafeString:
        return marked(self, "about")

    @property
    def equipment(self) -> str | SafeString:
        return marked(self, "equipment")

    @property
    def manners(self) -> str | SafeString:
        return marked(self, "manners")

    @property
    def way_there(self) -> str | SafeString:
        return marked(self, "way_there")

    @property
    def marked_name(self) -> str | SafeString:
        """The name for HTML."""
        return marked(self, "name")

    @property
    def place(self) -> str:
        """2楼203 / floor 2, 203."""
        return str(_("floor %(floor)s, %(number)s") if self.number else _("floor %(floor)s")) % {"floor": self.floor, "number": self.number}

    @property
    def url(self) -> str:
        """Its page, in the page's language."""
        return reverse("rooms:room", args=[self.slug])
