"""Money that came in, or an attempt at it."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.payments.models.charge import Charge
from bookings.payments.states import BY_HAND, Disputes, Methods, PaymentStates, reason_words
from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.models import Organisation


class PaymentQuerySet(HubQuerySet):
    """Payments …"""

    def received(self) -> Self:
        """… that brought money."""
        return self.filter(state=PaymentStates.RECEIVED)

    def under_way(self) -> Self:
        """… online, begun and not ended."""
        return self.filter(state=PaymentStates.STARTED, method=Methods.ONLINE)


class Payment(HubOwned):
    """One payment of one charge. Online: the key stands here before the gateway is called, so that asking again never pays twice.

    By hand: who wrote it down, with the receipt's number; a mistake is reversed with a reason, never edited.
    """

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="payments", verbose_name=_("charge"))
    method = models.CharField(_("how"), max_length=12, choices=Methods.choices)
    state = models.CharField(_("state"), max_length=10, choices=PaymentStates.choices)
    amount_fen = models.PositiveIntegerField(_("amount, in yuan"))
    refunded_fen = models.PositiveIntegerField(_("paid back, in yuan"), default=0)
    created_at = models.DateTimeField(_("begun"))
    received_at = models.DateTimeField(_("received"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("written down by")
    )
    receipt_no = models.CharField(_("receipt number"), max_length=30, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("organisation")
    )
    gateway = models.CharField(_("gateway"), max_length=20, blank=True)
    idempotency_key = models.CharField(max_length=40, blank=True, editable=False)
    session_id = models.CharField(_("the gateway's number"), max_length=120, blank=True)
    intent_id = models.CharField(_("the gateway's payment"), max_length=120, blank=True)
    checkout_url = models.URLField(max_length=1000, blank=True, editable=False)
    in_wechat = models.BooleanField(default=False, editable=False)  # the page was made for WeChat's own browser
    expires_at = models.DateTimeField(_("can be paid until"), null=True, blank=True)
    dispute = models.CharField(_("dispute"), max_length=5, choices=Disputes.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    reversed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("reversed by")
    )

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["hub", "created_at"], name="payment_begun"),
            models.Index(fields=["created_at"], name="payment_under_way", condition=Q(state=PaymentStates.STARTED)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["charge"], name="payment_one_open_attempt", condition=Q(state=PaymentStates.STARTED)),
            models.UniqueConstraint(fields=["session_id"], name="payment_session_once", condition=~Q(session_id="")),
            models.UniqueConstraint(fields=["intent_id"], name="payment_intent_once", condition=~Q(intent_id="")),
            models.UniqueConstraint(fields=["idempotency_key"], name="payment_key_once", condition=~Q(idempotency_key="")),
            models.UniqueConstraint(fields=["hub", "receipt_no"], name="payment_receipt_once", condition=~Q(receipt_no="") & ~Q(state=PaymentStates.REVERSED)),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payment_of_something"),
            models.CheckConstraint(condition=Q(refunded_fen__lte=F("amount_fen")), name="payment_back_at_most_what_came"),
            models.CheckConstraint(condition=~Q(state=PaymentStates.RECEIVED) | Q(received_at__isnull=False), name="payment_received_has_a_time"),
            models.CheckConstraint(condition=~Q(method__in=BY_HAND) | (Q(recorded_by__isnull=False) & ~Q(receipt_no="")), name="payment_by_hand_has_a_receipt"),
            models.CheckConstraint(condition=~Q(state=PaymentStates.REVERSED) | (~Q(reason="") & Q(method__in=BY_HAND)), name="payment_reversed_has_a_reason"),
            models.CheckConstraint(condition=~Q(method=Methods.INVOICE) | Q(organisation__isnull=False), name="payment_invoice_to_somebody"),
            models.CheckConstraint(condition=~Q(method=Methods.ONLINE) | ~Q(idempotency_key=""), name="payment_online_has_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.charge_id}/{self.pk}"

    @property
    def reason_words(self) -> str:
        """In the reader's language."""
        return reason_words(self.reason)

    if TYPE_CHECKING:
        id: int
        hub_id: int
        charge_id: int
        recorded_by_id: int | None

        def get_method_display(self) -> str: ...
        def get_state_display(self) -> str: ...

    @property
    def can_go_back_fen(self) -> int:
        """What of it can still be paid back."""
        return self.amount_fen - self.refunded_fen if self.state == PaymentStates.RECEIVED and self.dispute != Disputes.OPEN else 0

    @property
    def is_online(self) -> bool:
        """Whether a gateway holds it."""
        return self.method == Methods.ONLINE
