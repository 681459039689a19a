"""What belongs to a month besides ratings: the paper box as two people counted it, and posts struck from the five."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.hubs.models import HubOwned, HubQuerySet
from mutualaid.vanguard.models.post import Post

MOST_CARDS = 5000  # of one grade in one box


class BoxCount(HubOwned):
    """How many cards of each grade one person found in a box. Two people count one `turn` (place 1 and 2); where they differ, both count again in
    the next turn. `settled_at` stands on both when they agreed and the cards were written down."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("post"))
    month = models.DateField(_("month"))
    box = models.PositiveSmallIntegerField(_("box"), default=1)
    turn = models.PositiveSmallIntegerField(_("turn"), default=1)
    place = models.PositiveSmallIntegerField(_("first or second"))
    very_good = models.PositiveSmallIntegerField(pgettext_lazy("grade", "very satisfied"), default=0)
    good = models.PositiveSmallIntegerField(pgettext_lazy("grade", "satisfied"), default=0)
    fair = models.PositiveSmallIntegerField(pgettext_lazy("grade", "fairly satisfied"), default=0)
    bad = models.PositiveSmallIntegerField(pgettext_lazy("grade", "dissatisfied"), default=0)
    very_bad = models.PositiveSmallIntegerField(pgettext_lazy("grade", "very dissatisfied"), default=0)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("counted by"))
    typed_at = models.DateTimeField(_("counted"))
    settled_at = models.DateTimeField(_("agreed"), null=True, blank=True)

    class Meta:
        verbose_name = _("count of a paper box")
        verbose_name_plural = _("counts of paper boxes")
        ordering = ["-month", "post__number", "box", "turn", "place"]
        constraints = [
            models.UniqueConstraint(fields=["post", "month", "box", "turn", "place"], name="vanguard_box_place_once"),
            models.UniqueConstraint(fields=["post", "month", "box", "turn", "typed_by"], name="vanguard_box_two_people"),
            models.CheckConstraint(condition=Q(place__in=[1, 2], box__gte=1, turn__gte=1), name="vanguard_box_first_or_second"),
            models.CheckConstraint(
                condition=Q(very_good__lte=MOST_CARDS, good__lte=MOST_CARDS, fair__lte=MOST_CARDS, bad__lte=MOST_CARDS, very_bad__lte=MOST_CARDS),
                name="vanguard_box_not_too_many",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.post} {self.box}/{self.turn}/{self.place}"

    if TYPE_CHECKING:
        id: int
        post_id: int
        typed_by_id: int

    @property
    def cards(self) -> tuple[int, int, int, int, int]:
        """From very satisfied down."""
        return self.very_good, self.good, self.fair, self.bad, self.very_bad


class StrikeQuerySet(HubQuerySet):
    """Strikes …"""

    def standing(self) -> Self:
        """… that nobody has taken back."""
        return self.filter(taken_back_at=None)


class Strike(HubOwned):
    """A post that the committee struck from a month's five, for a reason everybody reads; the next moves up."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("post"))
    month = models.DateField(_("month"))
    reason = models.CharField(_("reason"), max_length=200)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("taken back by")
    )

    objects = StrikeQuerySet.as_manager()

    class Meta:
        verbose_name = _("post struck from a month")
        verbose_name_plural = _("posts struck from a month")
        ordering = ["-month", "post__number"]
        constraints = [
            models.UniqueConstraint(fields=["post", "month"], condition=Q(taken_back_at=None), name="vanguard_strike_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="vanguard_strike_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.post}"

    if TYPE_CHECKING:
        id: int
        post_id: int
