"""Results that do not change any more: a month of ratings, a month of hours, an edition of the newspaper."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.core.constraints import AppendOnly
from hub.hubs.models import HubOwned, HubQuerySet


class ClosingQuerySet(HubQuerySet):
    """Closings …"""

    def standing(self) -> Self:
        """… that nobody has opened again."""
        return self.filter(reopening=None)

    def of(self, kind: str, period: str) -> Self:
        """… of one month or edition, the first to the last."""
        return self.filter(kind=kind, period=period).order_by("version")


class Closing(HubOwned):
    """What was found when a month or an edition was closed, as it was found. `result` is plain data of the domain that closed it, with no
    personal data beyond what it publishes; `period` is 2026-10 for a month, a public reference for an edition. Written once: the database
    refuses changes. One that has been opened again stays, and the next closing is its next version."""

    kind = models.CharField(_("kind"), max_length=40)
    period = models.CharField(_("month or edition"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"))
    result = models.JSONField(_("result"))
    closed_at = models.DateTimeField(pgettext_lazy("moment", "closed"))
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))

    objects = ClosingQuerySet.as_manager()

    class Meta:
        verbose_name = _("closing")
        verbose_name_plural = _("closings")
        ordering = ["-closed_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "kind", "period", "version"], name="closing_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="closing_version_from_one"),
            AppendOnly(name="closing_append_only"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}/{self.version}"

    if TYPE_CHECKING:
        closed_by_id: int | None
        reopening: "Reopening"


class Reopening(models.Model):
    """Somebody opened a closing again, and why. Written once."""

    HUB_PATH = "closing__hub"

    closing = models.OneToOneField(Closing, on_delete=models.PROTECT, related_name="reopening", verbose_name=_("closing"))
    reason = models.CharField(_("reason"), max_length=200)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("reopening")
        verbose_name_plural = _("reopenings")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reopening_has_a_reason"),
            AppendOnly(name="reopening_append_only"),
        ]

    def __str__(self) -> str:
        return f"{self.closing_id}"

    if TYPE_CHECKING:
        closing_id: int
        by_id: int
