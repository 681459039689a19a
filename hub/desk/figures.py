"""The director's figures: what the domains joined, counted for a period and the one before."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.utils.translation import gettext, ngettext

from hub.core import clock
from hub.core.joins import Figure, figures
from hub.core.money import FEN_A_YUAN
from hub.core.wording import amount_words, hours_words
from hub.desk.rules import Period

FEW_PEOPLE = 5  # fewer are not shown as a number


@dataclass(frozen=True, slots=True)
class Counted:
    """One figure in both periods."""

    figure: Figure
    now: int
    before: int
    url: str

    @property
    def now_words(self) -> str:
        return in_words(self.now, self.figure.unit)

    @property
    def before_words(self) -> str:
        return in_words(self.before, self.figure.unit)

    @property
    def change_words(self) -> str:
        if is_hidden(self.now, self.figure.unit) or is_hidden(self.before, self.figure.unit):
            return "–"
        return change_in_words(self.now - self.before, self.figure.unit)


def instants(period: Period) -> tuple[Any, Any]:
    """The period as a half-open pair of instants."""
    return clock.day_bounds(period.first)[0], clock.day_bounds(period.last)[1]


def counted(hub: Any, period: Period) -> list[tuple[str, list[Counted]]]:
    """Every figure, by the domain that joined it."""
    groups: dict[str, list[Counted]] = {}
    for figure in figures:
        now, before = (figure.count(hub, *instants(span)) for span in (period, period.before))
        groups.setdefault(domain_words(figure), []).append(Counted(figure, now, before, figure.url(period.first, period.last)))
    return list(groups.items())


def domain_words(figure: Figure) -> str:
    """`rooms.booked` is one of the rooms'."""
    label = figure.name.split(".")[0]
    return str(apps.get_app_config(label).verbose_name) if label in apps.app_configs else label


def is_hidden(number: int, unit: str) -> bool:
    """Of so few people one could tell who they are."""
    return unit == "people" and 0 < number < FEW_PEOPLE


def in_words(number: int, unit: str) -> str:
    """12 times, 20.50 yuan, 85%, 3 hours 20 min, fewer than 5 people."""
    if is_hidden(number, unit):
        return gettext("fewer than %(few)s people") % {"few": FEW_PEOPLE}
    if unit == "people":
        return ngettext("%(n)s person", "%(n)s people", number) % {"n": number}
    if unit == "pieces":
        return ngettext("%(n)s piece", "%(n)s pieces", number) % {"n": number}
    if unit == "fen":
        return amount_words(number)
    if unit == "minutes":
        return hours_words(number)
    if unit == "percent":
        return f"{number}%"
    return ngettext("%(n)s time", "%(n)s times", number) % {"n": number}


def change_in_words(change: int, unit: str) -> str:
    """How this period differs from the one before."""
    if change == 0:
        return gettext("the same")
    points = ngettext("%(n)s point", "%(n)s points", abs(change)) % {"n": abs(change)}
    size = points if unit == "percent" else in_words(abs(change), unit)
    return (gettext("%(size)s more") if change > 0 else gettext("%(size)s less")) % {"size": size}


def unit_words(unit: str) -> str:
    """The unit by itself, as a column of a sheet."""
    named = {"fen": gettext("yuan"), "percent": gettext("percent"), "minutes": gettext("minutes"), "people": gettext("people"), "pieces": gettext("pieces")}
    return named.get(unit, gettext("times"))


def as_number(number: int, unit: str) -> int | Decimal:
    """What stands in a cell: money in yuan, exact."""
    return Decimal(number) / FEN_A_YUAN if unit == "fen" else number


def sheet_rows(groups: list[tuple[str, list[Counted]]]) -> Iterator[list[Any]]:
    """The same table for a spreadsheet."""
    for domain, rows in groups:
        for row in rows:
            unit = row.figure.unit
            numbers: list[Any] = [as_number(number, unit) for number in (row.now, row.before, row.now - row.before)]
            if is_hidden(row.now, unit) or is_hidden(row.before, unit):
                numbers = [in_words(row.now, unit), in_words(row.before, unit), row.change_words]
            yield [domain, str(row.figure.label), unit_words(unit), *numbers]
