"""Where vanguard posts appear elsewhere."""

from typing import Any

from hub.core.errors import SENTENCES
from hub.core.joins import Rating, RatingTaker, rating_takers
from mutualaid.vanguard import sentences
from mutualaid.vanguard.actions import take_rating

SENTENCES.update(sentences.SENTENCES)


def take(event: Any, rating: Rating) -> None:
    """What a domain was told on its own slip counts for the post as well."""
    take_rating(event=event, rating=rating)


rating_takers.register(RatingTaker("vanguard", take))
