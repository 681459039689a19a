"""What the domains say is owed and paid, set beside the book of payments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from hub.core import clock
from hub.core.joins import Booked, Claim, money_books, money_claims, payment_purposes
from hub.desk.rules import findings, given_back_fen

SENTENCES = {
    "no_claim": _("There is a charge, but nothing it is for."),
    "no_charge": _("Something costs money, but the book has no charge for it."),
    "due_differs": _("The two sides name different amounts."),
    "paid_there_only": _("It counts as paid there, but the money is not in the book."),
    "paid_here_only": _("The money is in the book, but it does not count as paid there."),
    "more_than_due": _("The house keeps more than is due."),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing: the domain's word beside the book's."""

    ref: str
    claim: Claim | None
    booked: Booked | None

    @property
    def codes(self) -> Sequence[str]:
        return findings(self.claim, self.booked)

    @property
    def sentences(self) -> list[Any]:
        return [SENTENCES[code] for code in self.codes]

    @property
    def given_back_fen(self) -> int:
        return given_back_fen(self.claim, self.booked)

    @property
    def kept_fen(self) -> int:
        return self.booked.received_fen - self.booked.refunded_fen if self.booked else 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One purpose on one day; what differs comes first."""

    name: str
    label: Any
    pairs: list[Pair]

    @property
    def different_count(self) -> int:
        return sum(bool(pair.codes) for pair in self.pairs)

    @property
    def claimed_fen(self) -> int:
        return sum(pair.claim.due_fen for pair in self.pairs if pair.claim)

    @property
    def charged_fen(self) -> int:
        return sum(pair.booked.due_fen for pair in self.pairs if pair.booked)

    @property
    def given_back_fen(self) -> int:
        """Of what the domain asks, so much was given back and is not due any more."""
        return sum(pair.given_back_fen for pair in self.pairs)

    @property
    def kept_fen(self) -> int:
        return sum(pair.kept_fen for pair in self.pairs)

    @property
    def is_equal(self) -> bool:
        """Nothing differs; then what is claimed is what is charged and what was given back together."""
        return not self.different_count


@dataclass(frozen=True, slots=True)
class Sums:
    """Rows of (label, fen, how many) with their sum."""

    rows: list[tuple[str, int, int]]

    @property
    def fen(self) -> int:
        return sum(fen for _label, fen, _count in self.rows)

    @property
    def count(self) -> int:
        return sum(count for _label, _fen, count in self.rows)


def purposes() -> dict[str, Any]:
    """Everything money is for, also what nobody makes claims about: its charges are differences."""
    names = {purpose.name: purpose.label for purpose in payment_purposes}
    return {**names, **{claims.name: claims.label for claims in money_claims}}


def sheets(hub: Any, day: date) -> list[Sheet]:
    """Every purpose that day, in words of both sides."""
    start, end = clock.day_bounds(day)
    return [Sheet(name, label, pairs(hub, name, start, end)) for name, label in purposes().items()]


def pairs(hub: Any, purpose: str, start: Any, end: Any) -> list[Pair]:
    """Claims made in [start, end) and charges opened then, each beside the other side whenever that was made."""
    domain = next((domain for domain in money_claims if domain.name == purpose), None)
    claims = {claim.ref: claim for claim in domain.claims(hub, start, end)} if domain else {}
    opened = {ref for book in money_books for ref in book.opened(hub, purpose, start, end)}
    if domain and (lonely := opened - claims.keys()):
        claims |= {claim.ref: claim for claim in domain.about(hub, lonely)}
    refs = sorted(claims.keys() | opened)
    booked = {ref: row for book in money_books for ref, row in book.booked(hub, purpose, refs).items()}
    return sorted((Pair(ref, claims.get(ref), booked.get(ref)) for ref in refs), key=lambda pair: not pair.codes)


def oddities(hub: Any, day: date) -> list[str]:
    """What the book finds wrong about itself."""
    return [sentence for book in money_books for sentence in book.oddities(hub, *clock.day_bounds(day))]


def takings(hub: Any, day: date) -> Sums:
    """What came in that day and, negative, went back: by method."""
    return Sums([(str(label), fen, count) for book in money_books for label, fen, count in book.takings(hub, *clock.day_bounds(day))])


def waived(hub: Any, start: Any, end: Any) -> Sums:
    """What was given away in [start, end): by reason. Equal reasons of several books are one row."""
    return Sums(_together((str(label), fen, count) for book in money_books for label, count, fen in book.waived(hub, start, end)))


def _together(rows: Iterable[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    sums: dict[str, tuple[int, int]] = {}
    for label, fen, count in rows:
        before = sums.get(label, (0, 0))
        sums[label] = (before[0] + fen, before[1] + count)
    return [(label, fen, count) for label, (fen, count) in sums.items()]
