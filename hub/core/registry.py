"""A small typed registry: rows by name, in the order they ask for."""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Named(Protocol):
    """Anything that stands in a registry: `name` is unique in it."""

    @property
    def name(self) -> str: ...


Row = TypeVar("Row", bound=Named)


class Registry(Generic[Row]):
    """Rows in order of `order` (when they have one), then of registration; a name twice is an error."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}

    def register(self, row: Row) -> Row:
        """Add `row`; ValueError when its name is taken."""
        if row.name in self._rows:
            raise ValueError(f"{row.name} is registered twice")
        self._rows[row.name] = row
        return row

    def __iter__(self) -> Iterator[Row]:
        return iter(sorted(self._rows.values(), key=lambda row: getattr(row, "order", 0)))

    def __getitem__(self, name: str) -> Row:
        return self._rows[name]

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __len__(self) -> int:
        return len(self._rows)
