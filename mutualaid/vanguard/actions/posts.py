"""Who holds a post, and who leads the house on a day."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.hubs.models import Hub
from mutualaid.vanguard.actions.writing import note
from mutualaid.vanguard.models import DutyDay, Post, Term, no_overlap
from mutualaid.vanguard.models.post import NO_END
from mutualaid.vanguard.states import TermStates

TERM = "vanguard.term"
DUTY = "vanguard.dutyday"


def begin_term(*, post: Post, name: str, from_on: date, until_on: date | None = None, by: Any, **shown: Any) -> Term:
    """Give a post to somebody. `shown`: account, badge, picture, promise_zh, promise_en. RuleBroken when somebody holds it in that time."""
    starts_at, ends_at = span_of(from_on, until_on)
    try:
        return _begin_term(post, name, starts_at, ends_at, by, shown)
    except IntegrityError as error:
        if no_overlap.was_broken_by(error):
            raise RuleBroken.of("term_overlaps", "from_on") from None
        raise


def span_of(from_on: date, until_on: date | None) -> tuple[datetime, datetime]:
    """Whole days, half-open; no last day: NO_END."""
    if until_on is not None and until_on < from_on:
        raise RuleBroken.of("term_order", "until_on")
    return clock.at(from_on, time.min), clock.at(until_on + timedelta(days=1), time.min) if until_on else NO_END


@transaction.atomic
def _begin_term(post: Post, name: str, starts_at: datetime, ends_at: datetime, by: Any, shown: dict[str, Any]) -> Term:
    Post.objects.select_for_update().get(pk=post.pk)
    if Term.objects.filter(post=post).meeting(starts_at, ends_at).exists():
        raise RuleBroken.of("term_overlaps", "from_on")
    made: Term = Term.objects.create(hub_id=post.hub_id, post=post, name=name.strip(), starts_at=starts_at, ends_at=ends_at, **shown)
    note(made.hub_id, TERM, made.pk, "begin_term", by, post=post.number)
    return made


@transaction.atomic
def end_term(*, term: Term, until_on: date, by: Any) -> Term:
    """The last day of a term; earlier or later than it stood."""
    held = locked_term(term)
    _start, ends_at = span_of(held.from_on, until_on)
    if Term.objects.filter(post=held.post_id).meeting(held.starts_at, ends_at).exclude(pk=held.pk).exists():
        raise RuleBroken.of("term_overlaps", "until_on")
    held.ends_at = ends_at
    held.save(update_fields=["ends_at"])
    note(held.hub_id, TERM, held.pk, "end_term", by, until=until_on.isoformat())
    return held


@transaction.atomic
def change_term(*, term: Term, by: Any, **shown: Any) -> Term:
    """Name, account, badge, picture, promise put right; an empty picture leaves the one there is."""
    held = locked_term(term)
    if not shown.get("picture"):
        shown.pop("picture", None)
    for field, value in shown.items():
        setattr(held, field, value)
    held.save(update_fields=list(shown))
    note(held.hub_id, TERM, held.pk, "change_term", by, fields=sorted(shown))
    return held


@transaction.atomic
def take_term_back(*, term: Term, by: Any) -> Term:
    """It was written by mistake. Again, nothing happens."""
    held: Term = Term.objects.select_for_update(of=("self",)).get(pk=term.pk)
    if held.state == TermStates.HELD:
        held.state = TermStates.TAKEN_BACK
        held.save(update_fields=["state"])
        note(held.hub_id, TERM, held.pk, "take_term_back", by)
    return held


def locked_term(term: Term) -> Term:
    """The term and its post; RuleBroken when it was taken back."""
    Post.objects.select_for_update().get(pk=term.post_id)
    held: Term = Term.objects.select_for_update(of=("self",)).get(pk=term.pk)
    if held.state != TermStates.HELD:
        raise RuleBroken.of("term_over")
    return held


@transaction.atomic
def set_duty(*, hub: Hub, days: Mapping[date, tuple[str, Any]], by: Any) -> int:
    """Who leads on these days (name, account); an empty name takes the day off the roster. How many days changed."""
    Hub.objects.select_for_update(no_key=True).get(pk=hub.pk)
    known = {row.day: row for row in DutyDay.objects.at(hub).filter(day__in=list(days))}
    changed = 0
    for day, (name, account) in days.items():
        row = known.get(day)
        if row is not None and (row.name, row.account) == (name, account):
            continue
        if not name and account is not None:
            raise RuleBroken.of("duty_name_missing", f"name_{day:%Y%m%d}")
        if not name and row is None:
            continue
        changed += 1
        if not name:
            DutyDay.objects.filter(hub=hub, day=day).delete()
        else:
            DutyDay.objects.update_or_create(hub=hub, day=day, defaults={"name": name[:40], "account": account})
    if changed:
        note(hub.pk, DUTY, min(days).isoformat(), "set_duty", by, days=changed)
    return changed
