"""Pieces alike on the shelf."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hub.hubs.models import HubOwned, HubQuerySet
from mutualaid.clothing.rules import ONE_SIZE, SIZES
from mutualaid.clothing.states import Conditions, Fits, Kinds, Seasons


class GarmentQuerySet(HubQuerySet):
    """Garments …"""

    def there(self) -> Self:
        """… of which at least one piece lies on the shelf."""
        return self.filter(piece_count__gt=0)


class Garment(HubOwned):
    """One kind, fit, size, season and condition, and how many pieces of it lie there. The number is the sum of its movements, never typed."""

    kind = models.CharField(pgettext_lazy("clothes", "what"), max_length=12, choices=Kinds.choices)
    fit = models.CharField(pgettext_lazy("clothes", "for whom"), max_length=10, choices=Fits.choices)
    size = models.CharField(pgettext_lazy("clothes", "size"), max_length=4, choices=[(size, size) for size in SIZES])
    size_order = models.PositiveSmallIntegerField(editable=False)
    season = models.CharField(pgettext_lazy("clothes", "season"), max_length=10, choices=Seasons.choices)
    condition = models.CharField(pgettext_lazy("clothes", "condition"), max_length=10, choices=Conditions.choices)
    piece_count = models.IntegerField(_("pieces there"), default=0, editable=False)
    shelf = models.CharField(_("where it lies"), max_length=20, blank=True, help_text=_("As it stands on the shelf: B3."))

    objects = GarmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("clothes in stock")
        verbose_name_plural = _("clothes in stock")
        ordering = ["kind", "fit", "size_order", "season", "condition", "id"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "kind", "fit", "size", "season", "condition"], name="garment_once_a_hub"),
            models.CheckConstraint(condition=Q(piece_count__gte=0), name="garment_never_below_zero"),
            models.CheckConstraint(condition=~Q(kind=Kinds.THERMAL) | Q(condition=Conditions.NEW), name="garment_underwear_is_new"),
        ]

    def __str__(self) -> str:
        return self.words

    if TYPE_CHECKING:
        id: int

        def get_kind_display(self) -> str: ...
        def get_fit_display(self) -> str: ...
        def get_season_display(self) -> str: ...
        def get_condition_display(self) -> str: ...

    @property
    def size_words(self) -> str:
        """L码, 38码, 均码."""
        return size_in_words(self.size)

    @property
    def name(self) -> str:
        """冬季外套: what it is, without whom it fits."""
        return gettext("%(kind)s for %(season)s") % {"season": self.get_season_display(), "kind": self.get_kind_display()}

    @property
    def words(self) -> str:
        """冬季外套，女款，L码; what fits everybody is called by its name alone."""
        if self.size == ONE_SIZE and self.fit == Fits.ANYBODY:
            return self.name
        return gettext("%(what)s, %(fit)s, %(size)s") % {"what": self.name, "fit": self.get_fit_display(), "size": self.size_words}


def size_in_words(size: str) -> str:
    """As it is said at the shelf."""
    return gettext("one size") if size == ONE_SIZE else gettext("size %(size)s") % {"size": size}
