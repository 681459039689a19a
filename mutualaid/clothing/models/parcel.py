"""A parcel: what somebody chose, under a number, to be collected at the hub."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from hub.core.sql import one_of
from hub.core.wording import is_chinese
from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.models import Entitlement
from hub.people.models.behalf import OnBehalf
from mutualaid.clothing.models.garment import Garment
from mutualaid.clothing.rules import LAST_WORD, MOST_PIECES, is_late
from mutualaid.clothing.states import FELL_AWAY, IS_OPEN, ParcelStates

OPEN = one_of("state", IS_OPEN)


class ParcelQuerySet(HubQuerySet):
    """Parcels …"""

    def open(self) -> Self:
        """… that are being made ready or wait to be collected."""
        return self.filter(OPEN)

    def late(self, now: datetime) -> Self:
        """… that nobody has collected in time."""
        return self.open().filter(collect_by__lt=now)

    def nearly_late(self, now: datetime) -> Self:
        """… that lie ready, were not collected in their slot, and go back within a day. What is brought along is not waited for."""
        soon = Q(ends_at__lt=now, collect_by__gte=now, collect_by__lt=now + LAST_WORD)
        return self.filter(soon, state=ParcelStates.READY, is_brought=False)

    def with_lines(self) -> Self:
        """… with what is in them, in two more statements however many there are."""
        return self.prefetch_related("lines__garment")


class Parcel(HubOwned, OnBehalf):
    """Whom it is for stands on the row alone: no list, label or message says it, or why. Its pieces have left the shelf."""

    reference = models.CharField(_("number"), max_length=8)
    token = models.CharField(max_length=43, editable=False)
    body_digest = models.CharField(max_length=43, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=ParcelStates.choices, default=ParcelStates.CHOSEN)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    collect_by = models.DateTimeField(_("kept until"))
    is_brought = models.BooleanField(_("somebody brings it along"), default=False)
    note = models.CharField(_("note for staff"), max_length=100, blank=True)
    contact_name = models.CharField(_("name"), max_length=40, blank=True)
    contact_phone = models.CharField(_("phone"), max_length=15, blank=True)
    entitlement = models.ForeignKey(
        Entitlement, null=True, blank=True, on_delete=models.PROTECT, db_index=False, related_name="+", verbose_name=_("entitlement")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, db_index=False, related_name="+", verbose_name=_("decided by")
    )
    decision = models.CharField(_("reason of the decision"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("made"))
    handed_at = models.DateTimeField(_("handed out"), null=True, blank=True)
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, db_index=False, related_name="+", verbose_name=_("handed out by")
    )
    closed_at = models.DateTimeField(pgettext_lazy("moment", "closed"), null=True, blank=True)

    objects = ParcelQuerySet.as_manager()

    class Meta:
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        ordering = ["-starts_at", "-id"]
        indexes = [
            models.Index(fields=["hub", "-starts_at", "-id"], name="parcel_hub_from"),
            models.Index(fields=["hub", "handed_at"], name="parcel_hub_handed"),
            models.Index(fields=["contact_phone"], name="parcel_open_phone", condition=OPEN),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="parcel_reference_once"),
            models.UniqueConstraint(fields=["token"], name="parcel_token_once"),
            models.UniqueConstraint(fields=["for_person"], name="parcel_open_once", condition=Q(state__in=IS_OPEN)),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at"), ends_at__lte=F("collect_by")), name="parcel_times_in_order"),
            models.CheckConstraint(
                condition=Q(state=ParcelStates.HANDED_OUT, handed_at__isnull=False) | ~Q(state=ParcelStates.HANDED_OUT) & Q(handed_at=None),
                name="parcel_handed_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FELL_AWAY, closed_at__isnull=False) | ~Q(state__in=FELL_AWAY) & Q(closed_at=None), name="parcel_closed_has_a_time"
            ),
            models.CheckConstraint(condition=Q(entitlement__isnull=False) | Q(decided_by__isnull=False), name="parcel_has_a_right"),
        ]

    def __str__(self) -> str:
        return self.reference

    if TYPE_CHECKING:
        id: int
        for_person_id: int | None
        asked_by_id: int | None

        def get_state_display(self) -> str: ...

    @property
    def url(self) -> str:
        """Its private page: the token is long, and in no list."""
        return reverse("parcels:parcel", args=[self.token])

    @property
    def is_open(self) -> bool:
        """Whether it is being made ready or waits."""
        return self.state in IS_OPEN

    @property
    def piece_count(self) -> int:
        """How many pieces are in it."""
        return sum(line.piece_count for line in self.lines.all())

    @property
    def what(self) -> str:
        """冬季外套，女款，L码 ×1; …"""
        return ("；" if is_chinese() else "; ").join(line.words for line in self.lines.all())

    @property
    def size_of_it(self) -> str:
        """3件: what everybody may read."""
        return ngettext("%(n)s piece", "%(n)s pieces", self.piece_count) % {"n": self.piece_count}

    def is_late(self, now: datetime) -> bool:
        """Whether nobody has collected it in time."""
        return is_late(self.state, self.collect_by, now)


class ParcelLine(models.Model):
    """So many pieces of one garment."""

    HUB_PATH = "parcel__hub"

    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="lines", verbose_name=_("parcel"))
    garment = models.ForeignKey(Garment, on_delete=models.PROTECT, related_name="lines", verbose_name=_("clothes in stock"))
    piece_count = models.PositiveSmallIntegerField(_("pieces"))

    class Meta:
        verbose_name = _("piece of a parcel")
        verbose_name_plural = _("pieces of a parcel")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["parcel", "garment"], name="parcel_line_once"),
            models.CheckConstraint(condition=Q(piece_count__gte=1, piece_count__lte=MOST_PIECES), name="parcel_line_of_something"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """With how many, when it is more than one."""
        return f"{self.garment.words} ×{self.piece_count}" if self.piece_count > 1 else self.garment.words

    if TYPE_CHECKING:
        garment_id: int
        parcel_id: int
