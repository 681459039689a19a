"""Numbers under which a person can be reached."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core.phones import masked
from hub.hubs.models import HubOwned
from hub.people.models.resident import Resident


class ContactPhone(HubOwned):
    """One number of one person; the same number may stand with many (a couple, a neighbour who takes messages)."""

    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="phones", verbose_name=_("resident"))
    number = models.CharField(_("number"), max_length=15)
    note = models.CharField(_("whose it is"), max_length=40, blank=True, help_text=_("Daughter's, neighbour's; empty: their own."))
    is_first = models.BooleanField(_("ring this one first"), default=False)

    class Meta:
        verbose_name = _("phone")
        verbose_name_plural = _("phones")
        ordering = ["-is_first", "id"]
        constraints = [
            models.UniqueConstraint(fields=["resident", "number"], name="phone_once_a_resident"),
            models.UniqueConstraint(fields=["resident"], condition=models.Q(is_first=True), name="phone_one_is_first"),
        ]
        indexes = [models.Index(fields=["hub", "number"], name="phone_number")]

    def __str__(self) -> str:
        return self.masked_number

    @property
    def masked_number(self) -> str:
        return masked(self.number)

    if TYPE_CHECKING:
        resident_id: int
