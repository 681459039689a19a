"""A vanguard post, and who holds it from one day to another."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hub.core import clock
from hub.core.bilingual import in_page_language, marked
from hub.core.constraints import NoOverlap
from hub.core.references import new_token
from hub.hubs.models import HubOwned, HubQuerySet
from hub.served.states import Posts
from mutualaid.vanguard.states import TermStates

NO_END = datetime(2999, 1, 1, tzinfo=clock.zone())  # of a term whose last day nobody knows yet


class PostQuerySet(HubQuerySet):
    """Posts …"""

    def active(self) -> Self:
        """… that the public rates."""
        return self.filter(is_active=True)


class Post(HubOwned):
    """A place in the house with somebody who answers for it; the public rates the post, never a person. `number` stands on its door."""

    number = models.PositiveSmallIntegerField(_("number of the post"))
    name_zh = models.CharField(_("name in Chinese"), max_length=30)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    station = models.CharField(_("centre"), max_length=20, choices=Posts.choices)
    takes_rest = models.BooleanField(
        _("takes what nobody's is"), default=False, help_text=_("Services of this centre by somebody without a post are rated for this one.")
    )
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("leader"),
        help_text=_("Puts right what was badly rated, and may answer in public. Empty: the holder."),
    )  # fmt: skip
    is_active = models.BooleanField(_("in use"), default=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("vanguard post")
        verbose_name_plural = _("vanguard posts")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "number"], name="vanguard_post_number_once", violation_error_message=_("There is a post of this number.")),
            models.UniqueConstraint(
                fields=["hub", "station"], name="vanguard_post_takes_rest_once", condition=Q(takes_rest=True),
                violation_error_message=_("Another post of this centre takes what nobody's is. Please take that away there first."),
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="vanguard_post_number_from_one"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name_zh if self.name_zh.startswith(str(self.number)) else f"{self.number} {self.name_zh}"

    if TYPE_CHECKING:
        id: int
        leader_id: int | None

        def get_station_display(self) -> str: ...

    @property
    def name(self) -> str:
        """In the page's language."""
        return in_page_language(self, "name")

    @property
    def marked_name(self) -> str | SafeString:
        """For HTML, marked when it is Chinese on an English page."""
        return marked(self, "name")

    @property
    def url(self) -> str:
        return reverse("vanguard:post", args=[self.number])


no_overlap = NoOverlap(
    name="vanguard_term_no_overlap", parts=("post", "post"), during=("starts_at", "ends_at"), state="state", holding=(TermStates.HELD.value,)
)


def pictures() -> FileSystemStorage:
    """Outside the media: a page that asks whether the term is the hub's gives them out."""
    return FileSystemStorage(location=settings.VAR_DIR / "vanguard", base_url=None, file_permissions_mode=0o600, directory_permissions_mode=0o700)


def place_of_picture(term: "Term", filename: str) -> str:
    """A name by chance; what was uploaded was called otherwise."""
    return f"{clock.today():%Y}/{new_token()[:16]}.jpg"


class TermQuerySet(HubQuerySet):
    """Terms …"""

    def held(self) -> Self:
        """… that count."""
        return self.filter(state=TermStates.HELD)

    def at_moment(self, moment: datetime) -> Self:
        """… that run at `moment`."""
        return self.held().filter(starts_at__lte=moment, ends_at__gt=moment)

    def meeting(self, start: datetime, end: datetime) -> Self:
        """… that share a moment with [start, end)."""
        return self.held().filter(starts_at__lt=end, ends_at__gt=start)


class Term(HubOwned):
    """Who holds a post from the beginning of one day to the end of another; name, badge, picture and promise are meant to be seen. Half-open
    instants; `ends_at` is NO_END while the last day is not known. The database refuses two terms of a post that overlap."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="terms", verbose_name=_("post"))
    name = models.CharField(_("holder's name"), max_length=40)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("account"))
    badge = models.CharField(_("badge number"), max_length=20, blank=True)
    picture = models.FileField(_("picture"), storage=pictures, upload_to=place_of_picture, max_length=80, blank=True)
    promise_zh = models.CharField(_("promise in Chinese"), max_length=100, blank=True)
    promise_en = models.CharField(_("promise in English"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), default=NO_END)
    state = models.CharField(_("state"), max_length=10, choices=TermStates.choices, default=TermStates.HELD)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term at a post")
        verbose_name_plural = _("terms at posts")
        ordering = ["post__number", "-starts_at"]
        constraints = [models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="vanguard_term_in_order"), no_overlap]

    def __str__(self) -> str:
        return f"{self.post} · {self.name}"

    if TYPE_CHECKING:
        id: int
        post_id: int
        account_id: int | None

        def get_state_display(self) -> str: ...

    @property
    def from_on(self) -> date:
        """The first day."""
        return clock.local(self.starts_at).date()

    @property
    def until_on(self) -> date | None:
        """The last day; None while it is not known."""
        return (clock.local(self.ends_at) - timedelta(days=1)).date() if self.ends_at < NO_END else None

    @property
    def promise(self) -> str:
        """In the page's language."""
        return in_page_language(self, "promise")

    @property
    def marked_promise(self) -> str | SafeString:
        """For HTML, marked when it is Chinese on an English page."""
        return marked(self, "promise")

    @property
    def picture_url(self) -> str:
        """'' without a picture."""
        return reverse("vanguard:picture", args=[self.pk]) if self.picture else ""
