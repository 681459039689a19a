"""The swap shop's rows, by noun."""

from mutualaid.swapshop.models.barter import Barter, BarterItem
from mutualaid.swapshop.models.house import BannedWord, HandoverHour, Kind
from mutualaid.swapshop.models.item import Item, ItemPhoto
from mutualaid.swapshop.models.offer import Offer
from mutualaid.swapshop.models.report import Report
from mutualaid.swapshop.models.swapper import Swapper, Wish

__all__ = ["BannedWord", "Barter", "BarterItem", "HandoverHour", "Item", "ItemPhoto", "Kind", "Offer", "Report", "Swapper", "Wish"]
