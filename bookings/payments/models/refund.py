"""Money on its way back."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.payments.models.payment import Payment
from bookings.payments.states import RefundStates, reason_words
from hub.hubs.models import HubOwned, HubQuerySet


class Refund(HubOwned):
    """Part or all of one payment. Whoever asks for more than a person alone may give back needs a second one; the house itself
    (`asked_by` empty) gives back what was paid too late."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds", verbose_name=_("payment"))
    state = models.CharField(_("state"), max_length=10, choices=RefundStates.choices)
    amount_fen = models.PositiveIntegerField(_("amount, in yuan"))
    lowered_fen = models.PositiveIntegerField(default=0, editable=False)  # by so much the charge was lowered for it
    reason = models.CharField(_("reason"), max_length=200)
    token = models.CharField(max_length=40, unique=True, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    gateway_id = models.CharField(_("the gateway's number"), max_length=120, blank=True)
    receipt_no = models.CharField(_("receipt number"), max_length=30, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    try_again_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_at = models.DateTimeField(_("paid back"), null=True, blank=True)
    said = models.CharField(_("what the gateway said"), max_length=200, blank=True)

    objects = HubQuerySet.as_manager()

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["state", "try_again_at"], name="refund_to_send", condition=Q(state__in=[RefundStates.READY, RefundStates.SENT]))]
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="refund_of_something"),
            models.CheckConstraint(condition=~Q(reason=""), name="refund_has_a_reason"),
            models.CheckConstraint(condition=Q(decided_by=None) | Q(asked_by=None) | ~Q(decided_by=F("asked_by")), name="refund_decided_by_a_second_person"),
            models.CheckConstraint(condition=~Q(state=RefundStates.DONE) | Q(done_at__isnull=False), name="refund_done_has_a_time"),
            models.UniqueConstraint(fields=["gateway_id"], name="refund_gateway_once", condition=~Q(gateway_id="")),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id}/{self.pk}"

    @property
    def reason_words(self) -> str:
        """In the reader's language."""
        return reason_words(self.reason)

    if TYPE_CHECKING:
        id: int
        hub_id: int
        payment_id: int
        asked_by_id: int | None

        def get_state_display(self) -> str: ...
