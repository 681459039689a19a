"""One workload for every system: 13 rooms, hours of one o'clock each, alone or by several processes at once.

An adapter gives `connect() -> book(room, start, end) -> "ok" | "taken" | "retry"`; `connect` runs in each process before the clock starts.
"""

import multiprocessing
import statistics
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

ROOMS = 13
FIRST_HOUR, LAST_HOUR = 8, 22
MOST_TRIES = 50
LONGEST = 600  # seconds for one block
OK, TAKEN, RETRY = "ok", "taken", "retry"

Slot = tuple[int, datetime, datetime]
Book = Callable[[int, datetime, datetime], str]
Connect = Callable[[], Book]


@dataclass(frozen=True)
class Outcome:
    """What a block came to: how many bookings, refusals and retries, in how many seconds."""

    ok: int
    taken: int
    retries: int
    seconds: float

    @property
    def ok_a_second(self) -> float:
        return self.ok / self.seconds


def slots_for(first_day: datetime, count: int, rooms: Sequence[int] = range(ROOMS)) -> list[Slot]:
    """`count` slots of an hour from `first_day` on, the rooms changing fastest."""
    found: list[Slot] = []
    day = first_day
    while True:
        for hour in range(FIRST_HOUR, LAST_HOUR):
            start = day.replace(hour=hour)
            for room in rooms:
                found.append((room, start, start + timedelta(hours=1)))
                if len(found) == count:
                    return found
        day += timedelta(days=1)


def run(connect: Connect, slots_of_each: Sequence[Sequence[Slot]]) -> Outcome:
    """Book every process's slots, all starting together."""
    context = multiprocessing.get_context("fork")
    answers, start = context.Queue(), context.Barrier(len(slots_of_each))
    workers = [context.Process(target=work, args=(connect, slots, start, answers)) for slots in slots_of_each]
    for worker in workers:
        worker.start()
    done = [answers.get(timeout=LONGEST) for _worker in workers]
    for worker in workers:
        worker.join()
    for failure in (each for each in done if isinstance(each, str)):
        raise RuntimeError(failure)
    began, ended = min(each[1] for each in done), max(each[2] for each in done)
    counts = [each[0] for each in done]
    return Outcome(sum(each[OK] for each in counts), sum(each[TAKEN] for each in counts), sum(each[RETRY] for each in counts), ended - began)


def work(connect: Connect, slots: Sequence[Slot], start: Any, answers: Any) -> None:
    """One process: connect, wait for the others, book; what goes wrong is an answer too, so that nobody waits for it in vain."""
    try:
        answers.put(booked(connect, slots, start))
    except Exception:
        start.abort()
        answers.put(traceback.format_exc())


def booked(connect: Connect, slots: Sequence[Slot], start: Any) -> tuple[dict[str, int], float, float]:
    """Counts by answer, and when it began and ended."""
    book = connect()
    start.wait(LONGEST)
    counts = {OK: 0, TAKEN: 0, RETRY: 0}
    began = time.time()
    for slot in slots:
        for _try in range(MOST_TRIES):
            answer = book(*slot)
            counts[answer] += 1
            if answer != RETRY:
                break
    return counts, began, time.time()


@dataclass(frozen=True)
class Block:
    """A shape of load: how many slots, by how many processes, the same ones for all or shared out."""

    name: str
    slots: int
    processes: int = 1
    is_contested: bool = False
    rooms: tuple[int, ...] = tuple(range(ROOMS))

    def slots_of_each(self, first_day: datetime) -> list[list[Slot]]:
        slots = slots_for(first_day, self.slots, self.rooms)
        return [slots if self.is_contested else slots[each :: self.processes] for each in range(self.processes)]


BLOCKS = (
    Block("alone", 300),
    Block("disjoint", 1200, 8),
    Block("same_slots", 200, 8, is_contested=True),
    Block("one_room", 100, 8, is_contested=True, rooms=(0,)),
)


def median_rate(outcomes: Sequence[Outcome]) -> float:
    """Bookings a second, the middle one of several blocks."""
    return statistics.median(outcome.ok_a_second for outcome in outcomes)
