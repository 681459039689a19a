"""What somebody thinks of a service, for a post and a month. Nothing here leads to who it was."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hub.core.bilingual import in_page_language, marked
from hub.core.wording import month_words
from hub.hubs.models import HubOwned, HubQuerySet
from mutualaid.vanguard.models.post import Post, Term
from mutualaid.vanguard.states import Grades, Sources, Suspicions, Uncounted, WordsStates

LONGEST_WORDS = 300


class RatingTagQuerySet(HubQuerySet):
    """Tags …"""

    def in_use(self) -> Self:
        """… that can be chosen."""
        return self.filter(is_active=True)


class RatingTag(HubOwned):
    """A short word to choose beside a grade."""

    name_zh = models.CharField(_("name in Chinese"), max_length=12)
    name_en = models.CharField(_("name in English"), max_length=30, blank=True)
    is_praise = models.BooleanField(_("praise"), default=True)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = RatingTagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag of ratings")
        verbose_name_plural = _("tags of ratings")
        ordering = ["-is_praise", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "name_zh"], name="vanguard_tag_once_a_hub", violation_error_message=_("There is a tag of this name already.")
            )
        ]

    def __str__(self) -> str:
        return self.name_zh

    if TYPE_CHECKING:
        id: int

    @property
    def name(self) -> str:
        """In the page's language."""
        return in_page_language(self, "name")

    @property
    def marked_name(self) -> str | SafeString:
        """For HTML, marked when it is Chinese on an English page."""
        return marked(self, "name")


class RatingQuerySet(HubQuerySet):
    """Ratings …"""

    def of_month(self, month: date) -> Self:
        """… received in the month that begins on `month`."""
        return self.filter(month=month)

    def counted(self) -> Self:
        """… that count: the last of each voice, and not set aside."""
        return self.filter(counts=True, set_aside_at=None)


class Rating(HubOwned):
    """One rating. `event_mark` and `voice` are keyed hashes: the one keeps a service from being rated twice, of the other one row a month counts.
    `mark`, `address` and `cookie` (keyed hashes as well) are what the rule for bursts looks at; they are blanked after a while. `token` is the
    rater's own page."""

    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="ratings", verbose_name=_("post"))
    term = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("term"))
    token = models.CharField(max_length=43, unique=True, editable=False)
    event_mark = models.CharField(max_length=64, editable=False)
    voice = models.CharField(max_length=64, editable=False)
    month = models.DateField(_("month"))
    received_at = models.DateTimeField(_("received"))
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grades.choices)
    source = models.CharField(_("source"), max_length=10, choices=Sources.choices)
    tags = models.ManyToManyField(RatingTag, blank=True, related_name="+", verbose_name=_("tags"))
    words = models.CharField(_("in their words"), max_length=LONGEST_WORDS, blank=True)
    words_state = models.CharField(_("words"), max_length=10, choices=WordsStates.choices, default=WordsStates.NONE)
    words_at = models.DateTimeField(_("decided"), null=True, blank=True)
    words_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by"))
    reply = models.CharField(_("answer of the post"), max_length=LONGEST_WORDS, blank=True)
    reply_at = models.DateTimeField(_("answered"), null=True, blank=True)
    reply_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("answered by"))
    counts = models.BooleanField(_("counts"), default=True)
    why_not = models.CharField(_("why it does not count"), max_length=10, choices=Uncounted.choices, blank=True)
    suspicion = models.CharField(_("found by the rule"), max_length=10, choices=Suspicions.choices, blank=True)
    set_aside_at = models.DateTimeField(_("set aside"), null=True, blank=True)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("set aside by")
    )
    looked_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    mark = models.CharField(max_length=32, blank=True, editable=False)
    address = models.CharField(max_length=32, blank=True, editable=False)
    cookie = models.CharField(max_length=32, blank=True, editable=False)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False)
    waited_seconds = models.PositiveIntegerField(null=True, blank=True, editable=False)
    done_words = models.CharField(_("what was put right"), max_length=LONGEST_WORDS, blank=True)
    done_at = models.DateTimeField(_("put right"), null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("put right by"))

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating of a post")
        verbose_name_plural = _("ratings of posts")
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["hub", "month", "post", "grade"], name="vanguard_rating_tally", condition=Q(counts=True, set_aside_at=None)),
            models.Index(fields=["post", "received_at"], name="vanguard_rating_recent"),
            models.Index(fields=["hub", "received_at"], name="vanguard_rating_when"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event_mark"], name="vanguard_rating_once_a_service"),
            models.UniqueConstraint(fields=["voice"], name="vanguard_one_voice_counts", condition=Q(counts=True)),
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=5), name="vanguard_rating_one_to_five"),
            models.CheckConstraint(condition=Q(counts=True, why_not="") | Q(counts=False) & ~Q(why_not=""), name="vanguard_rating_uncounted_why"),
            models.CheckConstraint(condition=Q(set_aside_at=None) | ~Q(reason="") | ~Q(suspicion=""), name="vanguard_rating_aside_why"),
            models.CheckConstraint(condition=Q(words="", words_state="none") | ~Q(words="") & ~Q(words_state="none"), name="vanguard_rating_words_state"),
            models.CheckConstraint(condition=Q(reply="") | Q(reply_by__isnull=False), name="vanguard_rating_reply_by"),
            models.CheckConstraint(condition=Q(done_at=None) | Q(done_at__gte=F("received_at")), name="vanguard_rating_done_after"),
        ]

    def __str__(self) -> str:
        return f"{month_words(self.month)} {self.get_grade_display()}"

    if TYPE_CHECKING:
        id: int
        post_id: int | None
        term_id: int | None
        issued_by_id: int | None

        def get_grade_display(self) -> str: ...
        def get_source_display(self) -> str: ...
        def get_words_state_display(self) -> str: ...
        def get_suspicion_display(self) -> str: ...

    @property
    def own_url(self) -> str:
        """The rater's page: the token is long, and in no list."""
        return reverse("vanguard:said", args=[self.token])

    @property
    def is_aside(self) -> bool:
        """Whether it is set aside just now."""
        return self.set_aside_at is not None

    @property
    def needs_correction(self) -> bool:
        """Whether the house owes that something is put right."""
        return self.grade <= Grades.BAD
