"""An order: one service, for one person, in one window of one day."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bookings.orders.models.service import Service
from bookings.orders.rules import MOST_AT_ONCE, MOST_EXTRA_FEN, due
from bookings.orders.states import CAN_BE_MOVED, FELL_AWAY, HAS_A_HELPER, IS_OPEN, WAS_DONE, OrderStates, PriceReasons, Ratings, Units
from hub.core import clock
from hub.core.sql import one_of
from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.models import Entitlement
from hub.people.models.behalf import OnBehalf
from hub.places.models import Community

OPEN = one_of("state", IS_OPEN)


class OrderQuerySet(HubQuerySet):
    """Orders …"""

    def open(self) -> Self:
        """… that are still to be done, or are being done."""
        return self.filter(OPEN)

    def late(self, now: datetime) -> Self:
        """… that are open although their window is over."""
        return self.open().filter(ends_at__lt=now)


class Order(HubOwned, OnBehalf):
    """List price, entitlement and decision stand on it as they were when it was made. A helper is an account, or a name and a phone in words."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="orders", verbose_name=_("service"))
    reference = models.CharField(_("number"), max_length=8)
    token = models.CharField(max_length=43, editable=False)
    body_digest = models.CharField(max_length=43, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=OrderStates.choices, default=OrderStates.TAKEN)
    what = models.CharField(_("what"), max_length=200, blank=True)
    quantity = models.PositiveSmallIntegerField(pgettext_lazy("of a service", "how many"), default=1)
    unit = models.CharField(_("unit"), max_length=10, choices=Units.choices, default=Units.TIME)
    community = models.ForeignKey(Community, null=True, blank=True, on_delete=models.PROTECT, db_index=False, related_name="+", verbose_name=_("community"))
    address = models.CharField(_("address"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    contact_name = models.CharField(_("name"), max_length=40, blank=True)
    contact_phone = models.CharField(_("phone"), max_length=15, blank=True)
    list_fen = models.PositiveIntegerField(_("list price, in yuan"))
    price_fen = models.PositiveIntegerField(_("price, in yuan"))
    price_reason = models.CharField(_("why this price"), max_length=12, choices=PriceReasons.choices)
    entitlement = models.ForeignKey(
        Entitlement, null=True, blank=True, on_delete=models.PROTECT, db_index=False, related_name="+", verbose_name=_("entitlement")
    )
    waived_for = models.CharField(_("waived for"), max_length=12, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, db_index=False, related_name="+", verbose_name=_("price decided by")
    )
    decision = models.CharField(_("reason of the decision"), max_length=200, blank=True)
    extra_fen = models.PositiveIntegerField(_("extra parts, in yuan"), default=0)
    extra_what = models.CharField(_("which extra parts"), max_length=100, blank=True)
    extra_agreed_by = models.CharField(_("who said yes to them"), max_length=40, blank=True)
    extra_agreed_at = models.DateTimeField(_("when they said yes"), null=True, blank=True)
    extra_asked_fen = models.PositiveIntegerField(_("extra parts the helper asks for, in yuan"), default=0)
    extra_asked_what = models.CharField(_("which extra parts the helper asks for"), max_length=100, blank=True)
    door_code = models.CharField(_("code at the door"), max_length=4, blank=True, editable=False)
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("helper"))
    helper_name = models.CharField(_("helper's name"), max_length=40, blank=True)
    helper_phone = models.CharField(_("helper's phone"), max_length=15, blank=True)
    rating = models.PositiveSmallIntegerField(_("rating"), choices=Ratings.choices, null=True, blank=True)
    rating_words = models.CharField(_("in their words"), max_length=300, blank=True)
    cancel_by = models.DateTimeField(_("can be cancelled until"))
    created_at = models.DateTimeField(_("made"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    closed_at = models.DateTimeField(pgettext_lazy("moment", "closed"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-starts_at", "-id"]
        indexes = [
            models.Index(fields=["hub", "-starts_at", "-id"], name="order_hub_from"),
            models.Index(fields=["hub", "state", "-starts_at"], name="order_hub_state"),
            models.Index(fields=["hub", "created_at"], name="order_hub_made"),
            models.Index(fields=["hub", "done_at"], name="order_hub_rated", condition=Q(rating__isnull=False)),
            models.Index(fields=["contact_phone"], name="order_open_phone", condition=OPEN),
            models.Index(fields=["for_person"], name="order_open_person", condition=OPEN),
            models.Index(fields=["hub", "ends_at", "state", "service"], name="order_open_until", condition=OPEN),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="order_reference_once"),
            models.UniqueConstraint(fields=["token"], name="order_token_once"),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="order_times_in_order"),
            models.CheckConstraint(condition=Q(quantity__gte=1, quantity__lte=MOST_AT_ONCE), name="order_of_something"),
            models.CheckConstraint(condition=Q(price_fen__lte=F("list_fen")), name="order_price_in_order"),
            models.CheckConstraint(condition=Q(price_fen=F("list_fen")) | ~Q(waived_for=""), name="order_waived_for_something"),
            models.CheckConstraint(condition=~Q(price_reason=PriceReasons.ENTITLEMENT) | Q(entitlement__isnull=False), name="order_entitlement_is_named"),
            models.CheckConstraint(condition=~Q(price_reason=PriceReasons.DECISION) | Q(decided_by__isnull=False), name="order_decision_by_somebody"),
            models.CheckConstraint(condition=Q(extra_fen=0) | Q(extra_fen__lte=MOST_EXTRA_FEN, extra_agreed_at__isnull=False), name="order_extra_was_agreed"),
            models.CheckConstraint(
                condition=Q(extra_asked_fen=0, extra_asked_what="") | Q(extra_asked_fen__gt=0, extra_asked_fen__lte=MOST_EXTRA_FEN) & ~Q(extra_asked_what=""),
                name="order_extra_asked_is_named",
            ),
            models.CheckConstraint(condition=~Q(state__in=HAS_A_HELPER) | Q(helper__isnull=False) | ~Q(helper_name=""), name="order_has_a_helper"),
            models.CheckConstraint(
                condition=Q(state=OrderStates.RATED, rating__isnull=False, rating__gte=1, rating__lte=5) | ~Q(state=OrderStates.RATED) & Q(rating=None),
                name="order_rated_once_done",
            ),
            models.CheckConstraint(
                condition=Q(state__in=WAS_DONE, done_at__isnull=False) | ~Q(state__in=WAS_DONE) & Q(done_at=None), name="order_done_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=FELL_AWAY, closed_at__isnull=False) | ~Q(state__in=FELL_AWAY) & Q(closed_at=None), name="order_closed_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    if TYPE_CHECKING:
        id: int
        service_id: int
        community_id: int | None
        helper_id: int | None
        asked_by_id: int | None
        for_person_id: int | None
        taken_by_id: int | None

        def get_state_display(self) -> str: ...
        def get_unit_display(self) -> str: ...
        def get_rating_display(self) -> str: ...

    @property
    def url(self) -> str:
        """Its private page: the token is long, and in no list."""
        return reverse("orders:order", args=[self.token])

    @property
    def due_fen(self) -> int:
        """What is to be paid in all."""
        return due(self.price_fen, self.extra_fen)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done, or is being done."""
        return self.state in IS_OPEN

    @property
    def was_done(self) -> bool:
        """Whether it is done, rated or not."""
        return self.state in WAS_DONE

    def is_late(self, now: datetime) -> bool:
        """Whether its window is over and it is not done."""
        return self.is_open and self.ends_at < now

    def can_be_changed(self, now: datetime) -> bool:
        """Whether the resident can still cancel or move it without asking."""
        return self.state in CAN_BE_MOVED and now <= self.cancel_by

    @property
    def helper_words(self) -> str:
        """Who comes; the phone only when it was written for the resident to ring."""
        return f"{self.helper_called} {self.helper_phone}".strip()

    @property
    def helper_called(self) -> str:
        """The helper's name."""
        return self.helper.name if self.helper else self.helper_name

    @property
    def day(self) -> object:
        """The local date."""
        return clock.local(self.starts_at).date()
