"""The contribution book: what schemes write down in a resident's favour, and whether the resident wants it shown."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.hubs.models import HubOwned
from hub.people.models import Consent, Resident
from mutualaid.volunteers.schemes import schemes


class Contribution(HubOwned):
    """One thing a resident gave, by the scheme that says so; of one subject once."""

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+", verbose_name=_("resident"))
    scheme = models.CharField(_("scheme"), max_length=20)
    what = models.CharField(_("what it was"), max_length=100)
    given_at = models.DateTimeField(_("when"))
    subject_label = models.CharField(_("about what"), max_length=40)
    subject_ref = models.CharField(_("which"), max_length=43)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-given_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["scheme", "subject_label", "subject_ref"], name="contribution_once")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.subject_ref}"

    if TYPE_CHECKING:
        resident_id: int

    @property
    def scheme_words(self) -> str:
        """What the resident reads; a scheme that is no longer there keeps its name."""
        return str(schemes[self.scheme].label) if self.scheme in schemes else self.scheme


class Shown(HubOwned):
    """A resident who wants to be thanked in public, under a nickname or a masked name; gone when they change their mind."""

    resident = models.OneToOneField(Resident, on_delete=models.CASCADE, related_name="+", verbose_name=_("resident"))
    nickname = models.CharField(_("nickname"), max_length=12, blank=True)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+", verbose_name=_("consent"))

    class Meta:
        verbose_name = _("thanked in public")
        verbose_name_plural = _("thanked in public")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.called

    if TYPE_CHECKING:
        resident_id: int

    @property
    def called(self) -> str:
        """What the board says: the nickname, else 张**."""
        return self.nickname or self.resident.masked_name
