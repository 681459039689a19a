"""The operator's board: what waits to be done, of all who work at the desk."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from hub.core import clock
from hub.core.joins import DeskRow, board_panels
from hub.core.wording import moment_words, time_words
from hub.desk.callers import CALL_BACK, SUBJECT
from hub.desk.models import Call
from hub.notifications.models import Message
from hub.promises.models import Promise
from hub.promises.wording import due_words

MOST = 20


@dataclass(frozen=True, slots=True)
class Missed:
    """One number that rang and was not answered, with how often."""

    call: Call
    count: int
    when: str


@dataclass(frozen=True, slots=True)
class CallBack:
    """One call-back that is owed; `call` is the one in which it was promised, None when it came from elsewhere."""

    promise: Promise
    call: Call | None
    due: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the first page."""

    counts: dict[str, int]
    mine: list[Call]
    missed: list[Missed]
    call_backs: list[CallBack]
    to_ring: list[Message]
    panels: list[tuple[Any, list[DeskRow]]]


def board_of(hub: Any, user: Any) -> Board:
    """The same number of statements however long the lists are."""
    return Board(
        counts_of(hub, user),
        list(Call.objects.at(hub).answered().open().filter(operator=user).select_related("person").order_by("started_at")[:MOST]),
        missed_at(hub),
        call_backs_at(hub),
        list(Message.objects.at(hub).to_ring(clock.now()).select_related("user")[:MOST]),
        [(panel.label, panel.rows(hub, user)) for panel in board_panels if panel.may(user)],
    )


def counts_of(hub: Any, user: Any) -> dict[str, int]:
    """Today's calls, those of mine that are not wrapped up, missed ones, call-backs owed and late, people to ring."""
    now = clock.now()
    start, end = clock.day_bounds(clock.today())
    today = Call.objects.at(hub).filter(started_at__gte=start, started_at__lt=end)
    still = Call.objects.at(hub).open()
    calls = today.aggregate(today=Count("pk", filter=~Q(direction="missed")))
    left = still.aggregate(mine=Count("pk", filter=Q(operator=user)), missed=Count("pk", filter=Q(direction="missed")))
    owed = Promise.objects.at(hub).open().filter(kind=CALL_BACK).aggregate(owed=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)))
    return {**calls, **left, **owed, "to_ring": Message.objects.at(hub).to_ring(now).count()}


def missed_at(hub: Any) -> list[Missed]:
    """Numbers that were not answered, the longest waiting first; a number that rang three times stands once."""
    rows = Call.objects.at(hub).missed().open().select_related("person").order_by("started_at")[: MOST * 5]
    by_number: dict[str, list[Call]] = {}
    for call in rows:
        by_number.setdefault(call.phone, []).append(call)
    return [Missed(calls[-1], len(calls), when_words(calls[0])) for calls in list(by_number.values())[:MOST]]


def when_words(call: Call) -> str:
    """The time of today, the day as well of earlier ones."""
    began = clock.local(call.started_at)
    return time_words(began.time()) if began.date() == clock.today() else moment_words(began)


def call_backs_at(hub: Any) -> list[CallBack]:
    """What is owed, late first; with who it is about."""
    now = clock.now()
    rows = list(Promise.objects.at(hub).open().filter(kind=CALL_BACK).select_related("owner").order_by("due_at", "id")[:MOST])
    tokens = [promise.subject_ref for promise in rows if promise.subject_label == SUBJECT]
    calls = {call.token: call for call in Call.objects.at(hub).filter(token__in=tokens).select_related("person")}
    return [CallBack(promise, calls.get(promise.subject_ref), due_words(promise, now), promise.due_at < now) for promise in rows]
