"""What happened to an order, and when. Written once."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.orders.models.order import Order
from bookings.orders.states import OrderStates, StepKinds
from hub.core.constraints import AppendOnly
from hub.people.states import Channels


class OrderStep(models.Model):
    """One step of one order; the database refuses to change or delete it."""

    HUB_PATH = "order__hub"

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="steps", verbose_name=_("order"))
    kind = models.CharField(_("what happened"), max_length=10, choices=StepKinds.choices, default=StepKinds.STATE)
    state = models.CharField(_("state"), max_length=10, choices=OrderStates.choices)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("by"))

    class Meta:
        verbose_name = _("step of an order")
        verbose_name_plural = _("steps of an order")
        ordering = ["at", "id"]
        constraints = [AppendOnly(name="order_step_append_only")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind} {self.state}"

    if TYPE_CHECKING:
        order_id: int

        def get_kind_display(self) -> str: ...
        def get_state_display(self) -> str: ...


class OrderCall(models.Model):
    """Somebody asked again about the same matter: no second order, a line on the first."""

    HUB_PATH = "order__hub"

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="calls", verbose_name=_("order"))
    at = models.DateTimeField(_("when"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channels.choices)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("taken by")
    )
    words = models.CharField(_("what they said"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("repeated call")
        verbose_name_plural = _("repeated calls")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.order_id} {self.channel}"

    if TYPE_CHECKING:
        order_id: int
