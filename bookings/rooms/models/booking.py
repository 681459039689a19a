"""Who has a room, and when; a closure is a row of the same kind, so that one guard covers both."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bookings.rooms import rules
from bookings.rooms.models.room import Room
from bookings.rooms.states import HOLDS_THE_ROOM, IS_A_CLOSURE, IS_COMING, BookingStates, DeclineReasons, PriceReasons
from hub.core import clock
from hub.core.constraints import NoOverlap
from hub.core.sql import one_of
from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.models import Entitlement, Organisation
from hub.people.models.behalf import OnBehalf

LONGEST = timedelta(minutes=rules.LONGEST_POSSIBLE)  # of the kept time; what is longer (a week's closure) is a row a day
COMING = one_of("state", IS_COMING)

no_overlap = NoOverlap(
    name="booking_no_overlap",
    parts=("first_part", "last_part"),
    during=("held_from", "held_until"),
    state="state",
    holding=tuple(str(state) for state in HOLDS_THE_ROOM),
    longest=LONGEST,
)


class BookingQuerySet(HubQuerySet):
    """Bookings …"""

    def holding(self) -> Self:
        """… that keep a room."""
        return self.filter(state__in=HOLDS_THE_ROOM)

    def touching(self, start: datetime, end: datetime) -> Self:
        """… whose kept time shares an instant with [start, end). Bounded from both sides: none is longer than a day."""
        return self.filter(held_from__gt=start - LONGEST, held_from__lt=end, held_until__gt=start)

    def asked_for(self) -> Self:
        """… that somebody made; closures left out."""
        return self.exclude(state__in=IS_A_CLOSURE)

    def coming(self, now: datetime) -> Self:
        """… that are still to be, or are going on."""
        return self.filter(COMING, ends_at__gt=now)


class Booking(HubOwned, OnBehalf):
    """One room for one span of time. Price, parts and buffer stand on it as they were when it was made."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="bookings", db_index=False, verbose_name=_("room"))
    reference = models.CharField(_("number"), max_length=8)
    token = models.CharField(max_length=43, editable=False)
    body_digest = models.CharField(max_length=43, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=BookingStates.choices)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    held_from = models.DateTimeField()
    held_until = models.DateTimeField()
    first_part = models.PositiveIntegerField()
    last_part = models.PositiveIntegerField()
    people_count = models.PositiveSmallIntegerField(_("people"))
    purpose = models.CharField(_("what for"), max_length=200)
    contact_name = models.CharField(_("name"), max_length=40, blank=True)
    contact_phone = models.CharField(_("phone"), max_length=15, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, db_index=False, related_name="+", verbose_name=_("organisation")
    )
    entitlement = models.ForeignKey(
        Entitlement, null=True, blank=True, on_delete=models.PROTECT, db_index=False, related_name="+", verbose_name=_("entitlement")
    )
    list_fen = models.PositiveIntegerField(_("list price, in yuan"), default=0)
    price_fen = models.PositiveIntegerField(_("price, in yuan"), default=0)
    deposit_fen = models.PositiveIntegerField(_("deposit, in yuan"), default=0)
    price_reason = models.CharField(_("why this price"), max_length=12, choices=PriceReasons.choices, default=PriceReasons.FREE_ROOM)
    cancel_by = models.DateTimeField(_("can be cancelled until"))
    decide_by = models.DateTimeField(_("answer owed by"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"))
    closed_at = models.DateTimeField(pgettext_lazy("moment", "closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, db_index=False, related_name="+", verbose_name=_("closed by")
    )
    reason_code = models.CharField(_("reason"), max_length=12, choices=DeclineReasons.choices, blank=True)
    reason = models.CharField(_("in words"), max_length=200, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["-starts_at", "-id"]
        indexes = [
            models.Index(fields=["room", "held_from"], name="booking_room_from"),
            # How many a visitor's number keeps: those who have signed in are found by who they are.
            models.Index(fields=["contact_phone"], name="booking_visitor_phone", condition=models.Q(COMING, asked_by=None)),
        ]
        constraints = [
            no_overlap,
            models.UniqueConstraint(fields=["reference"], name="booking_reference_once"),
            models.UniqueConstraint(fields=["token"], name="booking_token_once"),
            models.CheckConstraint(condition=models.Q(starts_at__lt=models.F("ends_at")), name="booking_times_in_order"),
            models.CheckConstraint(condition=models.Q(held_from__lte=models.F("starts_at"), held_until__gte=models.F("ends_at")), name="booking_held_around"),
            models.CheckConstraint(condition=models.Q(first_part__lte=models.F("last_part")), name="booking_parts_in_order"),
            models.CheckConstraint(condition=models.Q(price_fen__lte=models.F("list_fen")), name="booking_price_in_order"),
            models.CheckConstraint(condition=models.Q(held_until__lte=models.F("held_from") + LONGEST), name="booking_held_a_day"),
        ]

    def __str__(self) -> str:
        return self.reference

    if TYPE_CHECKING:
        id: int
        room_id: int
        organisation_id: int | None

        def get_state_display(self) -> str: ...
        def get_reason_code_display(self) -> str: ...

    @property
    def url(self) -> str:
        """Its private page: the token is long, and in no list."""
        return reverse("rooms:booking", args=[self.token])

    def is_coming(self, now: datetime) -> bool:
        """Whether it is still to be, or is going on."""
        return self.state in IS_COMING and self.ends_at > now

    def can_be_cancelled(self, now: datetime) -> bool:
        """Whether the resident can still cancel or move it without asking."""
        return self.state in IS_COMING and now <= self.cancel_by

    @property
    def day(self) -> object:
        """The local date."""
        return clock.local(self.starts_at).date()

    @property
    def is_free(self) -> bool:
        """Whether nothing is to be paid."""
        return self.price_fen == 0

    @property
    def waived_fen(self) -> int:
        """What the house goes without."""
        return self.list_fen - self.price_fen
