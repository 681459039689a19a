"""Days that differ from their place in the week."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hub.core.bilingual import in_page_language
from hub.hubs.models import HubOwned
from hub.workdays.states import HoursOf, Kinds, Sources


class SpecialDay(HubOwned):
    """A holiday, a make-up workday 调休, a day off or a day on which the house is closed."""

    day_on = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kinds.choices)
    label_zh = models.CharField(_("name in Chinese"), max_length=60)
    label_en = models.CharField(_("name in English"), max_length=80, blank=True)
    hours_of = models.PositiveSmallIntegerField(
        _("opening hours of"),
        choices=HoursOf.choices,
        null=True,
        blank=True,
        help_text=_("Left empty: a public holiday has the hours of public holidays, any other day those of its own weekday."),
    )
    source = models.CharField(_("source"), max_length=10, choices=Sources.choices, default=Sources.STAFF, editable=False)
    is_confirmed = models.BooleanField(_("confirmed"), default=True, editable=False)

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["day_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "day_on"], name="special_day_once", violation_error_message=_("That day is in the list already. Please change it there.")
            ),
            models.CheckConstraint(condition=Q(hours_of__isnull=True) | Q(hours_of__lte=7), name="special_day_hours_of"),
        ]

    def __str__(self) -> str:
        return f"{self.day_on:%Y-%m-%d} {self.label}"

    @property
    def label(self) -> str:
        """In the page's language."""
        return in_page_language(self, "label")

    if TYPE_CHECKING:

        def get_kind_display(self) -> str: ...


class YearConfirmed(HubOwned):
    """Somebody of the house has looked a year's days through against the official notice."""

    year = models.PositiveSmallIntegerField(_("year"))
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    confirmed_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("confirmed year")
        verbose_name_plural = _("confirmed years")
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["hub", "year"], name="year_confirmed_once")]

    def __str__(self) -> str:
        return str(self.year)
