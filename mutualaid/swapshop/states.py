"""What a thing, an offer and a barter can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Conditions(models.TextChoices):
    """How good it still is."""

    NEW = "new", _("never used")
    GOOD = "good", _("as good as new")
    USED = "used", _("used, all in order")
    WORN = "worn", _("well worn, still works")


class Bands(models.TextChoices):
    """What a thing is worth, roughly: set by whoever checks it, so that no price stands anywhere."""

    SMALL = "small", _("a small thing")
    MIDDLE = "middle", _("of middling value")
    LARGE = "large", _("valuable")


class ItemStates(models.TextChoices):
    """A thing's life in the shop."""

    CHECKING = "checking", _("waiting to be looked at")
    LISTED = "listed", pgettext_lazy("of a thing to swap", "to be had")
    PROMISED = "promised", pgettext_lazy("of a thing to swap", "promised")
    SWAPPED = "swapped", pgettext_lazy("of a thing to swap", "swapped")
    GIVEN = "given", pgettext_lazy("of a thing to swap", "given away")
    REFUSED = "refused", pgettext_lazy("of a thing to swap", "not taken")
    EXPIRED = "expired", pgettext_lazy("of a thing to swap", "its time is over")
    WITHDRAWN = "withdrawn", pgettext_lazy("of a thing to swap", "taken back")


IS_SHOWN = (ItemStates.LISTED, ItemStates.PROMISED)
IS_LIVING = (ItemStates.CHECKING, ItemStates.LISTED, ItemStates.PROMISED)
HAS_GONE = (ItemStates.SWAPPED, ItemStates.GIVEN)
CAN_BE_CHANGED = (ItemStates.CHECKING, ItemStates.LISTED, ItemStates.REFUSED, ItemStates.EXPIRED, ItemStates.WITHDRAWN)
CAN_BE_WITHDRAWN = (ItemStates.CHECKING, ItemStates.LISTED, ItemStates.PROMISED, ItemStates.REFUSED, ItemStates.EXPIRED)
CAN_BE_REPOSTED = (ItemStates.EXPIRED, ItemStates.WITHDRAWN)


class RefuseReasons(models.TextChoices):
    """Why a thing is not taken; the owner reads it."""

    BANNED = "banned", _("such things are not swapped here")
    MONEY = "money", _("money or a price is mentioned")
    CONTACT = "contact", _("a number, an address or a name can be read in it")
    PHOTO = "photo", _("the photo shows something else, a face, or too little")
    VALUE = "value", _("too valuable for a child to swap; a grown-up can list it")
    UNFIT = "unfit", _("broken, dirty or incomplete")
    OTHER = "other", _("another reason")


class OfferStates(models.TextChoices):
    """What became of an offer."""

    WAITING = "waiting", pgettext_lazy("of an offer to swap", "waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("of an offer to swap", "promised")
    DONE = "done", pgettext_lazy("of an offer to swap", "done")
    DECLINED = "declined", pgettext_lazy("of an offer to swap", "no, thank you")
    WITHDRAWN = "withdrawn", pgettext_lazy("of an offer to swap", "taken back")
    LAPSED = "lapsed", pgettext_lazy("of an offer to swap", "the thing has gone")
    RENEGED = "reneged", pgettext_lazy("of an offer to swap", "the promise was broken")


OFFER_LIVES = (OfferStates.WAITING, OfferStates.ACCEPTED)


class Sides(models.TextChoices):
    """The two of a barter."""

    OWNER = "owner", _("whose thing it was")
    TAKER = "taker", _("who made the offer")


class BarterStates(models.TextChoices):
    """A barter's life. Both sides' things go together or not at all."""

    PROMISED = "promised", pgettext_lazy("of a barter", "promised")
    DONE = "done", pgettext_lazy("of a barter", "done")
    RENEGED = "reneged", pgettext_lazy("of a barter", "promise broken")
    CALLED_OFF = "called_off", pgettext_lazy("of a barter", "called off by the house")


class RenegeReasons(models.TextChoices):
    """Why a promise was broken: chosen, never written, since nobody writes to anybody here."""

    CHANGED_MIND = "changed_mind", _("changed their mind")
    GONE = "gone", _("the thing is broken or gone")
    NO_SHOW = "no_show", _("the other side did not come")
    NOT_AS_SAID = "not_as_said", _("the thing is not as it was said")
    GUARDIAN = "guardian", _("the parents do not agree")


class ReportReasons(models.TextChoices):
    """What is wrong with a listing: chosen, never written."""

    BANNED = "banned", _("such a thing should not be swapped")
    MONEY = "money", _("money is asked for")
    CONTACT = "contact", _("a number, a name or an address stands there")
    FALSE = "false", _("words or photo are not true")
    NOT_THEIRS = "not_theirs", _("it belongs to somebody else")


class ReportStates(models.TextChoices):
    """What the house found."""

    OPEN = "open", pgettext_lazy("of a report", "to be looked at")
    UPHELD = "upheld", pgettext_lazy("of a report", "it was so")
    DISMISSED = "dismissed", pgettext_lazy("of a report", "nothing was wrong")


class WordGroups(models.TextChoices):
    """What a word that may not stand in a listing is about."""

    MEDICINE = "medicine", _("medicine")
    WEAPONS = "weapons", _("weapons and fireworks")
    TOBACCO = "tobacco", _("tobacco and alcohol")
    ANIMALS = "animals", _("living animals")
    FOOD = "food", _("food that is open or out of date")
    OTHER = "other", _("other things not swapped here")
    MONEY = "money", _("money words")
    CONTACT = "contact", _("ways to reach somebody")
