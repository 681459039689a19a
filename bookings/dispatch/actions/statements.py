"""Helpers' months: drawn up by one, approved by another, then locked; what is wrong is put right by reversing lines in a later month."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from bookings.dispatch.models import Provider, Statement, StatementLine
from bookings.dispatch.queries import sums_of_lines, sums_of_orders, to_be_stated
from bookings.dispatch.rules import Sums, corrected
from bookings.dispatch.states import LineKinds, StatementStates
from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.hubs.models import Hub

SUBJECT = "dispatch.statement"
FIRST_YEAR = 2020


@transaction.atomic
def draw_up(*, provider: Provider, month: date, by: Any) -> Statement:
    """Write the helper's month as it stands: the orders done in it, and what puts earlier, locked months right. Drawn up again while it is open,
    it is written anew. RuleBroken when it is approved."""
    month = month_of(month)
    Provider.objects.select_for_update().get(pk=provider.pk)  # one statement of a helper at a time
    held: Statement | None = Statement.objects.filter(provider=provider, month=month).first()
    if held is not None and held.is_locked:
        raise RuleBroken.of("statement_locked")
    refuse_out_of_turn(provider, month)
    if held is None:
        held = Statement.objects.create(hub_id=provider.hub_id, provider=provider, month=month, drawn_by=by, drawn_at=clock.now())
    else:
        held.drawn_by, held.drawn_at = by, clock.now()
        held.save(update_fields=["drawn_by", "drawn_at"])
        held.lines.all().delete()
    lines = lines_of(held)
    StatementLine.objects.bulk_create(lines)
    _write(held, "draw_up", by, lines=len(lines))
    return held


def month_of(day: date) -> date:
    """Its first day; RuleBroken for one before the house kept months, or after this one."""
    if not date(FIRST_YEAR, 1, 1) <= day.replace(day=1) <= clock.today():
        raise RuleBroken.of("statement_month_wrong", "month")
    return day.replace(day=1)


def refuse_out_of_turn(provider: Provider, month: date) -> None:
    """A later month puts earlier ones right, so those are locked first, and none is written behind a later one."""
    others = Statement.objects.filter(provider=provider)
    if others.open().filter(month__lt=month).exists():
        raise RuleBroken.of("statement_earlier_open", "month")
    if others.filter(month__gt=month).exists():
        raise RuleBroken.of("statement_later_there", "month")


def draw_up_all(*, hub: Hub, month: date, by: Any) -> tuple[list[Statement], int]:
    """Every helper's month with something in it, and how many were left as they are: approved already, or out of turn."""
    month = month_of(month)
    drawn, left_count = [], 0
    for provider in Provider.objects.at(hub).filter(pk__in=to_be_stated(hub, month)).order_by("pk"):
        try:
            drawn.append(draw_up(provider=provider, month=month, by=by))
        except RuleBroken:
            left_count += 1
    return drawn, left_count


def lines_of(statement: Statement) -> list[StatementLine]:
    """The lines as they should stand in this (open) statement now."""
    is_now = sums_of_orders(statement.provider_id, statement.month)
    fresh = {order: sums for order, sums in is_now.in_month.items() if order not in is_now.stated}
    lines = [line(statement, order, LineKinds.ORDER, sums) for order, sums in fresh.items()]
    for order, written in is_now.stated.items():
        for kind, sums in corrected(written, is_now.all[order]):
            lines.append(line(statement, order, kind, sums))
    return lines


def line(statement: Statement, order: int, kind: str, sums: Sums) -> StatementLine:
    """Unsaved."""
    return StatementLine(statement=statement, order_id=order, kind=kind, list_fen=sums.list_fen, due_fen=sums.due_fen, cash_fen=sums.cash_fen)


@transaction.atomic
def approve(*, statement: Statement, by: Any) -> Statement:
    """Lock it. Again, nothing happens. RuleBroken for whoever drew it up, before the month is over, and when something changed since."""
    Provider.objects.select_for_update().get(pk=statement.provider_id)
    held: Statement = Statement.objects.select_for_update(of=("self",)).select_related("provider").get(pk=statement.pk)
    if held.is_locked:
        return held
    if held.drawn_by_id == by.pk:
        raise RuleBroken.of("statement_own")
    if held.month >= clock.today().replace(day=1):
        raise RuleBroken.of("statement_month_open")
    if told(held.lines.all()) != told(lines_of(held)):
        raise RuleBroken.of("statement_stale")
    held.state, held.approved_by, held.approved_at = StatementStates.APPROVED, by, clock.now()
    held.save(update_fields=["state", "approved_by", "approved_at"])
    found = sums_of_lines(held.lines.all())
    _write(held, "approve", by, due_fen=found.due_fen, cash_fen=found.cash_fen)
    return held


def told(lines: Iterable[StatementLine]) -> set[tuple[int, str, int, int, int]]:
    """What lines say, to be compared."""
    return {(line.order_id, str(line.kind), line.list_fen, line.due_fen, line.cash_fen) for line in lines}


def _write(statement: Statement, verb: str, by: Any, **changes: Any) -> None:
    changes = {"provider": statement.provider_id, "month": statement.month_words, **changes}
    write_line(hub_id=statement.hub_id, actor=by, verb=verb, subject=SUBJECT, ref=str(statement.pk), changes=changes)
