"""What a helper's month came to."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.dispatch.models.provider import Provider
from bookings.dispatch.states import LineKinds, StatementStates
from bookings.orders.models import Order
from hub.hubs.models import HubOwned, HubQuerySet


class StatementQuerySet(HubQuerySet):
    """Statements …"""

    def open(self) -> Self:
        """… not approved yet."""
        return self.filter(state=StatementStates.DRAWN_UP)


class Statement(HubOwned):
    """One helper's month: drawn up by one, approved by another, and then locked; what was wrong is put right in a later month."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="statements", verbose_name=_("helper"))
    month = models.DateField(_("month"))
    state = models.CharField(_("state"), max_length=10, choices=StatementStates.choices, default=StatementStates.DRAWN_UP)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("drawn up by"))
    drawn_at = models.DateTimeField(_("drawn up"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["-month", "provider__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "month"], name="statement_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="statement_of_a_month"),
            models.CheckConstraint(
                condition=Q(state=StatementStates.APPROVED, approved_by__isnull=False, approved_at__isnull=False)
                | Q(state=StatementStates.DRAWN_UP, approved_by=None, approved_at=None),
                name="statement_approved_by_somebody",
            ),
            models.CheckConstraint(condition=Q(approved_by=None) | ~Q(approved_by=F("drawn_by")), name="statement_approved_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.month:%Y-%m}"

    if TYPE_CHECKING:
        id: int
        provider_id: int
        drawn_by_id: int
        approved_by_id: int | None

        def get_state_display(self) -> str: ...

    @property
    def is_locked(self) -> bool:
        """Whether nothing in it changes any more."""
        return self.state == StatementStates.APPROVED

    @property
    def month_words(self) -> str:
        """2026-11."""
        month: date = self.month
        return f"{month:%Y-%m}"


class StatementLine(models.Model):
    """One order, in fen: its list price with parts, what was due, what the helper took in cash. A line that takes back is negative."""

    HUB_PATH = "statement__hub"

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="lines", verbose_name=_("statement"))
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+", verbose_name=_("order"))
    kind = models.CharField(_("kind"), max_length=10, choices=LineKinds.choices, default=LineKinds.ORDER)
    list_fen = models.IntegerField(_("list price with parts, in yuan"))
    due_fen = models.IntegerField(_("due, in yuan"))
    cash_fen = models.IntegerField(_("cash taken, in yuan"))

    class Meta:
        verbose_name = _("line of a statement")
        verbose_name_plural = _("lines of a statement")
        ordering = ["order__done_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "order", "kind"], name="statement_line_once"),
            models.UniqueConstraint(fields=["order"], name="statement_order_once", condition=Q(kind=LineKinds.ORDER)),
            models.CheckConstraint(
                condition=Q(kind=LineKinds.REVERSAL, list_fen__lte=0, due_fen__lte=0, cash_fen__lte=0)
                | ~Q(kind=LineKinds.REVERSAL) & Q(list_fen__gte=0, due_fen__gte=0, cash_fen__gte=0),
                name="statement_line_signs",
            ),
            models.CheckConstraint(condition=Q(kind=LineKinds.REVERSAL) | Q(due_fen__lte=F("list_fen")), name="statement_line_due_at_most_the_list"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.order_id} {self.kind}"

    if TYPE_CHECKING:
        statement_id: int
        order_id: int

        def get_kind_display(self) -> str: ...

    @property
    def subsidy_fen(self) -> int:
        """What the house gives on top."""
        return self.list_fen - self.due_fen
