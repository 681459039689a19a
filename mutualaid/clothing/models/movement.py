"""Every change of a number on the shelf. Written once."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.core.constraints import AppendOnly
from hub.hubs.models import HubOwned
from mutualaid.clothing.models.garment import Garment
from mutualaid.clothing.models.intake import Intake
from mutualaid.clothing.models.parcel import Parcel
from mutualaid.clothing.states import ADDS, TAKES, Faults, Moves


class Movement(HubOwned):
    """So many pieces onto the shelf or off it. A garment's number is the sum of these. It says nobody's name."""

    garment = models.ForeignKey(Garment, on_delete=models.PROTECT, related_name="movements", verbose_name=_("clothes in stock"))
    kind = models.CharField(_("what happened"), max_length=10, choices=Moves.choices)
    change = models.IntegerField(pgettext_lazy("clothes", "how many"))
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("by"))
    intake = models.ForeignKey(Intake, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("intake"))
    parcel = models.ForeignKey(Parcel, null=True, blank=True, on_delete=models.PROTECT, related_name="movements", verbose_name=_("parcel"))
    fault = models.CharField(_("why not"), max_length=10, choices=Faults.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("movement")
        verbose_name_plural = _("movements")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["hub", "-at", "-id"], name="movement_hub_at")]
        constraints = [
            AppendOnly(name="movement_append_only"),
            models.CheckConstraint(
                condition=Q(kind__in=ADDS, change__gt=0) | Q(kind__in=TAKES, change__lt=0) | Q(kind=Moves.CORRECTION) & ~Q(change=0),
                name="movement_has_its_sign",
            ),
            models.CheckConstraint(condition=Q(kind=Moves.IN, intake__isnull=False) | ~Q(kind=Moves.IN) & Q(intake=None), name="movement_in_has_its_intake"),
            models.CheckConstraint(
                condition=Q(kind__in=[Moves.OUT, Moves.BACK], parcel__isnull=False) | ~Q(kind__in=[Moves.OUT, Moves.BACK]) & Q(parcel=None),
                name="movement_out_has_its_parcel",
            ),
            models.CheckConstraint(condition=~Q(kind=Moves.DISCARDED) | ~Q(fault=""), name="movement_discarded_says_why"),
            models.CheckConstraint(condition=~Q(kind=Moves.CORRECTION) | ~Q(reason=""), name="movement_correction_says_why"),
            models.UniqueConstraint(fields=["parcel", "garment"], name="movement_out_once", condition=Q(kind=Moves.OUT)),
            models.UniqueConstraint(fields=["parcel", "garment"], name="movement_back_once", condition=Q(kind=Moves.BACK)),
            models.UniqueConstraint(fields=["intake"], name="movement_in_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.change:+d}"

    if TYPE_CHECKING:
        garment_id: int
        parcel_id: int | None

        def get_kind_display(self) -> str: ...
