"""What somebody offers for a thing."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hub.core import clock
from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.models import Resident
from hub.people.models.behalf import OnBehalf
from mutualaid.swapshop.models.item import Item
from mutualaid.swapshop.states import OFFER_LIVES, ItemStates, OfferStates


class OfferQuerySet(HubQuerySet):
    """Offers …"""

    def waiting(self) -> Self:
        """… nobody has answered yet, in the order they came."""
        return self.filter(state=OfferStates.WAITING).order_by("made_at", "id")


class Offer(HubOwned, OnBehalf):
    """One or several things of one's own for one thing of another's; none for what is given away. There are no words in it: nobody writes to anybody.

    Who made it is `for_person`. While another offer is promised the waiting ones queue behind it; `proposed_at` is when the owner was pointed to it.
    """

    contact_phone = ""  # as with things
    for_person = models.ForeignKey(  # never empty here
        Resident, on_delete=models.PROTECT, related_name="+", verbose_name=_("who made it")
    )

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="offers", verbose_name=_("thing"))
    things = models.ManyToManyField(Item, related_name="offered_in", verbose_name=_("offered for it"))
    token = models.CharField(max_length=43, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=OfferStates.choices, default=OfferStates.WAITING)
    guardian_was_there = models.BooleanField(_("parent or guardian was there"), default=False)
    made_at = models.DateTimeField(_("made"), default=clock.now)
    proposed_at = models.DateTimeField(_("owner pointed to it"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer to swap")
        verbose_name_plural = _("offers to swap")
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["item", "made_at", "id"], condition=Q(state="waiting"), name="swap_offer_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["token"], name="swap_offer_token_once"),
            models.UniqueConstraint(fields=["item", "for_person"], condition=Q(state__in=OFFER_LIVES), name="swap_offer_once_a_person"),
            models.UniqueConstraint(fields=["item"], condition=Q(state="accepted"), name="swap_offer_accepted_once"),
            models.CheckConstraint(condition=Q(state="waiting") | Q(answered_at__isnull=False), name="swap_offer_answered_has_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.item.reference} ← {self.nickname}"

    @property
    def url(self) -> str:
        """The page of whoever made it."""
        return reverse("swapshop:offer", args=[self.token])

    @property
    def nickname(self) -> str:
        swapper = getattr(self.for_person, "swapper", None)
        return swapper.nickname if swapper else ""

    @property
    def is_waiting(self) -> bool:
        return self.state == OfferStates.WAITING

    @property
    def can_be_accepted(self) -> bool:
        """Whether every thing of it is still to be had, and the thing itself."""
        return self.is_waiting and all(thing.state == ItemStates.LISTED for thing in [self.item, *self.things.all()])

    if TYPE_CHECKING:
        id: int
        item_id: int
        for_person_id: int
        barter: Any

        def get_state_display(self) -> str: ...
