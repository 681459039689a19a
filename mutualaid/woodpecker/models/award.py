"""Prizes that were given, and how they were handed over."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.core import clock
from hub.core.letters import in_fours
from hub.hubs.models import HubOwned, HubQuerySet
from mutualaid.woodpecker.models.edition import Edition, EditionPrize
from mutualaid.woodpecker.models.report import Reader
from mutualaid.woodpecker.states import Receipts


class AwardQuerySet(HubQuerySet):
    """Awards …"""

    def standing(self) -> Self:
        """… that were not taken back."""
        return self.filter(voided_at=None)

    def unclaimed(self) -> Self:
        """… that nobody has come for yet."""
        return self.standing().filter(handover=None)


class Award(HubOwned):
    """One place of a prize goes to one reader. `name` is what is printed: masked, or in full where the reader ticked so for that edition.

    `account` is the reader's own, copied so that the database itself can forbid that they hand it over to themselves. Taken back by `voided_at`."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="awards", verbose_name=pgettext_lazy("newspaper", "edition"))
    prize = models.ForeignKey(EditionPrize, on_delete=models.PROTECT, related_name="awards", verbose_name=pgettext_lazy("newspaper", "prize"))
    place = models.PositiveSmallIntegerField(_("place"))
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="awards", verbose_name=pgettext_lazy("newspaper", "reader"))
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False, editable=False)
    name = models.CharField(_("name as printed"), max_length=40)
    full_name = models.CharField(_("name"), max_length=40, blank=True)
    phone = models.CharField(_("phone"), max_length=15, blank=True)
    cash_fen = models.PositiveIntegerField(_("in cash"), default=0)
    marks = models.CharField(_("mark"), max_length=20, blank=True)
    corrections_count = models.PositiveSmallIntegerField(_("credited corrections"), default=0)
    number = models.CharField(_("number of the certificate"), max_length=16)
    awarded_at = models.DateTimeField(_("awarded"))
    awarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("awarded by")
    )
    claim_by = models.DateField(_("to be collected by"))
    voided_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("prize awarded")
        verbose_name_plural = _("prizes awarded")
        ordering = ["-edition__issued_on", "prize__rank", "place"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "reader"], name="award_one_a_reader", condition=Q(voided_at=None)),
            models.UniqueConstraint(fields=["prize", "place"], name="award_one_a_place", condition=Q(voided_at=None)),
            models.UniqueConstraint(fields=["number"], name="award_number_once"),
            models.CheckConstraint(condition=Q(place__gte=1), name="award_has_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.prize} {self.name}"

    if TYPE_CHECKING:
        id: int
        edition_id: int
        prize_id: int
        reader_id: int
        handover: "Handover"

    @property
    def grouped_number(self) -> str:
        """7KQ2-M9XA-…"""
        return in_fours(self.number)

    @property
    def url(self) -> str:
        """The public page on which anybody can check the certificate."""
        return reverse("woodpecker:certificate", args=[self.grouped_number])

    @property
    def is_handed_over(self) -> bool:
        return hasattr(self, "handover")

    @property
    def is_overdue(self) -> bool:
        """Whether nobody came for it in time."""
        return self.voided_at is None and not self.is_handed_over and self.claim_by < clock.today()


class Handover(models.Model):
    """The register: who gave a prize to whom, and who saw it."""

    HUB_PATH = "award__hub"

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="handover", verbose_name=_("prize awarded"))
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("handed over by"))
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False, editable=False)
    receipt = models.CharField(_("receipt"), max_length=10, choices=Receipts.choices)
    collected_by = models.CharField(_("collected by"), max_length=40, blank=True)
    witness = models.CharField(_("witness"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("prize handed over")
        verbose_name_plural = _("prizes handed over")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(receipt=Receipts.WITNESSED) | ~Q(witness=""), name="handover_witnessed_by_somebody"),
            models.CheckConstraint(condition=Q(account=None) | ~Q(by=F("account")), name="handover_not_to_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.award_id}"

    if TYPE_CHECKING:
        award_id: int
        by_id: int

        def get_receipt_display(self) -> str: ...


class PastWinner(HubOwned):
    """Who won before the house kept this book, from a list. The name stands as it was printed then."""

    year = models.PositiveSmallIntegerField(_("year"))
    edition_name = models.CharField(_("called in Chinese"), max_length=40)
    prize_name = models.CharField(_("prize"), max_length=20)
    name = models.CharField(_("name as printed"), max_length=40)
    is_full_name = models.BooleanField(_("printed in full"), default=False)

    class Meta:
        verbose_name = _("winner of earlier years")
        verbose_name_plural = _("winners of earlier years")
        ordering = ["-year", "edition_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "edition_name", "prize_name", "name"], name="past_winner_once"),
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2100), name="past_winner_of_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.prize_name}"
