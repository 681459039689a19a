"""A dish on the menu: what is done, when, for whom, at what price."""

from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from bookings.orders.rules import MOST_AT_ONCE
from bookings.orders.states import CAN_BE_ORDERED, Days, Groups, Places, Units
from hub.core.bilingual import in_page_language, marked
from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.states import EntitlementKinds
from hub.places.models import Community


class ServiceQuerySet(HubQuerySet):
    """Services …"""

    def published(self) -> Self:
        """… that the public sees."""
        return self.filter(is_published=True)

    def with_rules(self) -> Self:
        """… with all that their rules ask, in five statements however many there are."""
        return self.prefetch_related("prices", "waivers", "windows", "areas")


class Service(HubOwned, ClusterableModel):
    """Something the house does for residents, at their home or at a station of its own."""

    slug = models.SlugField(_("address"), max_length=40, help_text=_("The last word of its page's address: haircut."))
    name_zh = models.CharField(_("name in Chinese"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    line_zh = models.CharField(_("what is done, in Chinese"), max_length=100)
    line_en = models.CharField(_("what is done, in English"), max_length=160, blank=True)
    included_zh = models.TextField(_("included, in Chinese"), max_length=300, blank=True)
    included_en = models.TextField(_("included, in English"), max_length=400, blank=True)
    not_included_zh = models.TextField(_("not included, in Chinese"), max_length=300, blank=True)
    not_included_en = models.TextField(_("not included, in English"), max_length=400, blank=True)
    call_out_zh = models.CharField(_("rule of the call-out fee, in Chinese"), max_length=160, blank=True)
    call_out_en = models.CharField(_("rule of the call-out fee, in English"), max_length=240, blank=True)
    extra_zh = models.CharField(_("rule of extra parts, in Chinese"), max_length=160, blank=True)
    extra_en = models.CharField(_("rule of extra parts, in English"), max_length=240, blank=True)
    group = models.CharField(_("group of the menu"), max_length=12, choices=Groups.choices)
    place = models.CharField(_("where"), max_length=10, choices=Places.choices, default=Places.HOME)
    station_zh = models.CharField(_("station in Chinese"), max_length=60, blank=True, help_text=_("Floor 1, the haircut studio."))
    station_en = models.CharField(_("station in English"), max_length=80, blank=True)
    days = models.CharField(_("days"), max_length=10, choices=Days.choices, default=Days.EVERY_DAY)
    areas = ParentalManyToManyField(Community, blank=True, related_name="+", verbose_name=_("communities served"), help_text=_("None chosen: all."))
    lead_hours = models.PositiveSmallIntegerField(_("order at least this long ahead, in hours"), default=2)
    horizon_days = models.PositiveSmallIntegerField(_("orders open this many days ahead"), default=14, validators=[MaxValueValidator(180)])
    cancel_hours = models.PositiveSmallIntegerField(_("cancel until this long before, in hours"), default=2)
    most = models.PositiveSmallIntegerField(_("at most so many in one order"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_AT_ONCE)])
    drawing = models.SlugField(_("drawing"), max_length=30, blank=True, help_text=_("The name of one of the house's line drawings."))
    sort_order = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    is_published = models.BooleanField(_("shown to the public"), default=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["sort_order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "slug"], name="service_slug_once_a_hub"),
            models.CheckConstraint(condition=Q(most__gte=1, most__lte=MOST_AT_ONCE), name="service_most_in_reach"),
            models.CheckConstraint(condition=Q(horizon_days__lte=180), name="service_horizon_in_reach"),
        ]

    def __str__(self) -> str:
        return self.name_zh

    if TYPE_CHECKING:
        id: int
        prices: models.Manager["ServicePrice"]
        waivers: models.Manager["ServiceWaiver"]
        windows: models.Manager["ServiceWindow"]

        def get_group_display(self) -> str: ...
        def get_place_display(self) -> str: ...

    @property
    def name(self) -> str:
        """In the page's language."""
        return in_page_language(self, "name")

    @property
    def marked_name(self) -> str | SafeString:
        """The name for HTML; so are the next six."""
        return marked(self, "name")

    @property
    def line(self) -> str | SafeString:
        return marked(self, "line")

    @property
    def included(self) -> str | SafeString:
        return marked(self, "included")

    @property
    def not_included(self) -> str | SafeString:
        return marked(self, "not_included")

    @property
    def call_out(self) -> str | SafeString:
        return marked(self, "call_out")

    @property
    def extra(self) -> str | SafeString:
        return marked(self, "extra")

    @property
    def station(self) -> str | SafeString:
        return marked(self, "station")

    @property
    def is_at_home(self) -> bool:
        """Whether somebody comes to the resident."""
        return self.place == Places.HOME

    @property
    def can_be_ordered(self) -> bool:
        """Whether there is anything to order: to a walk-in station one just comes."""
        return self.place in CAN_BE_ORDERED

    @property
    def url(self) -> str:
        """Its page, in the page's language."""
        return reverse("orders:service", args=[self.slug])


class ServiceWindow(models.Model):
    """One span of the day that is offered; of a walk-in station, one in which it is open."""

    HUB_PATH = "service__hub"

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="windows", verbose_name=_("service"))
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("until"))

    class Meta:
        verbose_name = _("window")
        verbose_name_plural = _("windows")
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["service", "starts_at"], name="service_window_once"),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="service_window_in_order",
                violation_error_message=_("A window ends before it begins. Please mend it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M}–{self.ends_at:%H:%M}"


class ServicePrice(models.Model):
    """The price from a date on; orders made before keep the price they were made at."""

    HUB_PATH = "service__hub"

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="prices", verbose_name=_("service"))
    valid_from = models.DateField(_("valid from"))
    fen = models.PositiveIntegerField(_("price, in yuan"), validators=[MaxValueValidator(1_000_000)])
    unit = models.CharField(_("for one"), max_length=10, choices=Units.choices, default=Units.TIME)
    call_out_fen = models.PositiveIntegerField(_("call-out fee, in yuan"), default=0, validators=[MaxValueValidator(1_000_000)])

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["service", "valid_from"], name="service_price_once_a_date"),
            models.CheckConstraint(condition=Q(fen__lte=1_000_000, call_out_fen__lte=1_000_000), name="service_price_in_reach"),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.fen}"

    if TYPE_CHECKING:
        service_id: int

        def get_unit_display(self) -> str: ...


class ServiceWaiver(models.Model):
    """Who pays less: of the list price, a person with an entitlement of this kind pays so many percent."""

    HUB_PATH = "service__hub"

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="waivers", verbose_name=_("service"))
    kind = models.CharField(_("entitlement"), max_length=20, choices=EntitlementKinds.choices)
    percent = models.PositiveSmallIntegerField(_("percent they pay"), default=0, validators=[MaxValueValidator(99)])

    class Meta:
        verbose_name = _("who pays less")
        verbose_name_plural = _("who pays less")
        ordering = ["percent", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["service", "kind"], name="service_waiver_once_a_kind"),
            models.CheckConstraint(condition=Q(percent__lte=99), name="service_waiver_pays_less"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.percent}%"
