"""What clothes and parcels can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kinds(models.TextChoices):
    """What it is."""

    COAT = "coat", pgettext_lazy("clothes", "coat")
    JUMPER = "jumper", pgettext_lazy("clothes", "jumper")
    SHIRT = "shirt", pgettext_lazy("clothes", "shirt")
    TROUSERS = "trousers", pgettext_lazy("clothes", "trousers")
    DRESS = "dress", pgettext_lazy("clothes", "dress or skirt")
    THERMAL = "thermal", pgettext_lazy("clothes", "thermal underwear")
    UNIFORM = "uniform", pgettext_lazy("clothes", "school uniform")
    SHOES = "shoes", pgettext_lazy("clothes", "shoes")
    ACCESSORIES = "accessories", pgettext_lazy("clothes", "hat, scarf, gloves")
    BEDDING = "bedding", pgettext_lazy("clothes", "quilt or blanket")


class Fits(models.TextChoices):
    """Whom it fits."""

    WOMEN = "women", pgettext_lazy("clothes", "women")
    MEN = "men", pgettext_lazy("clothes", "men")
    ANYBODY = "anybody", pgettext_lazy("clothes", "women and men")
    GIRLS = "girls", pgettext_lazy("clothes", "girls")
    BOYS = "boys", pgettext_lazy("clothes", "boys")
    CHILDREN = "children", pgettext_lazy("clothes", "girls and boys")


FIGURES = (Fits.WOMEN, Fits.MEN, Fits.GIRLS, Fits.BOYS)  # whom somebody looks for


class Seasons(models.TextChoices):
    """When it is worn."""

    WINTER = "winter", pgettext_lazy("clothes", "winter")
    BETWEEN = "between", pgettext_lazy("clothes", "spring and autumn")
    SUMMER = "summer", pgettext_lazy("clothes", "summer")
    ALL_YEAR = "all_year", pgettext_lazy("clothes", "all year")


class Conditions(models.TextChoices):
    """What it is like; what is not whole and clean never comes on the shelf."""

    NEW = "new", pgettext_lazy("clothes", "new")
    LIKE_NEW = "like_new", pgettext_lazy("clothes", "like new")
    GOOD = "good", pgettext_lazy("clothes", "worn, whole and clean")


class Moves(models.TextChoices):
    """Why a number on the shelf changed."""

    IN = "in", pgettext_lazy("clothes", "taken in")
    OUT = "out", pgettext_lazy("clothes", "into a parcel")
    BACK = "back", pgettext_lazy("clothes", "back on the shelf")
    DISCARDED = "discarded", pgettext_lazy("clothes", "taken out of stock")
    CORRECTION = "correction", pgettext_lazy("clothes", "counted anew")


ADDS, TAKES = (Moves.IN, Moves.BACK), (Moves.OUT, Moves.DISCARDED)


class Faults(models.TextChoices):
    """Why something cannot be worn any more."""

    TORN = "torn", _("torn or with holes")
    STAINED = "stained", _("stains that do not come out")
    MOULDY = "mouldy", _("mould or smell")
    WORN_OUT = "worn_out", _("worn out of shape")
    UNDERWEAR = "underwear", _("worn underwear or socks")
    UNSAFE = "unsafe", _("not safe to wear")


class Ends(models.TextChoices):
    """What becomes of it then."""

    RECYCLED = "recycled", _("given to recycling")
    THROWN_AWAY = "thrown_away", _("thrown away")


class ParcelStates(models.TextChoices):
    """A parcel's life. The words are neutral: they stand where others may read them."""

    CHOSEN = "chosen", _("being made ready")
    READY = "ready", _("ready to be collected")
    HANDED_OUT = "handed_out", _("handed out")
    CANCELLED = "cancelled", pgettext_lazy("of a parcel", "cancelled")
    PUT_BACK = "put_back", _("not collected")


IS_OPEN = (ParcelStates.CHOSEN, ParcelStates.READY)
FELL_AWAY = (ParcelStates.CANCELLED, ParcelStates.PUT_BACK)
