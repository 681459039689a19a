"""Whatever somebody owes by a time; one table for all of it."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hub.core.joins import promise_kinds
from hub.hubs.models import HubOwned, HubQuerySet
from hub.promises.states import Outcomes


class PromiseQuerySet(HubQuerySet):
    """Promises …"""

    def open(self) -> Self:
        """… not done yet."""
        return self.filter(done_at__isnull=True)

    def about(self, subject: str, ref: str) -> Self:
        """… about one thing."""
        return self.filter(subject_label=subject, subject_ref=ref)


class Promise(HubOwned):
    """One thing owed: of a registered kind, about a subject (app.model and its public reference), due at a moment set once."""

    kind = models.CharField(_("kind"), max_length=40)
    subject_label = models.CharField(_("about what"), max_length=40)
    subject_ref = models.CharField(_("which"), max_length=40)
    due_at = models.DateTimeField(_("due"))
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("taken by"))
    team = models.CharField(_("team"), max_length=20, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("promised"))
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcomes.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["hub", "due_at"], condition=Q(done_at__isnull=True), name="promise_due_next"),
            models.Index(fields=["hub", "done_at"], name="promise_done"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_label", "subject_ref"], condition=Q(done_at__isnull=True), name="promise_open_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, outcome="") | Q(done_at__isnull=False, outcome__in=["kept", "dropped"]), name="promise_done_has_an_outcome"
            ),
            models.CheckConstraint(condition=~Q(outcome="dropped") | ~Q(reason=""), name="promise_dropped_has_a_reason"),
            models.CheckConstraint(condition=Q(taken_at__isnull=True) | Q(owner__isnull=False), name="promise_taken_by_somebody"),
        ]

    def __str__(self) -> str:
        label = promise_kinds[self.kind].label if self.kind in promise_kinds else self.kind
        return f"{label} {self.subject_ref}"

    @property
    def is_open(self) -> bool:
        """Whether it is still owed."""
        return self.done_at is None

    if TYPE_CHECKING:
        owner_id: int | None

        def get_outcome_display(self) -> str: ...
