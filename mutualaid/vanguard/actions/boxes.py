"""The sealed paper box of a month and a post: two people who hold no post count it, neither sees the other's numbers."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.references import new_token
from mutualaid.vanguard.actions.rating import keyed
from mutualaid.vanguard.actions.writing import lock_month, note
from mutualaid.vanguard.models import BoxCount, Post, Rating
from mutualaid.vanguard.models.month import MOST_CARDS
from mutualaid.vanguard.months import bounds, period_of, this_month
from mutualaid.vanguard.permissions import user_can_count_boxes
from mutualaid.vanguard.rules import GRADES, Grades
from mutualaid.vanguard.states import Sources

BOX = "vanguard.boxcount"


def type_box(*, post: Post, month: date, cards: Grades, by: Any, box: int = 1) -> BoxCount:
    """Type what one has counted. The first waits for the second; where both agree the cards are written down, once; where they differ both are told
    to count again. RuleBroken for holders of a post, for the same person twice, for a box that is done, in a closed month."""
    if month > this_month():
        raise RuleBroken.of("month_unknown", "month")
    if any(not 0 <= count <= MOST_CARDS for count in cards):
        raise RuleBroken.of("box_too_many", most=MOST_CARDS)
    if not sum(cards):
        raise RuleBroken.of("box_empty", "very_good")
    try:
        made, differs = _type_box(post, month, cards, by, box)
    except IntegrityError:  # somebody else typed this very turn in this very moment: look again
        made, differs = _type_box(post, month, cards, by, box)
    if differs:
        raise RuleBroken.of("box_differs")
    return made


@transaction.atomic
def _type_box(post: Post, month: date, cards: Grades, by: Any, box: int) -> tuple[BoxCount, bool]:
    """The row, and whether it differs from the other's (both rows stay; the next turn begins)."""
    lock_month(post.hub_id, month)
    if not user_can_count_boxes(by):
        raise RuleBroken.of("box_holder")
    turn, other = turn_of(post, month, box)
    if other is not None and other.typed_by_id == by.pk:
        raise RuleBroken.of("box_second_person")
    made: BoxCount = BoxCount.objects.create(
        hub_id=post.hub_id, post=post, month=month, box=box, turn=turn, place=2 if other else 1, typed_by=by, typed_at=clock.now(),
        very_good=cards[0], good=cards[1], fair=cards[2], bad=cards[3], very_bad=cards[4],
    )  # fmt: skip
    note(post.hub_id, BOX, made.pk, "type_box", by, post=post.number, month=period_of(month), box=box, turn=turn)
    if other is None:
        return made, False
    if other.cards != made.cards:
        return made, True
    settle(made, other)
    note(post.hub_id, BOX, made.pk, "settle_box", by, post=post.number, month=period_of(month), cards=sum(cards))
    return made, False


def turn_of(post: Post, month: date, box: int) -> tuple[int, BoxCount | None]:
    """Which turn it is, and what the first person of this turn has counted. RuleBroken when the box is done."""
    rows = list(BoxCount.objects.filter(post=post, month=month, box=box).order_by("turn", "place"))
    if not rows:
        return 1, None
    last = rows[-1]
    if last.settled_at is not None:
        raise RuleBroken.of("box_done")
    return (last.turn, last) if last.place == 1 else (last.turn + 1, None)


def settle(one: BoxCount, other: BoxCount) -> None:
    """Both agree: every card becomes a rating with the source paper. The marks are made from box and card, so that none is written twice."""
    now = clock.now()
    BoxCount.objects.filter(pk__in=[one.pk, other.pk]).update(settled_at=now)
    grades = [grade for grade, count in zip(GRADES, one.cards, strict=True) for _card in range(count)]
    in_month = min(now, bounds(one.month)[1] - timedelta(microseconds=1))
    rows = []
    for card, grade in enumerate(grades):
        mark = keyed("card", f"{one.post_id}:{period_of(one.month)}:{one.box}:{card}")
        rows.append(
            Rating(
                hub_id=one.hub_id, post_id=one.post_id, token=new_token(), event_mark=mark, voice=mark, month=one.month, received_at=in_month, grade=grade,
                source=Sources.PAPER,
            )
        )  # fmt: skip
    Rating.objects.bulk_create(rows, batch_size=500)
