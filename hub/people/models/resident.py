"""A person, with or without an account."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core import clock
from hub.core.names import masked_name
from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.models.household import Household
from hub.people.states import Flags, IdKinds, Languages, WaysToReach
from hub.places.models import Building


class ResidentQuerySet(HubQuerySet):
    """Residents …"""

    def living(self) -> Self:
        """… whose data has not been erased."""
        return self.filter(erased_at=None)


class Resident(HubOwned):
    """Somebody the house knows. The ID number is kept sealed; `hub.people.identity` alone opens it.

    After erasure the row stays as a tombstone (`erased_at`), so that what was counted stays counted.
    """

    name = models.CharField(_("name"), max_length=40)
    initials = models.CharField(_("initials in pinyin"), max_length=40, blank=True, editable=False)
    birth_on = models.DateField(_("date of birth"), null=True, blank=True)
    id_kind = models.CharField(_("paper"), max_length=10, choices=IdKinds.choices, blank=True)
    id_sealed = models.TextField(blank=True, editable=False)
    id_hash = models.CharField(max_length=64, null=True, blank=True, editable=False)  # NULL: many have none; the others are unique
    id_tail = models.CharField(_("last four of the ID number"), max_length=4, blank=True, editable=False)
    building = models.ForeignKey(
        Building, null=True, blank=True, on_delete=models.PROTECT, related_name="residents", verbose_name=_("building")
    )
    door = models.CharField(_("door"), max_length=20, blank=True, help_text=_("Entrance, floor and flat: 2-301."))
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.SET_NULL, related_name="members", verbose_name=_("household")
    )
    flags = models.JSONField(_("what to mind"), default=list, blank=True)
    flag_note = models.CharField(_("more to mind"), max_length=200, blank=True)
    way_to_reach = models.CharField(_("likes to be told by"), max_length=10, choices=WaysToReach.choices, blank=True, default="")
    language = models.CharField(_("likes to be spoken to in"), max_length=10, choices=Languages.choices, default=Languages.MANDARIN)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="residents", editable=False, verbose_name=_("account")
    )
    created_at = models.DateTimeField(_("entered"), default=clock.now, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    objects = ResidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("resident")
        verbose_name_plural = _("residents")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "id_hash"], name="resident_id_once_a_hub"),
            models.UniqueConstraint(fields=["hub", "user"], name="resident_user_once_a_hub"),
            models.CheckConstraint(
                condition=models.Q(id_hash=None, id_sealed="", id_tail="") | models.Q(id_hash__isnull=False, id_kind__gt="") & ~models.Q(id_sealed=""),
                name="resident_id_whole_or_absent",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at=None) | models.Q(id_hash=None, user=None, birth_on=None), name="resident_erased_is_blank"
            ),
        ]
        indexes = [
            models.Index(fields=["hub", "initials"], name="resident_initials", opclasses=["int8_ops", "varchar_pattern_ops"]),
            models.Index(fields=["hub", "name"], name="resident_name", opclasses=["int8_ops", "varchar_pattern_ops"]),
            models.Index(fields=["hub", "id_tail"], name="resident_id_tail"),
        ]

    def __str__(self) -> str:
        """Masked: this is what lists, choosers and messages print by themselves."""
        return self.masked_name

    @property
    def masked_name(self) -> str:
        return masked_name(self.name) or str(_("erased"))

    @property
    def masked_id(self) -> str:
        """Stars and the last four, or ''."""
        return f"**************{self.id_tail}" if self.id_tail else ""

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    @property
    def flag_words(self) -> list[str]:
        """What to mind, in words; codes that are no longer used fall away."""
        known = dict(Flags.choices)
        words = [str(known[code]) for code in self.flags if code in known]
        return [*words, self.flag_note] if self.flag_note else words

    if TYPE_CHECKING:
        building_id: int | None
        household_id: int | None
        user_id: int | None

        def get_id_kind_display(self) -> str: ...
        def get_way_to_reach_display(self) -> str: ...
        def get_language_display(self) -> str: ...
