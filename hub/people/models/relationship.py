"""Who stands by whom."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core.names import masked_name
from hub.core.phones import masked
from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.models.consent import Consent
from hub.people.models.resident import Resident
from hub.people.states import CAN_ACT, RelationKinds


class RelationshipQuerySet(HubQuerySet):
    """Links …"""

    def standing(self) -> Self:
        """… that have not been ended."""
        return self.filter(ended_at=None)

    def acting(self) -> Self:
        """… whose relative may act for the person, the consent still standing."""
        return self.standing().filter(may_act=True, relative__isnull=False, consent__withdrawn_at=None, kind__in=CAN_ACT)


class Relationship(HubOwned):
    """`relative` is guardian, family, proxy or emergency contact of `person`; a relative who is no resident stands as name and phone."""

    person = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="relatives", verbose_name=_("person"))
    relative = models.ForeignKey(
        Resident, null=True, blank=True, on_delete=models.CASCADE, related_name="relative_of", verbose_name=_("relative")
    )
    relative_name = models.CharField(_("name of the relative"), max_length=40, blank=True)
    relative_phone = models.CharField(_("phone of the relative"), max_length=15, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=RelationKinds.choices)
    note = models.CharField(_("in words"), max_length=40, blank=True, help_text=_("Daughter, neighbour, social worker."))
    may_act = models.BooleanField(_("may act for the person"), default=False)
    consent = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("consent"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("relative")
        verbose_name_plural = _("relatives")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "relative", "kind"], condition=models.Q(ended_at=None), name="relative_once_a_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(relative__isnull=False) | ~models.Q(relative_name="") & ~models.Q(relative_phone=""),
                name="relative_is_somebody",
            ),
            models.CheckConstraint(condition=models.Q(relative=None) | ~models.Q(relative=models.F("person")), name="relative_is_another"),
            models.CheckConstraint(
                condition=models.Q(may_act=False) | models.Q(consent__isnull=False, relative__isnull=False, kind__in=sorted(CAN_ACT)),
                name="relative_acts_by_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.masked_relative} · {self.get_kind_display()}"

    @property
    def masked_relative(self) -> str:
        return self.relative.masked_name if self.relative else masked_name(self.relative_name)

    @property
    def masked_phone(self) -> str:
        """The number written with the link; a resident's own numbers stand with the resident."""
        return masked(self.relative_phone)

    if TYPE_CHECKING:
        person_id: int
        relative_id: int | None
        consent_id: int | None

        def get_kind_display(self) -> str: ...
