from mutualaid.vanguard.models.duty import DutyDay
from mutualaid.vanguard.models.month import BoxCount, Strike
from mutualaid.vanguard.models.post import Post, Term, no_overlap
from mutualaid.vanguard.models.rating import Rating, RatingTag
from mutualaid.vanguard.models.visit import CounterVisit

__all__ = ["BoxCount", "CounterVisit", "DutyDay", "Post", "Rating", "RatingTag", "Strike", "Term", "no_overlap"]
