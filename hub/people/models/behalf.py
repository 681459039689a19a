"""Asked by one, taken down by another, meant for a third: on everything a resident can ask for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.people.models.resident import Resident
from hub.people.states import Channels


class OnBehalf(models.Model):
    """How it came (`channel`), which member of staff took it (`taken_by`), who asked (`asked_by`) and whom it is for (`for_person`)."""

    channel = models.CharField(_("channel"), max_length=10, choices=Channels.choices, default=Channels.WEB)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("taken by")
    )
    asked_by = models.ForeignKey(
        Resident, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("asked by")
    )
    for_person = models.ForeignKey(Resident, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("for"))

    class Meta:
        abstract = True
