"""The outbox: every message of the house, whatever way it goes."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hub.core import clock
from hub.core.names import masked_name
from hub.core.phones import masked
from hub.core.sql import one_of
from hub.hubs.models import HubOwned, HubQuerySet
from hub.notifications.states import IS_OVER, ON_ITS_WAY, SECRET_KINDS, Channels, Outcomes, States

STILL_TO_SEND = one_of("state", sorted(ON_ITS_WAY))


class MessageQuerySet(HubQuerySet):
    """Messages …"""

    def due(self, now: datetime) -> Self:
        """… to be sent by now: waiting, or taken by a worker that has not been heard of since."""
        return self.filter(STILL_TO_SEND, send_after__lte=now)

    def to_ring(self, now: datetime) -> Self:
        """… of people who can only be rung, and whom to ring it is time."""
        return self.filter(state=States.TO_RING, send_after__lte=now).order_by("send_after", "id")

    def for_user(self, user: Any) -> Self:
        """… that an account may read on its own page, newest first: whatever way they went."""
        reached = self.filter(user=user, state__in=[States.SENT, States.RUNG], send_after__lte=clock.now())
        return reached.exclude(text="").exclude(kind__in=SECRET_KINDS).order_by("-id")

    def with_personal_data(self) -> Self:
        """… that still hold somebody's words or number."""
        return self.exclude(text="", phone="", email="")

    def over(self) -> Self:
        """… with nothing more to be done."""
        return self.filter(state__in=sorted(IS_OVER))


class Message(HubOwned):
    """One message to one person. `key` is unique, so that the same thing is never said twice.

    `send_after` is the earliest moment to send it; while a worker sends it, the moment at which the worker is given up for lost.
    """

    key = models.CharField(_("key"), max_length=100)
    kind = models.CharField(_("kind"), max_length=40)
    channel = models.CharField(_("way"), max_length=10, choices=Channels.choices)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False, verbose_name=_("account")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    text = models.TextField(_("text"), blank=True)
    subject_label = models.CharField(_("about what"), max_length=40, blank=True)
    subject_ref = models.CharField(_("which"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=States.choices, default=States.WAITING)
    tries_count = models.PositiveSmallIntegerField(_("tries"), default=0)
    send_after = models.DateTimeField(_("not before"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    created_at = models.DateTimeField(_("written"))
    outcome = models.CharField(_("outcome of the call"), max_length=15, choices=Outcomes.choices, blank=True)
    last_error = models.CharField(_("what went wrong"), max_length=100, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-id"]
        # Small partial indexes: the row is written in the transaction of a booking.
        indexes = [
            models.Index(fields=["send_after"], condition=STILL_TO_SEND, name="message_due"),
            models.Index(fields=["hub", "send_after"], condition=Q(state="to_ring"), name="message_to_ring"),
            models.Index(fields=["user"], condition=Q(user__isnull=False), name="message_user"),
        ]
        constraints = [
            # Not unique=True on the field: that would give PostgreSQL a second index, for LIKE, to write at every booking.
            models.UniqueConstraint(fields=["key"], name="message_key_once"),
            models.CheckConstraint(condition=~Q(state__in=["sent", "rung"]) | Q(sent_at__isnull=False), name="message_sent_has_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_ref}".strip()

    @property
    def masked_phone(self) -> str:
        """138****1234, as staff see it."""
        return masked(self.phone)

    @property
    def masked_address(self) -> str:
        """Whom it is for, as staff see it: a masked number, name or e-mail; '–' once that is blanked."""
        if self.phone:
            return self.masked_phone
        if self.user:
            return masked_name(self.user.get_full_name()) or "***"
        return f"{self.email[:1]}***@{self.email.partition('@')[2]}" if self.email else "–"

    @property
    def is_secret(self) -> bool:
        """Whether its text is nobody's business but the addressee's."""
        return self.kind in SECRET_KINDS

    if TYPE_CHECKING:
        user_id: int | None

        def get_channel_display(self) -> str: ...

        def get_state_display(self) -> str: ...
