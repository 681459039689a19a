"""What somebody brought."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.core.names import masked_name
from hub.hubs.models import HubOwned
from hub.people.models import Resident
from mutualaid.clothing.models.garment import Garment
from mutualaid.clothing.states import Ends, Faults


class Intake(HubOwned):
    """Pieces alike out of one bag. Who gave them may stay unsaid: "a neighbour". `bag` is the first intake of the same bag."""

    token = models.CharField(max_length=43, editable=False)
    at = models.DateTimeField(_("taken in"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("taken by")
    )
    garment = models.ForeignKey(Garment, null=True, blank=True, on_delete=models.PROTECT, related_name="intakes", verbose_name=_("what went on the shelf"))
    piece_count = models.PositiveSmallIntegerField(_("pieces for the shelf"), default=0)
    refused_count = models.PositiveSmallIntegerField(_("pieces that cannot be worn"), default=0)
    fault = models.CharField(_("why not"), max_length=10, choices=Faults.choices, blank=True)
    end = models.CharField(_("what becomes of them"), max_length=12, choices=Ends.choices, blank=True)
    donor = models.ForeignKey(Resident, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("from whom"))
    donor_name = models.CharField(_("name of the giver"), max_length=40, blank=True)
    donor_phone = models.CharField(_("phone of the giver"), max_length=15, blank=True)
    wants_thanks = models.BooleanField(_("would like a word of thanks"), default=False)
    bag = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("first of the same bag"))

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["hub", "-at", "-id"], name="intake_hub_at")]
        constraints = [
            models.UniqueConstraint(fields=["token"], name="intake_token_once"),
            models.CheckConstraint(condition=Q(piece_count__gt=0) | Q(refused_count__gt=0), name="intake_of_something"),
            models.CheckConstraint(condition=Q(piece_count=0) | Q(garment__isnull=False), name="intake_lies_somewhere"),
            models.CheckConstraint(
                condition=Q(refused_count=0, fault="", end="") | Q(refused_count__gt=0) & ~Q(fault="") & ~Q(end=""), name="intake_refused_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.piece_count}"

    @property
    def from_whom(self) -> str:
        """Masked, or "a neighbour"."""
        return masked_name(self.donor_name) or gettext("a neighbour")

    if TYPE_CHECKING:
        garment_id: int | None
        donor_id: int | None
        bag_id: int | None

        def get_fault_display(self) -> str: ...
        def get_end_display(self) -> str: ...
