"""What the swap shop says when it refuses."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    # words
    "swap_money": _('Nothing is bought or sold here, so money is not mentioned. Please take out "%(found)s" and say what you would like instead.'),
    "swap_contact": _('No numbers, accounts or links, please: the house brings you together. Please take out "%(found)s".'),
    "swap_address": _('No addresses, please: things change hands at the house. Please take out "%(found)s".'),
    "swap_banned": _('"%(found)s" is not swapped here. Please list something else; if something else was meant, use another word or ring us.'),
    "swap_nickname_length": _("A nickname has %(shortest)s to %(longest)s characters. Please write another."),
    "swap_nickname_is_name": _("Please choose a nickname that does not tell your real name."),
    "swap_nickname_taken": _("Somebody has this nickname already. Please choose another."),
    # people
    "swap_person_unknown": _("The house has to know who it is. Please sign in, or come to the counter: it takes a minute."),
    "swap_caller_unknown": _("The swap shop has to know who it is. Please enter the person as a resident first; name and phone are enough."),
    "swap_person_not_found": _("We know nobody of this name with this number. Please compare both, or let the counter enter the person."),
    "swap_nickname_missing": _("A nickname is needed first, so that no name stands in the shop."),
    "swap_guardian_missing": _(
        "Under eighteen a parent or guardian has to agree first: they sign in and tick it, or come along to the counter. Questions: %(hotline)s."
    ),
    "swap_not_guardian": _("You are not recorded as this child's guardian. Please come to the counter with the household book, or ring %(hotline)s."),
    "swap_no_child": _("This person is grown up and needs nobody's consent."),
    "swap_child_band": _("This is too valuable for somebody under eighteen to swap. A grown-up of the family can do it."),
    # things
    "swap_kind_gone": _("Things of this kind are not taken at present. Please choose another kind."),
    "swap_wish_missing": _("What would you like for it? Please write a few words, or choose to give it away."),
    "swap_photos_many": _("At most %(most)s photos fit. Please take some away."),
    "swap_too_many_things": _("You have %(limit)s things here already. Please take one back first."),
    "swap_item_step": _("This thing has gone on in the meantime (%(state)s). Nothing was changed."),
    "swap_item_gone": _("This thing is not to be had any more. Please look for another one."),
    "swap_own_check": _("This is your own thing, or your child's. Somebody else has to look at it."),
    "swap_same_photo": _("The same photo stands with number %(reference)s. Look at both; if it is all right, tick that you have compared them."),
    "swap_band_missing": _("What is it worth, roughly? Please choose one."),
    "swap_not_here": _("This thing does not lie at the house. Nothing was changed."),
    "swap_lies_here": _("This thing lies at the house already, shelf %(shelf)s."),
    # offers
    "swap_own_thing": _("This is your own thing. Please choose somebody else's."),
    "swap_offer_nothing": _("What do you offer for it? Please choose at least one of your things."),
    "swap_offer_many": _("At most %(most)s things go into one offer. Please choose fewer."),
    "swap_offer_not_yours": _("One of these things is not yours, or not to be had at present. Please choose again."),
    "swap_offer_twice": _("You have made an offer for this already. Please wait for the answer, or take it back first."),
    "swap_offer_over": _("This offer is over (%(state)s). Nothing was changed."),
    "swap_offer_missing": _("Please choose one of the offers."),
    "swap_promised_already": _("One of these things has just been promised to somebody else. Please choose another offer, or wait."),
    # barters
    "swap_barter_over": _("This swap is over (%(state)s). Nothing was changed."),
    "swap_slot_missing": _("Please choose one of the times in the list."),
    "swap_slot_wrong": _("At that time nothing is handed over. Please choose one of the times in the list."),
    "swap_reason_missing": _("Why? Please choose one reason."),
    "swap_nobody_stands_here": _("Who stands here? Please tick at least one."),
    "swap_same_person": _("Both sides are the same person. Please enter two."),
    "swap_side_empty": _("What does this side bring? Please write a number or what it is."),
    "swap_item_unknown": _("There is no thing with this number here. Please look at the tag again."),
    # reports and wishes
    "swap_reported": _("You have told us about this already; we are looking at it."),
    "swap_no_reports": _("Nobody has reported this, or it has been decided. Nothing was changed."),
    "swap_wish_empty": _("What are you looking for? Please choose a kind or write a word."),
    "swap_too_many_wishes": _("You have %(limit)s wishes here already. Please end one first."),
}
