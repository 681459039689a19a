"""Asked by one, taken down by another, meant for a third: on everything a resident can ask for."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.people.models.resident import Resident
from hub.people.states import Channels


class OnBehalf(models.Model):
    """How it came (`channel`), which member of staff took it (`taken_by`), who asked (`asked_by`) and whom it is for (`for_person`)."""

    channel = models.CharField(_("channel"), max_length=10, choices=Channels.choices, default=Channels.WEB)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("taken by")
    )
    asked_by = models.ForeignKey(Resident, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("asked by"))
    for_person = models.ForeignKey(
        Resident, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=pgettext_lazy("of a person", "for")
    )

    if TYPE_CHECKING:
        contact_phone: str  # each has its own column, with its own index
        taken_by_id: int | None

    class Meta:
        abstract = True

    def told_at(self) -> tuple[str, int | None] | None:
        """Where word about it goes: the number that was left, else the account of who asked or took it down; None once nobody is left."""
        if self.contact_phone:
            return self.contact_phone, None
        user_id = self.asked_by.user_id if self.asked_by else self.taken_by_id
        return ("", user_id) if user_id is not None else None
