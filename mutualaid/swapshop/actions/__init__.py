"""What can be done in the swap shop. One module a noun; import from here."""

from mutualaid.swapshop.actions.barters import call_off, choose_slot, confirm, renege
from mutualaid.swapshop.actions.checking import approve, decide_reports, refuse, report
from mutualaid.swapshop.actions.counter import Side, hand_back, swap_on_the_spot, take_in
from mutualaid.swapshop.actions.leaving import take_out_of_shop, withdraw_item
from mutualaid.swapshop.actions.listing import Described, Lister, add_item_photos, change_item, list_item, repost_item
from mutualaid.swapshop.actions.offers import accept_offer, decline_offer, make_offer, withdraw_offer
from mutualaid.swapshop.actions.people import agree_for_child, disagree_for_child, end_wish, join, make_wish

__all__ = [
    "Described", "Lister", "Side", "accept_offer", "add_item_photos", "agree_for_child", "approve", "call_off", "change_item", "choose_slot", "confirm",
    "decide_reports", "decline_offer", "disagree_for_child", "end_wish", "hand_back", "join", "list_item", "make_offer", "make_wish", "refuse", "renege",
    "report", "repost_item", "swap_on_the_spot", "take_in", "take_out_of_shop", "withdraw_item", "withdraw_offer",
]  # fmt: skip
