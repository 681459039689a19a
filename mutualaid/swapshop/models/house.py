"""What the house says about its swap shop: kinds of things, words that may not stand there, when things change hands."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hub.core.bilingual import in_page_language, marked
from hub.core.wording import span_words
from hub.hubs.models import HubOwned, HubQuerySet
from mutualaid.swapshop.states import WordGroups


class InUseQuerySet(HubQuerySet):
    """Rows …"""

    def in_use(self) -> Self:
        """… that have not been taken out of use."""
        return self.filter(is_active=True)


class Kind(HubOwned):
    """A shelf of the shop; taken out of use instead of deleted, since things stand on it."""

    name_zh = models.CharField(_("name in Chinese"), max_length=20)
    name_en = models.CharField(_("name in English"), max_length=40, blank=True)
    drawing = models.CharField(_("drawing"), max_length=20, default="swap", help_text=_("Name of a drawing, as with the services."))
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = InUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of things")
        verbose_name_plural = _("kinds of things")
        ordering = ["sort_order", "id"]
        constraints = [models.UniqueConstraint(fields=["hub", "name_zh"], name="swap_kind_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the page's language."""
        return in_page_language(self, "name")

    @property
    def marked_name(self) -> str | SafeString:
        """For HTML."""
        return marked(self, "name")


class BannedWord(HubOwned):
    """A word that may not stand in a listing."""

    word = models.CharField(_("word"), max_length=20)
    group = models.CharField(_("about"), max_length=10, choices=WordGroups.choices)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = InUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("word not allowed in a listing")
        verbose_name_plural = _("words not allowed in a listing")
        ordering = ["group", "word"]
        constraints = [models.UniqueConstraint(fields=["hub", "word"], name="swap_word_once")]

    def __str__(self) -> str:
        return self.word

    if TYPE_CHECKING:

        def get_group_display(self) -> str: ...


class HandoverHour(HubOwned):
    """When things change hands at the house; whoever is under eighteen gets the daytime of it alone."""

    WEEKDAYS = [
        (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")), (5, _("Saturday")), (6, _("Sunday")),
        (7, _("public holidays")),
    ]  # fmt: skip

    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=WEEKDAYS)
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("until"))

    class Meta:
        verbose_name = _("hours of handing over")
        verbose_name_plural = _("hours of handing over")
        ordering = ["weekday", "starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="swap_hours_in_order"),
            models.CheckConstraint(condition=Q(weekday__lte=7), name="swap_hours_on_a_day"),
            models.UniqueConstraint(fields=["hub", "weekday", "starts_at"], name="swap_hours_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {span_words(self.starts_at, self.ends_at)}"

    if TYPE_CHECKING:

        def get_weekday_display(self) -> str: ...
