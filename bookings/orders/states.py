"""What a service and an order can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Groups(models.TextChoices):
    """The menu's headings, in the menu's order."""

    REPAIR = "repair", _("Repairs at home")
    HOUSEHOLD = "household", _("Cleaning and housekeeping")
    APPLIANCES = "appliances", _("Appliances and computers")
    PERSONAL = "personal", _("Hair, clothes, bathing")
    ERRANDS = "errands", _("Errands and company")


class Places(models.TextChoices):
    """Where it is done."""

    HOME = "home", _("at your home")
    STATION = "station", _("at the house, by appointment")
    WALK_IN = "walk_in", _("at the house, just come in")


CAN_BE_ORDERED = (Places.HOME, Places.STATION)


class Days(models.TextChoices):
    """On which days it is done; never on a day the house is closed."""

    EVERY_DAY = "every_day", _("every day the house is open")
    WORKDAYS = "workdays", _("working days")


class Units(models.TextChoices):
    """What a price is for."""

    TIME = "time", pgettext_lazy("price for one", "time")
    HOUR = "hour", pgettext_lazy("price for one", "hour")
    PIECE = "piece", pgettext_lazy("price for one", "piece")
    ROOM = "room", pgettext_lazy("price for one", "room")


class PriceReasons(models.TextChoices):
    """Why the price is what it is."""

    LIST = "list", _("list price")
    FREE = "free", _("free for everybody")
    ENTITLEMENT = "entitlement", _("reduced by entitlement")
    DECISION = "decision", _("decided by staff")


class OrderStates(models.TextChoices):
    """An order's life."""

    TAKEN = "taken", _("waiting for a helper")
    ASSIGNED = "assigned", _("a helper is found")
    ON_THE_WAY = "on_the_way", _("on the way")
    ARRIVED = "arrived", _("being done")
    DONE = "done", pgettext_lazy("order state", "done")
    RATED = "rated", _("done and rated")
    CANCELLED = "cancelled", _("cancelled")
    DECLINED = "declined", _("declined")


IS_OPEN = (OrderStates.TAKEN, OrderStates.ASSIGNED, OrderStates.ON_THE_WAY, OrderStates.ARRIVED)
CAN_BE_MOVED = (OrderStates.TAKEN, OrderStates.ASSIGNED)
HAS_A_HELPER = (OrderStates.ASSIGNED, OrderStates.ON_THE_WAY, OrderStates.ARRIVED, OrderStates.DONE, OrderStates.RATED)
WAS_DONE = (OrderStates.DONE, OrderStates.RATED)
FELL_AWAY = (OrderStates.CANCELLED, OrderStates.DECLINED)


class StepKinds(models.TextChoices):
    """What a step tells. It carries no words of anybody's, so that nothing in it has ever to be erased."""

    STATE = "state", _("the order went on")
    MOVED = "moved", _("another time")
    PRICE = "price", _("the price was decided")
    EXTRA = "extra", _("extra parts were agreed")
    ASKED = "asked", _("extra parts were asked for")
    NO_EXTRA = "no_extra", _("no extra parts were wanted")
    CALLED = "called", _("asked again about the same matter")


NOT_SATISFIED = 2  # and less: it is put right


class Ratings(models.IntegerChoices):
    """How it was."""

    VERY_GOOD = 5, _("very satisfied")
    GOOD = 4, _("satisfied")
    MIDDLING = 3, _("so-so")
    BAD = 2, _("dissatisfied")
    VERY_BAD = 1, _("very dissatisfied")
