"""A thing to swap or to give away, and its photos."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.core import clock
from hub.core.sql import one_of
from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.models import Resident
from hub.people.models.behalf import OnBehalf
from mutualaid.swapshop.models.house import Kind
from mutualaid.swapshop.states import CAN_BE_CHANGED, IS_LIVING, IS_SHOWN, Bands, Conditions, ItemStates, RefuseReasons

# Both columns stand in the two indexes of it as well: so SQLite counts and pages from them without opening the table.
SHOWN = one_of("state", IS_SHOWN) & Q(hidden_at=None)


class ItemQuerySet(HubQuerySet):
    """Things …"""

    def living(self) -> Self:
        """… that wait to be looked at, are to be had, or are promised."""
        return self.filter(state__in=IS_LIVING)

    def shown(self) -> Self:
        """… that everybody may see."""
        return self.filter(SHOWN)

    def to_be_checked(self) -> Self:
        """… somebody of the house has to look at, the oldest first."""
        return self.filter(state=ItemStates.CHECKING).order_by("asked_at", "id")

    def with_cards(self) -> Self:
        """… with all a card shows: kind, owner's nickname, photos."""
        return self.select_related("kind", "for_person__swapper").prefetch_related("photos")


class Item(HubOwned, OnBehalf):
    """One thing of one resident (`for_person`). The house looks at it before anybody sees it; what it is worth stands as a band, never as a sum."""

    contact_phone = ""  # word goes to the owner's own numbers, and a child's to the guardians (reaching.py)
    for_person = models.ForeignKey(  # never empty here
        Resident, on_delete=models.PROTECT, related_name="+", verbose_name=_("whose it is")
    )

    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="items", verbose_name=_("kind"))
    reference = models.CharField(_("number"), max_length=8)
    token = models.CharField(max_length=43, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=ItemStates.choices, default=ItemStates.CHECKING)
    title = models.CharField(_("what it is"), max_length=30)
    about = models.CharField(_("more about it"), max_length=200, blank=True)
    condition = models.CharField(_("condition"), max_length=5, choices=Conditions.choices)
    wish = models.CharField(_("what I would like for it"), max_length=60, blank=True)
    is_give_away = models.BooleanField(_("I give it away"), default=False)
    band = models.CharField(_("value"), max_length=6, choices=Bands.choices, blank=True)
    guardian_was_there = models.BooleanField(_("parent or guardian was there"), default=False)
    asked_at = models.DateTimeField(_("handed in"))
    checked_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("looked at by")
    )
    refuse_reason = models.CharField(_("why it was not taken"), max_length=10, choices=RefuseReasons.choices, blank=True)
    refuse_words = models.CharField(_("in words"), max_length=100, blank=True)
    listed_at = models.DateTimeField(_("shown since"), null=True, blank=True)
    expires_at = models.DateTimeField(_("shown until"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden after reports"), null=True, blank=True)
    lies_here_since = models.DateTimeField(_("lies at the house since"), null=True, blank=True)
    shelf = models.CharField(_("shelf"), max_length=20, blank=True)
    closed_at = models.DateTimeField(pgettext_lazy("moment", "closed"), null=True, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing to swap")
        verbose_name_plural = _("things to swap")
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(fields=["hub", "-listed_at", "-id", "state", "hidden_at"], condition=SHOWN, name="swap_item_shown"),
            models.Index(fields=["hub", "kind", "-listed_at", "-id", "state", "hidden_at"], condition=SHOWN, name="swap_item_shown_of_kind"),
            models.Index(fields=["hub", "-asked_at", "-id"], name="swap_item_asked"),
            models.Index(fields=["asked_at"], condition=Q(state="checking"), name="swap_item_waiting"),
            models.Index(fields=["expires_at"], condition=Q(state="listed"), name="swap_item_expiring"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="swap_item_reference_once"),
            models.UniqueConstraint(fields=["token"], name="swap_item_token_once"),
            models.CheckConstraint(condition=Q(state__in=ItemStates.values), name="swap_item_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[*IS_SHOWN, "swapped", "given"])
                | (~Q(band="") & Q(listed_at__isnull=False, checked_at__isnull=False, expires_at__isnull=False)),
                name="swap_item_shown_was_checked",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(refuse_reason=""), name="swap_item_refused_has_a_reason"),
            models.CheckConstraint(condition=Q(state="checking") | Q(state__in=IS_SHOWN) | Q(closed_at__isnull=False), name="swap_item_over_has_a_time"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title or self.reference

    @property
    def state_label(self) -> str:
        """As `get_state_display`, which makes a table of all states anew for each card."""
        return str(ItemStates(self.state).label)

    @property
    def condition_label(self) -> str:
        """As above."""
        return str(Conditions(self.condition).label)

    @property
    def url(self) -> str:
        """What everybody sees of it."""
        return reverse("swapshop:item", args=[self.reference])

    @property
    def own_url(self) -> str:
        """The owner's page: the token is long, and in no list."""
        return reverse("swapshop:own", args=[self.token])

    @property
    def is_shown(self) -> bool:
        return self.state in IS_SHOWN and self.hidden_at is None

    @property
    def is_living(self) -> bool:
        return self.state in IS_LIVING

    @property
    def can_be_changed(self) -> bool:
        """Whether its words may still be put right; it is then looked at again."""
        return self.state in CAN_BE_CHANGED

    @property
    def nickname(self) -> str:
        """All that others read about whose it is."""
        swapper = getattr(self.for_person, "swapper", None)
        return swapper.nickname if swapper else ""

    @property
    def cover(self) -> "ItemPhoto | None":
        """The first photo."""
        return next(iter(self.photos.all()), None)

    def is_overdue(self, moment: datetime) -> bool:
        """Whether its time in the shop is over."""
        return self.expires_at is not None and self.expires_at <= moment

    if TYPE_CHECKING:
        id: int
        kind_id: int
        for_person_id: int
        photos: Any

        def get_state_display(self) -> str: ...
        def get_condition_display(self) -> str: ...
        def get_band_display(self) -> str: ...
        def get_refuse_reason_display(self) -> str: ...


def pictures() -> FileSystemStorage:
    """Outside the media: a page that asks whether the thing is shown gives them out."""
    return FileSystemStorage(location=settings.VAR_DIR / "swap", base_url=None, file_permissions_mode=0o600, directory_permissions_mode=0o700)


def place_of_photo(photo: "ItemPhoto", filename: str) -> str:
    """A name by chance; what was uploaded was called otherwise."""
    return f"{clock.today():%Y/%m}/{photo.token}-{filename}"


class ItemPhoto(models.Model):
    """A photo as the house wrote it anew, in two sizes. `content_hash` tells the same photo when it comes again,
    `look` when it was packed anew, made smaller or brighter ('' of a photo from before it was kept)."""

    HUB_PATH = "item__hub"

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="photos", verbose_name=_("thing"))
    token = models.CharField(max_length=43, editable=False)
    large = models.FileField(_("file"), storage=pictures, upload_to=place_of_photo, max_length=120)
    small = models.FileField(_("small file"), storage=pictures, upload_to=place_of_photo, max_length=120)
    content_hash = models.CharField(_("hash"), max_length=64, db_index=True)
    look = models.CharField(_("look"), max_length=32, blank=True, editable=False)
    added_at = models.DateTimeField(_("added"), default=clock.now)

    class Meta:
        verbose_name = _("photo of a thing")
        verbose_name_plural = _("photos of things")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["token"], name="swap_photo_token_once"),
            models.UniqueConstraint(fields=["item", "content_hash"], name="swap_photo_once_a_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}"

    @property
    def large_url(self) -> str:
        return reverse("swapshop:photo", args=[self.token, "large"])

    @property
    def small_url(self) -> str:
        return reverse("swapshop:photo", args=[self.token, "small"])

    if TYPE_CHECKING:
        item_id: int
