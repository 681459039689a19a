"""What a gateway told us: each message once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.payments.states import EventOutcomes
from hub.core.constraints import AppendOnly


class GatewayEvent(models.Model):
    """Number, kind and what became of it. Nothing else is kept: amounts and states are asked of the gateway or stand on our own rows."""

    gateway = models.CharField(max_length=20)
    event_id = models.CharField(_("the gateway's number"), max_length=120)
    kind = models.CharField(_("kind"), max_length=60)
    object_id = models.CharField(_("about"), max_length=120, blank=True)
    received_at = models.DateTimeField(_("received"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=EventOutcomes.choices)

    class Meta:
        verbose_name = _("gateway's message")
        verbose_name_plural = _("gateway's messages")
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["gateway", "event_id"], name="gateway_event_once"),
            AppendOnly(name="gateway_event_append_only"),
        ]

    def __str__(self) -> str:
        return self.event_id
