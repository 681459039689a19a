"""The service ledger: what was done for whom by which post, and the single-use code with which it can be rated."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hub.core.names import masked_name
from hub.hubs.models import HubOwned
from hub.people.models import Organisation, Resident
from hub.served.states import Posts


class ServiceEvent(HubOwned):
    """One thing done for somebody. Written once for each subject (app.model and its reference). `happened_at` is when it was over; `started_at`
    stands where somebody's time in between is known."""

    post = models.CharField(_("post"), max_length=20, choices=Posts.choices)
    what = models.CharField(_("what was done"), max_length=100)
    subject_label = models.CharField(_("about what"), max_length=40)
    subject_ref = models.CharField(_("which"), max_length=40)
    started_at = models.DateTimeField(_("begun"), null=True, blank=True)
    happened_at = models.DateTimeField(_("when"))
    for_person = models.ForeignKey(Resident, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("for whom"))
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("for which organisation")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("by")
    )
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("service done")
        verbose_name_plural = _("services done")
        ordering = ["-happened_at", "-id"]
        indexes = [models.Index(fields=["hub", "post", "happened_at"], name="service_event_post")]
        constraints = [
            models.UniqueConstraint(fields=["subject_label", "subject_ref"], name="service_event_once"),
            models.CheckConstraint(condition=Q(started_at=None) | Q(started_at__lte=models.F("happened_at")), name="service_event_begun_before"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.subject_ref}"

    @property
    def masked_person(self) -> str:
        """张**, as staff see it; '' when it was done for nobody known."""
        return masked_name(self.for_person.name) if self.for_person else ""

    @property
    def organisation_name(self) -> str:
        """Its Chinese name; '' when it was done for no organisation."""
        return self.organisation.name_zh if self.organisation else ""

    if TYPE_CHECKING:
        for_person_id: int | None
        organisation_id: int | None

        def get_post_display(self) -> str: ...


class RatingCode(models.Model):
    """The right to rate one service event once. A keyed hash of the code is kept, and the chance it is made from (`codes.py`)."""

    HUB_PATH = "event__hub"

    event = models.OneToOneField(ServiceEvent, on_delete=models.CASCADE, related_name="rating_code", verbose_name=_("service"))
    nonce = models.CharField(max_length=32, editable=False)
    code_hash = models.CharField(_("hash"), max_length=64, unique=True)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("rating code")
        verbose_name_plural = _("rating codes")
        constraints = [
            models.CheckConstraint(condition=Q(used_at__isnull=True) | Q(used_at__lte=models.F("expires_at")), name="rating_code_used_in_time"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}"

    if TYPE_CHECKING:
        event_id: int
