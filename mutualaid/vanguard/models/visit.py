"""A visit at the counter, or a card given to a guest: what a rating code was handed out for."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.hubs.models import HubOwned
from hub.people.models import Resident
from hub.served.states import Posts
from mutualaid.vanguard.models.post import Post
from mutualaid.vanguard.states import VisitKinds


class CounterVisit(HubOwned):
    """One visit closed with one key, or one card of a sheet (`batch`). Who it was is not asked; a resident stands there when the desk knew them.
    `post` is set where the card says which post it is for; else the ledger's rule decides."""

    token = models.CharField(max_length=43, unique=True, editable=False)
    batch = models.CharField(max_length=43, blank=True, editable=False, db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=VisitKinds.choices)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("rated for"))
    station = models.CharField(_("centre"), max_length=20, choices=Posts.choices)
    what = models.CharField(_("what it was about"), max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=40, blank=True)
    for_person = models.ForeignKey(
        Resident, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=pgettext_lazy("of a person", "for")
    )
    closed_at = models.DateTimeField(pgettext_lazy("moment", "closed"))
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("visit at the counter")
        verbose_name_plural = _("visits at the counter")
        ordering = ["-closed_at", "-id"]
        indexes = [models.Index(fields=["hub", "closed_at"], name="vanguard_visit_when")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    if TYPE_CHECKING:
        id: int
        for_person_id: int | None
        post_id: int | None
        closed_by_id: int

        def get_kind_display(self) -> str: ...
        def get_station_display(self) -> str: ...
