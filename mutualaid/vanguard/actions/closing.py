"""The end of a month: strike for a written reason, close, open again."""

from datetime import date
from typing import Any

from django.db import transaction

from hub.closings import actions as closings
from hub.closings.models import Closing
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.hubs.models import Hub
from hub.promises.actions import keep_about
from mutualaid.vanguard import months, tallies
from mutualaid.vanguard.actions.writing import CLOSE_MONTH, MONTH, lock_month, note
from mutualaid.vanguard.models import BoxCount, Post, Strike
from mutualaid.vanguard.permissions import user_can_close, user_can_strike

STRIKE = "vanguard.strike"


@transaction.atomic
def close_month(*, hub: Hub, month: date, by: Any) -> Closing:
    """Freeze the month's figures and its five. Of two at once both get the same closing; nothing of the month changes meanwhile."""
    held = locked_hub(hub)
    if standing := closings.standing_of(hub=held, kind=MONTH, period=months.period_of(month)):
        return standing
    if not user_can_close(by, month):
        raise RuleBroken.of("month_own_post")
    if not months.is_over(month):
        raise RuleBroken.of("month_not_over")
    if open_boxes(hub, month).exists():
        raise RuleBroken.of("month_box_open")
    keep_about(kind=CLOSE_MONTH, subject=MONTH, ref=f"{held.slug}:{months.period_of(month)}", by=by)
    return closings.close(hub=held, kind=MONTH, period=months.period_of(month), result=tallies.frozen(tallies.month_at(hub, month)), by=by)


def locked_hub(hub: Hub) -> Hub:
    """What every change of a month waits for; rows that only point at the hub are written meanwhile."""
    return Hub.objects.select_for_update(no_key=True).get(pk=hub.pk)


def open_boxes(hub: Hub, month: date) -> Any:
    """Boxes that were counted by one, or by two who differ."""
    done = BoxCount.objects.at(hub).filter(month=month, settled_at__isnull=False).values_list("post", "box")
    settled = {(post, box) for post, box in done}
    rows = BoxCount.objects.at(hub).filter(month=month, settled_at=None)
    waiting = [pk for pk, post, box in rows.values_list("pk", "post", "box") if (post, box) not in settled]
    return BoxCount.objects.filter(pk__in=waiting)


@transaction.atomic
def reopen_month(*, closing: Closing, reason: str, by: Any) -> Closing:
    """Open a closed month for a reason everybody reads; the frozen result stays beside the next."""
    month = months.month_from(closing.period)
    if month is None or not user_can_close(by, month):
        raise RuleBroken.of("month_own_post")
    return closings.reopen(closing=closing, reason=reason, by=by)


@transaction.atomic
def strike(*, post: Post, month: date, reason: str, by: Any) -> Strike:
    """The committee strikes a post from the month's five for a reason that is published; the next moves up."""
    lock_month(post.hub_id, month)
    if not user_can_strike(by, post.pk, month):
        raise RuleBroken.of("rating_not_yours_to_decide")
    if not reason.strip():
        raise RuleBroken.of("strike_reason_missing", "reason")
    if Strike.objects.standing().filter(post=post, month=month).exists():
        raise RuleBroken.of("strike_there")
    made: Strike = Strike.objects.create(hub_id=post.hub_id, post=post, month=month, reason=reason.strip()[:200], at=clock.now(), by=by)
    note(post.hub_id, STRIKE, made.pk, "strike", by, reason=made.reason, post=post.number, month=months.period_of(month))
    return made


@transaction.atomic
def take_strike_back(*, strike: Strike, by: Any) -> Strike:
    """The post stands again. Again, nothing happens."""
    lock_month(strike.hub_id, strike.month)
    held: Strike = Strike.objects.select_for_update(of=("self",)).get(pk=strike.pk)
    if not user_can_strike(by, held.post_id, held.month):
        raise RuleBroken.of("rating_not_yours_to_decide")
    if held.taken_back_at is None:
        held.taken_back_at, held.taken_back_by = clock.now(), by
        held.save(update_fields=["taken_back_at", "taken_back_by"])
        note(held.hub_id, STRIKE, held.pk, "take_strike_back", by)
    return held
