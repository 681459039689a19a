"""What is owed for one thing; the sums of what came in and went back stand on it, so that the database can forbid what must never be."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bookings.payments.states import ChargeStates, Waivers
from hub.hubs.models import HubOwned, HubQuerySet


class ChargeQuerySet(HubQuerySet):
    """Charges …"""

    def open(self) -> Self:
        """… that somebody has still to pay."""
        return self.filter(state=ChargeStates.OPEN)

    def about(self, purpose: str, ref: str) -> Self:
        """… for one thing."""
        return self.filter(purpose=purpose, subject_ref=ref)


class Charge(HubOwned):
    """`purpose` stands in `joins.payment_purposes`; `subject_ref` is the thing's public reference there; `token` is all a gateway ever sees."""

    token = models.CharField(max_length=32, unique=True, editable=False)
    purpose = models.CharField(_("what for"), max_length=40)
    subject_ref = models.CharField(_("which"), max_length=40)
    state = models.CharField(_("state"), max_length=10, choices=ChargeStates.choices)
    list_fen = models.PositiveIntegerField(_("list price, in yuan"))
    due_fen = models.PositiveIntegerField(_("due, in yuan"))
    waived_fen = models.PositiveIntegerField(_("waived, in yuan"), default=0)
    waived_for = models.CharField(_("waived for"), max_length=12, choices=Waivers.choices, blank=True)
    received_fen = models.PositiveIntegerField(_("received, in yuan"), default=0)
    refunded_fen = models.PositiveIntegerField(_("paid back, in yuan"), default=0)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(pgettext_lazy("moment", "closed"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        ordering = ["-opened_at", "-id"]
        indexes = [models.Index(fields=["hub", "opened_at"], name="charge_opened")]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "subject_ref"], name="charge_once"),
            models.CheckConstraint(condition=Q(refunded_fen__lte=F("received_fen")), name="charge_back_at_most_what_came"),
            models.CheckConstraint(condition=~Q(state=ChargeStates.WAIVED) | Q(due_fen=0), name="charge_waived_owes_nothing"),
            models.CheckConstraint(condition=~Q(state=ChargeStates.OPEN) | Q(due_fen__gt=0), name="charge_open_owes_something"),
            models.CheckConstraint(
                condition=~Q(state=ChargeStates.SETTLED) | Q(received_fen__gte=F("due_fen") + F("refunded_fen")), name="charge_settled_is_paid"
            ),
            models.CheckConstraint(condition=Q(waived_fen=0) | ~Q(waived_for=""), name="charge_waived_for_something"),
            models.CheckConstraint(
                condition=Q(state=ChargeStates.OPEN, closed_at=None) | (~Q(state=ChargeStates.OPEN) & Q(closed_at__isnull=False)),
                name="charge_closed_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject_ref}"

    if TYPE_CHECKING:
        id: int
        hub_id: int

        def get_state_display(self) -> str: ...
        def get_waived_for_display(self) -> str: ...

    @property
    def kept_fen(self) -> int:
        """What the hub holds of it."""
        return self.received_fen - self.refunded_fen

    @property
    def remaining_fen(self) -> int:
        """What is still to be paid; never negative."""
        return max(self.due_fen - self.kept_fen, 0)

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to pay."""
        return self.state == ChargeStates.OPEN

    @property
    def pay_url(self) -> str:
        """Where it is paid online: the token is long, and in no list."""
        return reverse("payments:pay", args=[self.token])
