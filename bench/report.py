"""One measured figure, and how all of them are shown."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results.json"


@dataclass(frozen=True)
class Row:
    """A figure beside its yardstick.

    `value` in `unit`; `yardstick` says beside what, with its own figure; `ratio` is value ÷ yardstick; `bar` what it must keep; `ok` is
    None when the machine was too busy for the figure to count (void).
    """

    name: str
    value: float
    unit: str
    yardstick: str = ""
    ratio: float | None = None
    bar: str = ""
    ok: bool | None = True


def beside(name: str, value: float, unit: str, yardstick: str, other: float, *, at_least: float = 0, at_most: float = 0, void: bool = False) -> Row:
    """A row whose bar is on the ratio to `other`."""
    ratio = value / other if other else 0.0
    ok = ratio >= at_least if at_least else ratio <= at_most
    bar = f"ratio >= {at_least:g}" if at_least else f"ratio <= {at_most:g}"
    return Row(name, round(value, 2), unit, f"{yardstick}: {other:.2f} {unit}", round(ratio, 2), bar, None if void else ok)


def within(name: str, value: float, unit: str, *, at_most: float, void: bool = False) -> Row:
    """A row whose bar is on the value itself."""
    return Row(name, round(value, 2), unit, bar=f"value <= {at_most:g}", ok=None if void else value <= at_most)


def told(name: str, value: float, unit: str, yardstick: str = "", other: float = 0) -> Row:
    """A row without a bar, for the reader."""
    return Row(name, round(value, 2), unit, f"{yardstick}: {other:.2f} {unit}" if yardstick else "", round(value / other, 2) if other else None)


def table(rows: Iterable[Row]) -> str:
    """The rows as lines of text, in columns."""
    words = {True: "ok", False: "NOT MET", None: "void"}
    cells = [("name", "value", "unit", "beside", "ratio", "bar", "")]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        cells.append((row.name, f"{row.value:,.2f}", row.unit, row.yardstick, ratio, row.bar, words[row.ok] if row.bar else ""))
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    right = {1, 4}
    return "\n".join(
        "  ".join(cell.rjust(width) if column in right else cell.ljust(width) for column, (cell, width) in enumerate(zip(line, widths, strict=True))).rstrip()
        for line in cells
    )


def keep(rows: Iterable[Row], path: Path = RESULTS) -> None:
    """Write the rows as a JSON list."""
    path.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
