"""Somebody says that something is wrong with a listing."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hub.core import clock
from hub.hubs.models import HubOwned
from hub.people.models import Resident
from mutualaid.swapshop.models.item import Item
from mutualaid.swapshop.states import ReportReasons, ReportStates


class Report(HubOwned):
    """One person about one listing, once; enough of them hide it until the house has looked."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reports", verbose_name=_("thing"))
    person = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+", verbose_name=_("reported by"))
    reason = models.CharField(_("reason"), max_length=10, choices=ReportReasons.choices)
    state = models.CharField(_("state"), max_length=10, choices=ReportStates.choices, default=ReportStates.OPEN)
    made_at = models.DateTimeField(_("made"), default=clock.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("decided by")
    )

    class Meta:
        verbose_name = _("report about a listing")
        verbose_name_plural = _("reports about listings")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], condition=Q(state="open"), name="swap_report_once_a_person"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None) | (~Q(state="open") & Q(decided_at__isnull=False)), name="swap_report_decided_has_a_time"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.item.reference} {self.get_reason_display()}"

    if TYPE_CHECKING:
        item_id: int

        def get_reason_display(self) -> str: ...
        def get_state_display(self) -> str: ...
