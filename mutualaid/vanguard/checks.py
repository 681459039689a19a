"""What must never be so, found without the database's help."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F

from mutualaid.vanguard import months
from mutualaid.vanguard.models import BoxCount, CounterVisit, Rating, Strike, Term
from mutualaid.vanguard.states import Sources, TermStates


def strayed() -> Iterator[str]:
    """Rows that belong to another hub than the post or person they are about."""
    kinds: list[tuple[Any, str]] = [(Term, "post"), (Rating, "post"), (Rating, "term"), (BoxCount, "post"), (Strike, "post"), (CounterVisit, "for_person")]
    for model, field in kinds:
        for pk in model.objects.filter(**{f"{field}__isnull": False}).exclude(hub=F(f"{field}__hub")).values_list("pk", flat=True):
            yield f"{model._meta.label} {pk} belongs to another hub than its {field}"


def in_another_month() -> Iterator[str]:
    """Ratings that stand in another month than the one they were received in."""
    for pk, month, received_at in Rating.objects.values_list("pk", "month", "received_at").iterator(chunk_size=5000):
        if months.month_of(received_at) != month:
            yield f"rating {pk} stands in {month:%Y-%m} and was received in another month"


def held_by_two() -> Iterator[str]:
    """Terms of a post that overlap."""
    last: dict[int, Any] = {}
    for post, starts_at, ends_at in Term.objects.filter(state=TermStates.HELD).order_by("post", "starts_at").values_list("post", "starts_at", "ends_at"):
        if post in last and starts_at < last[post]:
            yield f"post {post} is held by two at once"
        last[post] = max(ends_at, last.get(post, ends_at))


def cards_miscounted() -> Iterator[str]:
    """Months of posts whose paper ratings are not what two people counted."""
    counted: dict[tuple[int, Any], int] = {}
    for row in BoxCount.objects.filter(settled_at__isnull=False, place=1):
        counted[row.post_id, row.month] = counted.get((row.post_id, row.month), 0) + sum(row.cards)
    written = {
        (post, month): n for post, month, n in Rating.objects.filter(source=Sources.PAPER).order_by().values_list("post", "month").annotate(n=Count("pk"))
    }  # fmt: skip
    for key in sorted({*counted, *written}, key=str):
        if counted.get(key, 0) != written.get(key, 0):
            yield f"post {key[0]} in {key[1]:%Y-%m}: {counted.get(key, 0)} cards were counted, {written.get(key, 0)} are written down"
