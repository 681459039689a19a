"""A newspaper, its editions and what each edition has to give."""

import secrets
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.core import clock, wording
from hub.core.bilingual import in_page_language, marked
from hub.core.uploads import UploadRefused, check_document
from hub.hubs.models import HubOwned, HubQuerySet
from mutualaid.woodpecker.rules import Prize, Window
from mutualaid.woodpecker.states import Credits


class Newspaper(HubOwned):
    """社区晨报."""

    name_zh = models.CharField(_("name in Chinese"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("newspaper")
        verbose_name_plural = _("newspapers")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["hub", "name_zh"], name="newspaper_once_a_hub")]

    def __str__(self) -> str:
        return self.name_zh

    @property
    def name(self) -> str:
        return in_page_language(self, "name")

    if TYPE_CHECKING:
        id: int


def papers() -> FileSystemStorage:
    """Outside the media: pages that ask who may see it give the files out."""
    return FileSystemStorage(location=settings.VAR_DIR / "woodpecker", base_url=None, file_permissions_mode=0o600, directory_permissions_mode=0o700)


def place_of_paper(edition: "Edition", filename: str) -> str:
    """A name by chance."""
    return f"editions/{secrets.token_hex(8)}.pdf"


def whole_document(upload: Any) -> None:
    """ValidationError unless the file is a PDF by name and by content."""
    try:
        check_document(upload)
    except UploadRefused as refused:
        raise ValidationError(str(refused), code=refused.code) from None
    if not str(upload.name).lower().endswith(".pdf"):
        raise ValidationError(_("Please upload the edition as a PDF."), code="document_other")


def new_key() -> str:
    """Ten characters: what stands in an edition's public address."""
    return secrets.token_hex(5)


class EditionQuerySet(HubQuerySet):
    """Editions …"""

    def out(self, day: date) -> Self:
        """… that have come out."""
        return self.filter(issued_on__lte=day)

    def running(self, day: date) -> Self:
        """… that take reports on that day, the first to close before the others."""
        return self.out(day).filter(deadline_on__gte=day, newspaper__is_active=True).order_by("deadline_on", "id")


class Edition(HubOwned):
    """One number of a newspaper. Its reports belong to it whatever the month; its row is locked by whoever changes anything about them."""

    newspaper = models.ForeignKey(Newspaper, on_delete=models.PROTECT, related_name="editions", verbose_name=_("newspaper"))
    key = models.CharField(max_length=10, default=new_key, editable=False)
    number = models.PositiveIntegerField(_("issue number"))
    title_zh = models.CharField(_("called in Chinese"), max_length=30, help_text=_("As on the front page: 2026年10月版."))
    title_en = models.CharField(_("called in English"), max_length=40, blank=True)
    issued_on = models.DateField(_("comes out on"))
    deadline_on = models.DateField(_("reports until and including"), help_text=_("To the last second of that day, whatever the month."))
    pages_count = models.PositiveSmallIntegerField(_("pages"), default=8)
    pdf = models.FileField(
        _("the edition as PDF"), storage=papers, upload_to=place_of_paper, max_length=120, blank=True, validators=[whole_document],
        help_text=_("So that everybody can look the page up."),
    )  # fmt: skip
    credit = models.CharField(_("an error is credited to"), max_length=10, choices=Credits.choices, default=Credits.FIRST)
    light_most = models.PositiveSmallIntegerField(
        _("light errors that count for one reader"), null=True, blank=True, default=5, help_text=_("The best so many; empty: all of them.")
    )
    budget_fen = models.PositiveIntegerField(_("budget for cash prizes"), default=0)
    spent_fen = models.PositiveIntegerField(_("given away in cash"), default=0, editable=False)
    reviewers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("panel"))

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("newspaper", "edition")
        verbose_name_plural = pgettext_lazy("newspaper", "editions")
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["newspaper", "number"], name="edition_number_once"),
            models.UniqueConstraint(fields=["key"], name="edition_key_once"),
            models.CheckConstraint(
                condition=Q(issued_on__lte=F("deadline_on")),
                name="edition_dates_in_order",
                violation_error_message=_("The deadline lies before the day it comes out."),
            ),
            models.CheckConstraint(condition=Q(pages_count__gte=1, pages_count__lte=200), name="edition_has_pages"),
            models.CheckConstraint(
                condition=Q(spent_fen__lte=F("budget_fen")),
                name="edition_within_budget",
                violation_error_message=_("More than that has been given away already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.newspaper} {self.title_zh}"

    if TYPE_CHECKING:
        id: int
        newspaper_id: int
        prizes: Any

        def get_credit_display(self) -> str: ...

    @property
    def title(self) -> str:
        return in_page_language(self, "title")

    @property
    def marked_title(self) -> str | SafeString:
        return marked(self, "title")

    @property
    def called(self) -> str:
        """社区晨报2026年10月版."""
        return f"{self.newspaper.name}{'' if wording.is_chinese() else ' '}{self.title}"

    @property
    def url(self) -> str:
        return reverse("woodpecker:edition", args=[self.key])

    @property
    def window(self) -> Window:
        """When it takes reports."""
        return Window(clock.day_bounds(self.issued_on)[0], clock.day_bounds(self.deadline_on)[1])

    @property
    def last_moment(self) -> datetime:
        """23:59:59 of the deadline day."""
        return self.window.closes_at - timedelta(seconds=1)

    @property
    def left_fen(self) -> int:
        return self.budget_fen - self.spent_fen


class EditionPrize(models.Model):
    """So many places of one prize: money, or a souvenir, or both."""

    HUB_PATH = "edition__hub"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="prizes", verbose_name=pgettext_lazy("newspaper", "edition"))
    rank = models.PositiveSmallIntegerField(_("order"), default=1, help_text=_("1 is given to the best; who has one prize gets no second."))
    name_zh = models.CharField(_("name in Chinese"), max_length=20, help_text=_("As it is printed: 最佳啄木鸟."))
    name_en = models.CharField(_("name in English"), max_length=40, blank=True)
    places_count = models.PositiveSmallIntegerField(_("how many win it"), default=1)
    cash_fen = models.PositiveIntegerField(_("in cash"), default=0)
    souvenir_zh = models.CharField(_("souvenir in Chinese"), max_length=40, blank=True)
    souvenir_en = models.CharField(_("souvenir in English"), max_length=60, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("newspaper", "prize")
        verbose_name_plural = pgettext_lazy("newspaper", "prizes")
        ordering = ["edition", "rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "rank"], name="edition_prize_rank_once"),
            models.CheckConstraint(condition=Q(places_count__gte=1, places_count__lte=100), name="edition_prize_has_places"),
            models.CheckConstraint(
                condition=Q(cash_fen__gt=0) | ~Q(souvenir_zh=""),
                name="edition_prize_of_something",
                violation_error_message=_("What is given? Please write an amount or a souvenir."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_zh

    if TYPE_CHECKING:
        id: int
        edition_id: int

    @property
    def name(self) -> str:
        return in_page_language(self, "name")

    @property
    def what(self) -> str:
        """100元; 纪念品."""
        parts = [wording.amount_words(self.cash_fen) if self.cash_fen else "", in_page_language(self, "souvenir")]
        return ("，" if wording.is_chinese() else ", ").join(part for part in parts if part)

    @property
    def as_rule(self) -> Prize:
        return Prize(self.pk, self.rank, self.places_count, self.cash_fen)
