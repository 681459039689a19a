"""A firm or a single helper: what they do, where, when, and whom they are kept apart from."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from bookings.dispatch.rules import MOST_A_DAY
from bookings.dispatch.states import WEEK, ProviderKinds
from bookings.orders.models import Service
from hub.core.names import masked_name
from hub.core.phones import masked
from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.models import Resident
from hub.places.models import Community, Grid


class ProviderQuerySet(HubQuerySet):
    """Helpers …"""

    def active(self) -> Self:
        """… who take jobs at present."""
        return self.filter(is_active=True)


class Provider(HubOwned, ClusterableModel):
    """Whom jobs are offered to. The account is optional: whoever has none works with the link in the message."""

    kind = models.CharField(_("kind"), max_length=10, choices=ProviderKinds.choices, default=ProviderKinds.SINGLE)
    name = models.CharField(_("name"), max_length=40)
    phone = models.CharField(_("phone"), max_length=15)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("account"),
        help_text=_("May be left empty: the link in the message is enough."),
    )  # fmt: skip
    answered_for_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("who answers for them at the house"),
        help_text=_("Receipts of a helper without an account are booked under this name."),
    )  # fmt: skip
    services = ParentalManyToManyField(Service, blank=True, related_name="+", verbose_name=_("what they do"))
    communities = ParentalManyToManyField(
        Community, blank=True, related_name="+", verbose_name=_("communities served"), help_text=_("No community and no grid chosen: all.")
    )
    grids = ParentalManyToManyField(Grid, blank=True, related_name="+", verbose_name=_("grids served"), help_text=_("Where they know every door."))
    most_a_day = models.PositiveSmallIntegerField(_("at most so many jobs a day"), default=4, validators=[MinValueValidator(1), MaxValueValidator(MOST_A_DAY)])
    is_active = models.BooleanField(_("takes jobs"), default=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = ProviderQuerySet.as_manager()

    class Meta:
        verbose_name = _("helper")
        verbose_name_plural = _("helpers")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "name", "phone"], name="provider_once_a_hub", violation_error_message=_("This helper is in the list already.")
            ),
            models.UniqueConstraint(
                fields=["hub", "user"], name="provider_account_once_a_hub", condition=Q(user__isnull=False),
                violation_error_message=_("This account belongs to another helper already."),
            ),
            models.CheckConstraint(
                condition=Q(most_a_day__gte=1, most_a_day__lte=MOST_A_DAY), name="provider_load_in_reach",
                violation_error_message=_("How many jobs a day? Please write a number from 1 to 30."),
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(phone=""), name="provider_can_be_rung", violation_error_message=_("Please write a name and a phone.")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    if TYPE_CHECKING:
        id: int
        user_id: int | None
        answered_for_by_id: int

        def get_kind_display(self) -> str: ...

    @property
    def masked_phone(self) -> str:
        """138****1234, as lists show it."""
        return masked(self.phone)


class WorkingHour(models.Model):
    """One span of one weekday; a helper without any works whenever the house does."""

    HUB_PATH = "provider__hub"

    provider = ParentalKey(Provider, on_delete=models.CASCADE, related_name="hours", verbose_name=_("helper"))
    weekday = models.PositiveSmallIntegerField(_("day"), choices=WEEK)
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("until"))

    class Meta:
        verbose_name = _("working hour")
        verbose_name_plural = _("working hours")
        ordering = ["weekday", "starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="working_hour_of_the_week"),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="working_hour_in_order",
                violation_error_message=_("A working hour ends before it begins. Please mend it."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M}–{self.ends_at:%H:%M}"

    if TYPE_CHECKING:
        provider_id: int


class Leave(models.Model):
    """Days on which a helper takes no jobs, both included."""

    HUB_PATH = "provider__hub"

    provider = ParentalKey(Provider, on_delete=models.CASCADE, related_name="leaves", verbose_name=_("helper"))
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("until and including"))
    reason = models.CharField(_("reason"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
        ordering = ["-first_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_on__lte=F("last_on")), name="leave_in_order", violation_error_message=_("The leave ends before it begins. Please mend it.")
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_on}–{self.last_on}"

    if TYPE_CHECKING:
        provider_id: int


class KeptApart(HubOwned):
    """A helper who is never sent to this resident."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="kept_apart", verbose_name=_("helper"))
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+", verbose_name=_("resident"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("written by"))
    made_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("pair kept apart")
        verbose_name_plural = _("pairs kept apart")
        ordering = ["-made_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["provider", "resident"], name="kept_apart_once")]

    def __str__(self) -> str:
        return f"{self.provider} ≠ {self.resident}"

    if TYPE_CHECKING:
        provider_id: int
        resident_id: int

    @property
    def masked_provider(self) -> str:
        """As lists show it."""
        return masked_name(self.provider.name)
