"""Who may do what with posts, ratings and months: the truth, asked by pages and staff screens alike.

Who holds or leads a post decides nothing about it, and closes no month in which it is rated.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from hub.core import clock
from hub.people.states import SERVES_RESIDENTS, Roles
from mutualaid.vanguard import months
from mutualaid.vanguard.models import Post, Term

REVIEWS = frozenset({Roles.REVIEWER, Roles.DIRECTOR})
KEEPS_POSTS = frozenset({Roles.DIRECTOR})
COUNTS_BOXES = frozenset({Roles.REVIEWER, Roles.DIRECTOR, Roles.COORDINATOR})


def posts_of(user: Any, start: datetime, end: datetime) -> set[int]:
    """Ids of the posts this user holds or leads at the hub it acts at, at some moment of [start, end). A leader leads now."""
    if user is None or not user.is_authenticated or user.acting_at is None:
        return set()
    held = Term.objects.at(user.acting_at).meeting(start, end).filter(account=user).values_list("post", flat=True)
    return {*held, *Post.objects.at(user.acting_at).filter(leader=user).values_list("pk", flat=True)}


def own_posts(user: Any, month: date | None = None) -> set[int]:
    """Of a whole month; of this moment when none is named."""
    start, end = months.bounds(month) if month else (clock.now(), clock.now() + timedelta(seconds=1))
    return posts_of(user, start, end)


def user_can_keep_posts(user: Any, row: Any = None) -> bool:
    """Posts, terms, the roster, tags."""
    return bool(user.is_at_work_as(KEEPS_POSTS))


def user_can_see_posts(user: Any, row: Any = None) -> bool:
    """Whoever works at a desk sees who holds which post."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS | REVIEWS))


def user_can_review(user: Any, row: Any = None) -> bool:
    """Ratings, tallies, boxes: the reviewer's and the director's."""
    return bool(user.is_at_work_as(REVIEWS))


def user_can_decide(user: Any, post_id: int | None, month: date) -> bool:
    """Set aside, put back, show words, strike: never of one's own post."""
    return user_can_review(user) and (post_id is None or post_id not in own_posts(user, month))


def user_can_close(user: Any, month: date) -> bool:
    """A month concerns every post: whoever held one in it does not close it."""
    return user_can_review(user) and not own_posts(user, month)


def user_can_strike(user: Any, post_id: int, month: date) -> bool:
    """The committee's word is written down by the director."""
    return bool(user.is_at_work_as(KEEPS_POSTS)) and post_id not in own_posts(user, month)


def user_can_see_boxes(user: Any, row: Any = None) -> bool:
    """The list of boxes. Who may type one is asked there: this stands in every page's menu."""
    return bool(user.is_at_work_as(COUNTS_BOXES))


def user_can_count_boxes(user: Any, row: Any = None) -> bool:
    """Whoever is at work in the office and holds no post."""
    return user_can_see_boxes(user) and not own_posts(user)


def user_can_close_visits(user: Any, row: Any = None) -> bool:
    """Whoever serves residents."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS))


def user_can_answer(user: Any, post_id: int | None) -> bool:
    """Right of reply: the post's holder and its leader."""
    return post_id is not None and post_id in own_posts(user)


def user_can_correct(user: Any, rating: Any) -> bool:
    """Say what was put right: the post's own people, the reviewer and the director."""
    return user_can_review(user) or user_can_answer(user, rating.post_id)


def rows_to_correct(user: Any, rows: Any) -> Any:
    """Of these ratings those whose correction this user may see to."""
    return rows if user_can_review(user) else rows.filter(Q(post__in=own_posts(user)))
