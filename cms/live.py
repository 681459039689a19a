"""What the home page shows of the running house; each function asks once and gives plain rows."""

from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from typing import Any

from bookings.rooms.queries import rooms_on_display, today_in_the_house
from cms.rules import Hours, OpenToday, open_today
from hub.core import clock
from hub.core.wording import is_chinese
from hub.hubs.models import Hub
from hub.workdays.calendar import calendar_of


@dataclass(frozen=True)
class TodayCard:
    """The leaf of the tear-off calendar and what is open."""

    date: date
    label: str
    is_closed: bool
    open: OpenToday


@dataclass(frozen=True)
class Floor:
    """One storey of the house with its doors."""

    number: int
    line: str
    rooms: tuple[Any, ...]


@dataclass(frozen=True)
class Happening:
    """One line of what is on today: times by the wall clock, and a status word with its kind."""

    starts: time
    ends: time
    title: str
    place: str
    url: str
    status_word: str
    status_kind: str

    @property
    def is_now(self) -> bool:
        return self.status_kind == "now"


def today_card(hub: Hub, rows: list[Hours]) -> TodayCard:
    """Today at `hub`: holidays, make-up days and closed days count."""
    today = clock.today()
    day = calendar_of(hub).day(today)
    label = day.label_zh if is_chinese() else day.label_en
    return TodayCard(today, label, day.is_closed, open_today(rows, hours_of=day.hours_of, is_closed=day.is_closed))


def floors(hub: Hub, lines: dict[int, str]) -> list[Floor]:
    """The house from the roof down; `lines` says what a floor is for."""
    rooms = sorted(rooms_on_display(hub), key=lambda room: -room.floor)
    return [Floor(number, lines.get(number, ""), tuple(found)) for number, found in groupby(rooms, key=lambda room: room.floor)]


@dataclass(frozen=True)
class Happenings:
    """The next lines of the day, and how many more there are."""

    rows: tuple[Happening, ...]
    more_count: int


def happenings(hub: Hub, how_many: int) -> Happenings:
    """What is on in the house today, from now on."""
    coming = [row for row in today_in_the_house(hub) if row.ends_at > clock.now()]
    rows = tuple(
        Happening(
            clock.local(row.starts_at).time(),
            clock.local(row.ends_at).time(),
            row.title,
            row.place,
            row.url,
            row.status_word,
            row.status_kind,
        )
        for row in coming[:how_many]
    )
    return Happenings(rows, len(coming) - len(rows))
