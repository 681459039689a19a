"""A job offered to a helper, and what shows that it was done."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bookings.dispatch.models.provider import Provider
from bookings.dispatch.rules import MOST_CODE_TRIES
from bookings.dispatch.states import LIVES, DeclineReasons, OfferStates, ProofKinds
from bookings.orders.models import Order
from bookings.orders.states import WAS_DONE, OrderStates
from hub.core import clock
from hub.hubs.models import HubOwned, HubQuerySet


class OfferQuerySet(HubQuerySet):
    """Offers …"""

    def living(self) -> Self:
        """… that wait for an answer, or were accepted."""
        return self.filter(state__in=LIVES)

    def waiting(self) -> Self:
        """… nobody has answered yet."""
        return self.filter(state=OfferStates.OFFERED)

    def overdue(self, now: datetime) -> Self:
        """… whose time to answer is over."""
        return self.waiting().filter(lapses_at__lte=now)


class Offer(HubOwned):
    """One question to one helper about one order; `token` is the link on their phone. The last three columns are whom the order got when
    it was accepted: an order that says otherwise by now has gone to somebody else."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="offers", verbose_name=_("order"))
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="offers", verbose_name=_("helper"))
    token = models.CharField(max_length=43, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=OfferStates.choices, default=OfferStates.OFFERED)
    offered_at = models.DateTimeField(_("asked"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("sent by"),
        help_text=_("Empty: sent by the house by itself."),
    )  # fmt: skip
    lapses_at = models.DateTimeField(_("answer until"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=15, choices=DeclineReasons.choices, blank=True)
    why = models.CharField(_("why it was taken back"), max_length=200, blank=True)
    wrong_codes_count = models.PositiveSmallIntegerField(_("wrong codes"), default=0)
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False)
    helper_name = models.CharField(max_length=40, blank=True, editable=False)
    helper_phone = models.CharField(max_length=15, blank=True, editable=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer to a helper")
        verbose_name_plural = _("offers to helpers")
        ordering = ["-offered_at", "-id"]
        indexes = [
            models.Index(fields=["hub", "-offered_at", "-id"], name="offer_hub_asked"),
            models.Index(fields=["provider", "state"], name="offer_of_provider"),
            models.Index(fields=["lapses_at"], name="offer_overdue", condition=Q(state=OfferStates.OFFERED)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["token"], name="offer_token_once"),
            models.UniqueConstraint(fields=["order"], name="offer_one_living", condition=Q(state__in=LIVES)),
            models.CheckConstraint(condition=Q(lapses_at__gte=F("offered_at")), name="offer_times_in_order"),
            models.CheckConstraint(
                condition=Q(state=OfferStates.OFFERED, answered_at=None) | (~Q(state=OfferStates.OFFERED) & Q(answered_at__isnull=False)),
                name="offer_ended_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=OfferStates.DECLINED) & ~Q(reason="") | ~Q(state=OfferStates.DECLINED) & Q(reason=""), name="offer_declined_has_a_reason"
            ),
            models.CheckConstraint(condition=~Q(state=OfferStates.WITHDRAWN) | ~Q(why=""), name="offer_taken_back_has_a_reason"),
            models.CheckConstraint(condition=Q(wrong_codes_count__lte=MOST_CODE_TRIES), name="offer_codes_tried_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.order.reference} · {self.provider}"

    if TYPE_CHECKING:
        id: int
        order_id: int
        provider_id: int
        by_id: int | None
        helper_id: int | None

        def get_state_display(self) -> str: ...
        def get_reason_display(self) -> str: ...

    @property
    def url(self) -> str:
        """The helper's page: the token is long, and in no list."""
        return reverse("dispatch:job", args=[self.token])

    @property
    def lives(self) -> bool:
        """Whether it waits for an answer or was accepted."""
        return self.state in LIVES

    def is_about(self, order: Order) -> bool:
        """Whether `order` has gone to whom this offer gave it."""
        return (order.helper_id, order.helper_name, order.helper_phone) == (self.helper_id, self.helper_name, self.helper_phone)

    def still_holds(self, order: Order) -> bool:
        """Whether it can still be answered, or its helper still has the job."""
        if self.state == OfferStates.OFFERED:
            return order.state == OrderStates.TAKEN
        return self.state == OfferStates.ACCEPTED and (order.is_open or order.state in WAS_DONE) and order.state != OrderStates.TAKEN and self.is_about(order)


def proofs() -> FileSystemStorage:
    """Outside the media: nobody reads them but staff, by a page that asks who they are."""
    return FileSystemStorage(location=settings.VAR_DIR / "proofs", base_url=None, file_permissions_mode=0o600, directory_permissions_mode=0o700)


def place_of_proof(proof: "Proof", filename: str) -> str:
    """A name by chance; what was uploaded was called otherwise."""
    ending = filename.rpartition(".")[2]
    return f"{clock.today():%Y/%m}/{proof.order.token[:6]}-{proof.order_id}-{proof.kind}.{ending}"


class Proof(models.Model):
    """A photo, a signature, or that the resident told the code."""

    HUB_PATH = "order__hub"

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="proofs", verbose_name=_("order"))
    kind = models.CharField(_("kind"), max_length=10, choices=ProofKinds.choices)
    file = models.FileField(_("file"), storage=proofs, upload_to=place_of_proof, blank=True, max_length=120)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("proof of a job done")
        verbose_name_plural = _("proofs of jobs done")
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["order", "kind"], name="proof_of_a_kind_once")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind}"

    if TYPE_CHECKING:
        order_id: int

        def get_kind_display(self) -> str: ...
