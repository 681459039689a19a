"""Who swaps, under a nickname, and what they look for."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hub.core import clock
from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.models import Resident
from mutualaid.swapshop.models.house import Kind
from mutualaid.swapshop.rules import is_child


class Swapper(HubOwned):
    """A resident in the shop: others read the nickname, never the name. `said_child` is their own word, where the books hold no date of birth."""

    resident = models.OneToOneField(Resident, on_delete=models.PROTECT, related_name="swapper", verbose_name=_("resident"))
    nickname = models.CharField(_("nickname"), max_length=12, blank=True)
    said_child = models.BooleanField(_("says they are under eighteen"), null=True, blank=True)
    joined_at = models.DateTimeField(_("since"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("swapper")
        verbose_name_plural = _("swappers")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["hub", "nickname"], condition=~Q(nickname=""), name="swap_nickname_once")]

    def __str__(self) -> str:
        return self.nickname or "–"

    @property
    def is_child(self) -> bool:
        """Whether they are under eighteen today."""
        return is_child(self.resident.birth_on, self.said_child, clock.today())

    if TYPE_CHECKING:
        resident_id: int


class WishQuerySet(HubQuerySet):
    """Wishes …"""

    def standing(self) -> Self:
        """… nobody has ended."""
        return self.filter(ended_at=None)


class Wish(HubOwned):
    """What somebody looks for: a kind, words, or both. Nobody else reads it; they are told when something that fits has been looked at."""

    person = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="swap_wishes", verbose_name=_("person"))
    kind = models.ForeignKey(Kind, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("kind"))
    words = models.CharField(_("words"), max_length=40, blank=True)
    made_at = models.DateTimeField(_("made"), default=clock.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        ordering = ["-id"]
        indexes = [models.Index(fields=["hub"], condition=Q(ended_at=None), name="swap_wish_standing")]
        constraints = [models.CheckConstraint(condition=Q(kind__isnull=False) | ~Q(words="") | Q(ended_at__isnull=False), name="swap_wish_says_something")]

    def __str__(self) -> str:
        return self.words or str(self.kind or "")

    if TYPE_CHECKING:
        person_id: int
        kind_id: int | None
