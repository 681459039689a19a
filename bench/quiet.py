"""Whether the machine was ours alone: a figure taken while something else ran is void.

The load average counts ourselves; so what all processors did is set against what our own processes and the database server did.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil

MAY_BE_BUSY = 0.2  # processors busy for others, on average over a block
PATIENCE = 120.0  # seconds a run spends on waiting and repeating before it measures all the same, and calls it void
LOOK = 0.5
SETTLE = 0.3


@dataclass
class Watch:
    """Our own processes by their roots: this one and the database server."""

    roots: list[int] = field(default_factory=list)
    patience: float = PATIENCE  # seconds left
    busy: float = 0.0  # processors that worked for others during the last block
    took: float = 0.0  # seconds of the last block

    def own_seconds(self) -> float:
        """Processor seconds of our processes, those that have ended included."""
        spent, seen = 0.0, set()
        for root in self.roots:
            try:
                tree = [psutil.Process(root), *psutil.Process(root).children(recursive=True)]
            except psutil.NoSuchProcess:
                continue
            for process in tree:
                if process.pid in seen:
                    continue
                seen.add(process.pid)
                try:
                    times = process.cpu_times()
                except psutil.NoSuchProcess:
                    continue
                spent += times.user + times.system + times.children_user + times.children_system
        return spent

    @contextmanager
    def block(self) -> Iterator[None]:
        """Measure what others did while the body ran; `is_void` tells afterwards."""
        own, everybody, began = self.own_seconds(), all_seconds(), time.perf_counter()
        yield
        self.took = time.perf_counter() - began
        time.sleep(SETTLE)  # a process that ends while they are counted is in neither its own nor its parent's figures
        self.busy = max(all_seconds() - everybody - (self.own_seconds() - own), 0.0) / (self.took + SETTLE)

    @property
    def is_void(self) -> bool:
        """Whether others kept the machine busy during the last block."""
        return self.busy > MAY_BE_BUSY

    def wait(self) -> None:
        """Until the machine is quiet, or patience is at an end."""
        while self.patience > 0:
            with self.block():
                time.sleep(LOOK)
            if not self.is_void:
                return
            time.sleep(1)
            self.patience -= 1 + LOOK

    def may_repeat(self) -> bool:
        """Whether the last block was disturbed and there is patience for another; it costs what the block took."""
        if not self.is_void or self.patience <= 0:
            return False
        self.patience -= self.took
        return True


def all_seconds() -> float:
    """Processor seconds that were not idle, of all processors."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0) - getattr(times, "guest_nice", 0.0))
