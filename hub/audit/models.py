"""Append-only lines: who saw and changed what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.audit.verbs import verb_words
from hub.core.constraints import AppendOnly
from hub.core.subjects import subject_words
from hub.hubs.models import HubOwned


class Line(HubOwned):
    """One thing done or read. Never changed, never deleted: the database refuses both."""

    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    for_person = models.CharField(_("for whom"), max_length=40, blank=True)
    channel = models.CharField(_("channel"), max_length=20, blank=True)
    verb = models.CharField(_("what was done"), max_length=40)
    subject_label = models.CharField(_("to what"), max_length=40)
    subject_ref = models.CharField(_("which"), max_length=40, blank=True)
    changes = models.JSONField(_("changes"), default=dict)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    request_id = models.CharField(_("request"), max_length=16, blank=True)

    class Meta:
        verbose_name = _("audit line")
        verbose_name_plural = _("audit lines")
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_label", "subject_ref"], name="audit_line_subject")]
        constraints = [AppendOnly(name="audit_line_append_only")]

    def __str__(self) -> str:
        return f"{verb_words(self.verb)} {subject_words(self.subject_label)} {self.subject_ref}".strip()
