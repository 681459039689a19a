"""Why somebody pays less or nothing."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.models.resident import Resident
from hub.people.states import EntitlementKinds, ProofKinds


class EntitlementQuerySet(HubQuerySet):
    """Entitlements …"""

    def on(self, day: date) -> Self:
        """… that are verified and hold on `day`."""
        return self.filter(
            models.Q(valid_to=None) | models.Q(valid_to__gte=day), valid_from__lte=day, verified_at__isnull=False, revoked_at=None
        )

    def waiting(self) -> Self:
        """… that nobody has verified yet."""
        return self.filter(verified_at=None, revoked_at=None)


class Entitlement(HubOwned):
    """One person's entitlement of one kind for a time, on a certificate or the committee's written word. Counts once verified."""

    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="entitlements", verbose_name=_("resident"))
    kind = models.CharField(_("kind"), max_length=20, choices=EntitlementKinds.choices)
    proof = models.CharField(_("proof"), max_length=20, choices=ProofKinds.choices)
    document = models.CharField(_("document"), max_length=120, blank=True, help_text=_("Number of the certificate, or who wrote and when."))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("The last day; empty: until revoked."))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("entered by")
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("verified by")
    )
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoke_reason = models.CharField(_("reason for revoking"), max_length=200, blank=True)

    objects = EntitlementQuerySet.as_manager()

    class Meta:
        verbose_name = _("entitlement")
        verbose_name_plural = _("entitlements")
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")), name="entitlement_dates_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(verified_at=None, verified_by=None) | models.Q(verified_at__isnull=False, verified_by__isnull=False),
                name="entitlement_verified_by_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def is_valid_on(self, day: date) -> bool:
        """Whether it counts on `day`: verified, not revoked, within its dates."""
        if self.verified_at is None or self.revoked_at is not None:
            return False
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    if TYPE_CHECKING:
        resident_id: int

        def get_kind_display(self) -> str: ...
        def get_proof_display(self) -> str: ...
