"""What a room's hour and a booking can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Uses(models.TextChoices):
    """What an opening hour is for."""

    BOOKABLE = "bookable", _("to be booked")
    WALK_IN = "walk_in", _("just come in")
    PROGRAMME = "programme", _("for classes")


class BookingStates(models.TextChoices):
    """A booking's life; a closure (a blocker) stands in the same table, so that one guard covers both."""

    PENDING = "pending", _("waiting for an answer")
    CONFIRMED = "confirmed", _("booked")
    CLOSURE = "closure", _("room closed")
    USED = "used", _("was used")
    NO_SHOW = "no_show", _("nobody came")
    CANCELLED = "cancelled", _("cancelled")
    DECLINED = "declined", _("declined")
    LAPSED = "lapsed", _("not answered in time")
    REOPENED = "reopened", _("closure lifted")


HOLDS_THE_ROOM = (BookingStates.PENDING, BookingStates.CONFIRMED, BookingStates.CLOSURE)
IS_COMING = (BookingStates.PENDING, BookingStates.CONFIRMED)
IS_A_CLOSURE = (BookingStates.CLOSURE, BookingStates.REOPENED)


class PriceReasons(models.TextChoices):
    """Why the price is what it is."""

    LIST = "list", _("list price")
    FREE_ROOM = "free_room", _("the room is free for everybody")
    ENTITLEMENT = "entitlement", _("free by entitlement")
    ORGANISATION = "organisation", _("free for organisations of the area")
    DECISION = "decision", _("decided by staff")


class DeclineReasons(models.TextChoices):
    """Coded reasons; the resident reads the sentence."""

    NEEDED = "needed", _("The house needs the room itself at that time.")
    UNSUITABLE = "unsuitable", _("The room is not suited to what you have in mind.")
    UNCLEAR = "unclear", _("We could not reach you to ask what it is for.")
    REPAIR = "repair", _("Something in the room is being repaired.")
    OTHER = "other", _("There is another reason, written below.")
