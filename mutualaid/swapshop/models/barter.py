"""A promise to swap, kept at the house by both sides together."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hub.core import clock
from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.models import Resident
from mutualaid.swapshop.models.item import Item
from mutualaid.swapshop.models.offer import Offer
from mutualaid.swapshop.states import BarterStates, RenegeReasons, Sides


class BarterQuerySet(HubQuerySet):
    """Barters …"""

    def living(self) -> Self:
        """… promised and not yet handed over."""
        return self.filter(state=BarterStates.PROMISED)

    def late(self, moment: datetime) -> Self:
        """… whose time at the house is over without both having confirmed."""
        return self.living().filter(slot_at__lt=moment)


class Barter(HubOwned):
    """Two residents and their things. Each side has a link of its own; what one presses there is that side's word."""

    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="barter", verbose_name=_("offer"))
    reference = models.CharField(_("number"), max_length=8)
    owner = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+", verbose_name=_("whose thing it was"))
    taker = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+", verbose_name=_("who made the offer"))
    owner_token = models.CharField(max_length=43, editable=False)
    taker_token = models.CharField(max_length=43, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=BarterStates.choices, default=BarterStates.PROMISED)
    is_give_away = models.BooleanField(_("given away"), default=False)
    is_on_the_spot = models.BooleanField(_("swapped at the counter in one step"), default=False)
    with_child = models.BooleanField(_("somebody under eighteen takes part"), default=False)
    slot_at = models.DateTimeField(_("handed over at the house"), null=True, blank=True)
    owner_confirmed_at = models.DateTimeField(_("owner has confirmed"), null=True, blank=True)
    taker_confirmed_at = models.DateTimeField(_("taker has confirmed"), null=True, blank=True)
    owner_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        verbose_name=_("owner's word written down by"),
    )  # fmt: skip
    taker_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        verbose_name=_("taker's word written down by"),
    )  # fmt: skip
    broken_by = models.CharField(_("who broke the promise"), max_length=5, choices=Sides.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=12, choices=RenegeReasons.choices, blank=True)
    words = models.CharField(_("why the house called it off"), max_length=100, blank=True)
    made_at = models.DateTimeField(_("promised"), default=clock.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = BarterQuerySet.as_manager()

    class Meta:
        verbose_name = _("barter")
        verbose_name_plural = _("barters")
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["hub", "-made_at", "-id"], name="swap_barter_made"),
            models.Index(fields=["hub", "slot_at"], condition=Q(state="promised"), name="swap_barter_slots"),
            models.Index(fields=["hub", "ended_at"], condition=Q(state="done"), name="swap_barter_done"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="swap_barter_reference_once"),
            models.UniqueConstraint(fields=["owner_token"], name="swap_barter_owner_token_once"),
            models.UniqueConstraint(fields=["taker_token"], name="swap_barter_taker_token_once"),
            models.CheckConstraint(condition=~Q(owner=F("taker")), name="swap_barter_of_two"),
            models.CheckConstraint(
                condition=(Q(state="done", owner_confirmed_at__isnull=False, taker_confirmed_at__isnull=False, ended_at__isnull=False))
                | (Q(state="promised", ended_at=None) & (Q(owner_confirmed_at=None) | Q(taker_confirmed_at=None)))
                | Q(state__in=["reneged", "called_off"], ended_at__isnull=False),
                name="swap_barter_done_when_both_confirm",
            ),
            models.CheckConstraint(
                condition=(Q(state="reneged") & ~Q(broken_by="") & ~Q(reason="")) | (~Q(state="reneged") & Q(broken_by="", reason="")),
                name="swap_barter_broken_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_living(self) -> bool:
        return self.state == BarterStates.PROMISED

    @property
    def is_done(self) -> bool:
        return self.state == BarterStates.DONE

    def side_of(self, token: str) -> str:
        """Whose link it is."""
        return Sides.OWNER if token == self.owner_token else Sides.TAKER

    def person(self, side: str) -> Resident:
        """Who stands on that side."""
        return self.owner if side == Sides.OWNER else self.taker

    def confirmed_at(self, side: str) -> datetime | None:
        """When that side said that the things have changed hands."""
        return self.owner_confirmed_at if side == Sides.OWNER else self.taker_confirmed_at

    def things(self, side: str) -> list[Item]:
        """What that side brings; of prefetched rows."""
        return [row.item for row in self.rows.all() if row.side == side]

    def url_for(self, side: str) -> str:
        """That side's page."""
        return reverse("swapshop:barter", args=[self.owner_token if side == Sides.OWNER else self.taker_token])

    def is_late(self, moment: datetime) -> bool:
        return self.is_living and self.slot_at is not None and self.slot_at < moment

    if TYPE_CHECKING:
        id: int
        offer_id: int
        owner_id: int
        taker_id: int
        rows: Any

        def get_state_display(self) -> str: ...
        def get_reason_display(self) -> str: ...
        def get_broken_by_display(self) -> str: ...


class BarterItem(models.Model):
    """A thing in a barter. `is_living` while the barter is: no thing is in two living ones."""

    HUB_PATH = "barter__hub"

    barter = models.ForeignKey(Barter, on_delete=models.CASCADE, related_name="rows", verbose_name=_("barter"))
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="barter_rows", verbose_name=_("thing"))
    side = models.CharField(_("side"), max_length=5, choices=Sides.choices)
    is_living = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("thing in a barter")
        verbose_name_plural = _("things in barters")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(is_living=True), name="swap_item_in_one_living_barter"),
            models.UniqueConstraint(fields=["barter", "item"], name="swap_barter_holds_a_thing_once"),
        ]

    def __str__(self) -> str:
        return f"{self.barter_id} {self.side}"

    if TYPE_CHECKING:
        barter_id: int
        item_id: int
