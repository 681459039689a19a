"""Where domains meet without knowing each other.

Each app registers rows from its `joins.py` (found at start-up); joint pages read the registries. A new domain appears on every
joint page, and nobody imports it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.utils.functional import Promise


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


@dataclass(frozen=True)
class HubOpener:
    """Something that every new hub needs: `open(hub)` makes it, and may be called again without harm."""

    name: str
    open: Callable[[Any], None]
    order: int = 0


@dataclass(frozen=True)
class MyThings:
    """A list on the resident's own page: `template` shows what `rows(user, hub)` gives under `label`."""

    name: str
    label: Promise
    rows: Callable[[Any, Any], Iterable[Any]]
    template: str
    order: int = 0


@dataclass(frozen=True)
class Finder:
    """How /find/ looks a thing up: `find(hub, reference, phone)` gives the address of its page, or None."""

    name: str
    find: Callable[[Any, str, str], str | None]


@dataclass(frozen=True)
class PromiseKind:
    """Something the house owes by a time; promises of this kind carry `name`."""

    name: str
    label: Promise


@dataclass(frozen=True)
class IntegrityCheck:
    """`find()` gives one sentence per thing that must never be so; none when all is well."""

    name: str
    find: Callable[[], Iterable[str]]


@dataclass(frozen=True)
class PeriodicJob:
    """`run()` does what is due, safely twice and two at once, and says how many things it did."""

    name: str
    run: Callable[[], int]
    every_minutes: int
    about: str


@dataclass(frozen=True)
class PersonalFields:
    """What a model keeps about a person: `export(resident)` gives rows to hand over, `erase(resident)` blanks them."""

    name: str
    fields: tuple[str, ...]
    export: Callable[[Any], Iterable[dict[str, Any]]]
    erase: Callable[[Any], int]


@dataclass(frozen=True)
class DemoSeed:
    """`seed(world)` puts an app's demo rows there; safe to call again."""

    name: str
    seed: Callable[[Any], None]
    order: int = 0


@dataclass(frozen=True)
class ChangeRecorder:
    """Who is told of a change on a staff screen, in its transaction: `record(hub_id, actor, verb, subject, ref, changes)`."""

    name: str
    record: Callable[..., None]


@dataclass(frozen=True)
class ApiRouter:
    """A django-ninja router mounted below /api/v1/."""

    name: str
    router: Any


hub_openers: Registry[HubOpener] = Registry()
my_things: Registry[MyThings] = Registry()
finders: Registry[Finder] = Registry()
promise_kinds: Registry[PromiseKind] = Registry()
integrity_checks: Registry[IntegrityCheck] = Registry()
periodic_jobs: Registry[PeriodicJob] = Registry()
personal_fields: Registry[PersonalFields] = Registry()
demo_seeds: Registry[DemoSeed] = Registry()
change_recorders: Registry[ChangeRecorder] = Registry()
api_routers: Registry[ApiRouter] = Registry()
