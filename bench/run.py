"""What a module of rows is given."""

import os
from dataclasses import dataclass

from bench.quiet import Watch


@dataclass
class Run:
    """One run of one module on one database: `is_quick` while developing (fewer and smaller blocks, no bar is meant)."""

    is_quick: bool
    watch: Watch

    @property
    def rounds(self) -> int:
        return 1 if self.is_quick else 3


def say(words: str) -> None:
    """A line for whoever waits, beside the table."""
    os.write(2, f"{words}\n".encode())
