"""Calls, and what they are closed with."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hub.core.bilingual import in_page_language
from hub.core.names import masked_name
from hub.core.phones import masked
from hub.desk.states import AT_THE_DESK, Directions
from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.models import Resident
from hub.people.states import Channels
from hub.promises.models import Promise


class WrapUpCode(HubOwned):
    """What a call was, in a word; the director keeps the list."""

    code = models.SlugField(_("code"), max_length=20)
    label_zh = models.CharField(_("in Chinese"), max_length=30)
    label_en = models.CharField(_("in English"), max_length=40, blank=True)
    was_reached = models.BooleanField(_("somebody was spoken to"), default=True, help_text=_("Not ticked: a missed call or a call-back stays on the list."))
    is_active = models.BooleanField(_("in use"), default=True)
    sort_order = models.PositiveSmallIntegerField(_("place in the list"), default=100)

    class Meta:
        verbose_name = _("wrap-up code")
        verbose_name_plural = _("wrap-up codes")
        ordering = ["sort_order", "id"]
        constraints = [models.UniqueConstraint(fields=["hub", "code"], name="wrap_up_code_once_a_hub")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """In the page's language."""
        return in_page_language(self, "label")


class CallQuerySet(HubQuerySet):
    """Calls …"""

    def with_words(self) -> Self:
        """… that still hold somebody's number, name or words."""
        return self.exclude(phone="", name="", note="", draft__isnull=True, said__isnull=True)

    def open(self) -> Self:
        """… that nobody has wrapped up."""
        return self.filter(closed_at=None)

    def missed(self) -> Self:
        """… that nobody took."""
        return self.filter(direction=Directions.MISSED)

    def answered(self) -> Self:
        """… that somebody took, or made."""
        return self.exclude(direction=Directions.MISSED)


class Call(HubOwned):
    """One caller, on the telephone or at the counter. `draft` holds what is typed and not yet done, by task; it is its operator's alone.

    `done` lists what was done (task, reference, url, digest of what was typed), `said` the last sentences to read out. `answers` is the
    call-back that an outgoing call keeps.
    """

    token = models.CharField(max_length=43, editable=False)
    operator = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("taken by"))
    channel = models.CharField(_("channel"), max_length=10, choices=[(way.value, way.label) for way in AT_THE_DESK], default=Channels.PHONE)
    direction = models.CharField(_("direction"), max_length=10, choices=Directions.choices, default=Directions.IN)
    phone = models.CharField(_("phone"), max_length=15, blank=True)
    name = models.CharField(_("name"), max_length=40, blank=True)
    person = models.ForeignKey(Resident, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("resident"))
    started_at = models.DateTimeField(_("began"))
    closed_at = models.DateTimeField(_("wrapped up"), null=True, blank=True)
    wrap_up = models.ForeignKey(WrapUpCode, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("wrap-up code"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    draft = models.JSONField(null=True, blank=True, editable=False)
    done = models.JSONField(default=list, blank=True, editable=False)
    said = models.JSONField(null=True, blank=True, editable=False)
    answers = models.ForeignKey(Promise, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("call-back"))

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-started_at", "-id"]
        indexes = [
            models.Index(fields=["hub", "-started_at", "-id"], name="call_hub_began"),
            models.Index(fields=["hub", "started_at"], condition=Q(closed_at=None), name="call_open"),
            models.Index(fields=["hub", "phone"], name="call_phone"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["token"], name="call_token_once"),
            models.CheckConstraint(
                condition=Q(closed_at=None, wrap_up=None) | Q(closed_at__isnull=False, wrap_up__isnull=False), name="call_closed_with_a_code"
            ),
            models.CheckConstraint(condition=Q(closed_at=None) | Q(closed_at__gte=F("started_at")), name="call_times_in_order"),
            models.CheckConstraint(condition=Q(closed_at=None) | Q(draft__isnull=True), name="call_closed_without_draft"),
            models.CheckConstraint(condition=Q(direction=Directions.MISSED) | Q(operator__isnull=False), name="call_taken_by_somebody"),
        ]

    def __str__(self) -> str:
        return self.masked_caller

    @property
    def url(self) -> str:
        """Its page: the token is long and says nothing about anybody."""
        return reverse("desk:call", args=[self.token])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def masked_phone(self) -> str:
        return masked(self.phone)

    @property
    def masked_caller(self) -> str:
        """Who it is, as lists show it."""
        name = self.person.masked_name if self.person else masked_name(self.name)
        return f"{name} {self.masked_phone}".strip() or "–"

    def draft_of(self, task: str) -> dict[str, Any]:
        """What was typed for one task."""
        return dict((self.draft or {}).get(task, {}))

    if TYPE_CHECKING:
        id: int
        operator_id: int | None
        person_id: int | None
        answers_id: int | None

        def get_channel_display(self) -> str: ...
        def get_direction_display(self) -> str: ...
