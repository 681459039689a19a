"""What can be done with clothes and parcels. One module a noun; import from here."""

from mutualaid.clothing.actions.choose import Asker, choose
from mutualaid.clothing.actions.endings import cancel, hand_out, make_ready, put_back, remind
from mutualaid.clothing.actions.forget import forget_names
from mutualaid.clothing.actions.look import look_whose
from mutualaid.clothing.actions.stock import Giver, count_anew, discard, take_in

__all__ = [
    "Asker",
    "Giver",
    "cancel",
    "choose",
    "count_anew",
    "discard",
    "forget_names",
    "hand_out",
    "look_whose",
    "make_ready",
    "put_back",
    "remind",
    "take_in",
]
