"""Who sees the month's work, and who opens what was closed."""

from typing import Any

from hub.core.joins import review_parts
from hub.people.states import Roles

REVIEWS = frozenset({Roles.REVIEWER, Roles.COORDINATOR, Roles.DIRECTOR})


def user_can_review(user: Any) -> bool:
    """Each part then asks for itself who sees it."""
    return bool(user.is_at_work_as(REVIEWS))


def user_can_see_closing(user: Any, closing: Any) -> bool:
    """It belongs to a part this user sees."""
    return any(closing.kind in part.closings and part.may(user) for part in review_parts)
