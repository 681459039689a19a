"""Keys to the JSON interface."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core import clock
from hub.hubs.models import HubOwned, HubQuerySet


class ApiTokenQuerySet(HubQuerySet):
    """Tokens …"""

    def in_use(self) -> Self:
        """… that open the door: not revoked, and their account active."""
        return self.filter(revoked_at=None, user__is_active=True)


class ApiToken(HubOwned):
    """Lets a programme act as `user` at one hub. The token itself is shown once and kept nowhere: only its SHA-256 stands here."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("account"))
    token_hash = models.CharField(_("fingerprint"), max_length=64, unique=True, editable=False)
    label = models.CharField(_("what it is for"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("made"), default=clock.now, editable=False)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(revoked_at=None) | models.Q(revoked_at__gte=models.F("created_at")), name="api_token_made_first"),
        ]

    def __str__(self) -> str:
        return self.label or f"{self.user} · {self.created_at:%Y-%m-%d}"
