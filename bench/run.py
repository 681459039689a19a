"""What a module of rows is given."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.quiet import Watch

LONG = 300.0  # seconds


@dataclass
class Run:
    """One run of one module on one database: `is_quick` while developing (fewer and smaller blocks, no bar is meant)."""

    is_quick: bool
    watch: Watch
    began: float = field(default_factory=time.monotonic)

    def rounds(self) -> Iterator[int]:
        """0, 1, 2; a machine so busy that one takes minutes gets no more."""
        for turn in range(1 if self.is_quick else 3):
            if turn and time.monotonic() - self.began > LONG:
                say("too busy for another round")
                return
            yield turn


def say(words: str) -> None:
    """A line for whoever waits, beside the table."""
    os.write(2, f"{words}\n".encode())
