"""When a room is open, for what, and what it costs."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from bookings.rooms.models.room import Room
from bookings.rooms.states import Uses

WEEK = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
    (7, _("public holiday")),
]


class OpeningRule(models.Model):
    """One span of one weekday; the working calendar says which weekday's rows a date follows."""

    HUB_PATH = "room__hub"

    room = ParentalKey(Room, on_delete=models.CASCADE, related_name="opening_rules", verbose_name=_("room"))
    weekday = models.PositiveSmallIntegerField(_("day"), choices=WEEK)
    opens_at = models.TimeField(_("from"))
    closes_at = models.TimeField(_("until"))
    use = models.CharField(_("for"), max_length=10, choices=Uses.choices, default=Uses.BOOKABLE)

    class Meta:
        verbose_name = _("opening hour")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_at__lt=models.F("closes_at")),
                name="opening_in_order",
                violation_error_message=_("An opening hour ends before it begins. Please mend it."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class RoomPrice(models.Model):
    """The price from a date on; bookings made before keep the price they were made at."""

    HUB_PATH = "room__hub"

    room = ParentalKey(Room, on_delete=models.CASCADE, related_name="prices", verbose_name=_("room"))
    valid_from = models.DateField(_("valid from"))
    fen_an_hour = models.PositiveIntegerField(_("price an hour, in yuan"))
    deposit_fen = models.PositiveIntegerField(_("deposit, in yuan"), default=0)

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        ordering = ["valid_from"]
        constraints = [models.UniqueConstraint(fields=["room", "valid_from"], name="room_price_once_a_date")]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.fen_an_hour}"
