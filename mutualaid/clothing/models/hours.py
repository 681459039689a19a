"""When parcels are handed out."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hub.core.wording import span_words
from hub.hubs.models import HubOwned


class Weekdays(models.IntegerChoices):
    """0 is Monday."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class CollectionHour(HubOwned):
    """One span of one weekday; nothing is handed out on days the hub is closed, and on holidays."""

    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekdays.choices)
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("until"))

    class Meta:
        verbose_name = _("time to collect")
        verbose_name_plural = _("times to collect")
        ordering = ["weekday", "starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "weekday", "starts_at"], name="collection_hour_once"),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="collection_hour_in_order",
                violation_error_message=_("It ends before it begins. Please mend it."),
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="collection_hour_of_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {span_words(self.starts_at, self.ends_at)}"

    if TYPE_CHECKING:

        def get_weekday_display(self) -> str: ...
