"""What a person agreed to."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.models.resident import Resident
from hub.people.states import SENSITIVE_PURPOSES, Channels, ConsentPurposes


class ConsentQuerySet(HubQuerySet):
    """Consents …"""

    def standing(self) -> Self:
        """… that have not been withdrawn."""
        return self.filter(withdrawn_at=None)


class Consent(HubOwned):
    """One agreement to one purpose under one version of the text. Withdrawn, never deleted."""

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="consents", verbose_name=_("resident"))
    purpose = models.CharField(_("agreed to"), max_length=20, choices=ConsentPurposes.choices)
    text_version = models.CharField(_("version of the text"), max_length=20)
    channel = models.CharField(_("channel"), max_length=10, choices=Channels.choices)
    given_at = models.DateTimeField(_("given"))
    given_by = models.ForeignKey(
        Resident, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("given by the guardian")
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("taken by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | models.Q(withdrawn_at__gte=models.F("given_at")), name="consent_withdrawn_after_given"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.text_version}"

    @property
    def is_standing(self) -> bool:
        return self.withdrawn_at is None

    @property
    def is_sensitive(self) -> bool:
        """Whether the law asks for a consent of its own."""
        return self.purpose in SENSITIVE_PURPOSES

    if TYPE_CHECKING:
        resident_id: int

        def get_purpose_display(self) -> str: ...
        def get_channel_display(self) -> str: ...
