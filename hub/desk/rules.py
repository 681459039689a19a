"""Periods and what stands against each other. Pure: dates and fen in, dates and codes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hub.core.joins import Booked, Claim

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
LONGEST_DAYS = 3 * 366


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period":
        """As many days, ending the day before this one begins."""
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))


def week_until(today: date) -> Period:
    """From Monday."""
    return Period(today - timedelta(days=today.weekday()), today)


def month_until(today: date) -> Period:
    """From the first."""
    return Period(today.replace(day=1), today)


def quarter_until(today: date) -> Period:
    """From the first of January, April, July or October."""
    return Period(today.replace(month=today.month - (today.month - 1) % 3, day=1), today)


def year_until(today: date) -> Period:
    """From New Year."""
    return Period(today.replace(month=1, day=1), today)


NAMED = {"week": week_until, "month": month_until, "quarter": quarter_until, "year": year_until}


def complaint_about(first: date | None, last: date | None) -> str:
    """What is wrong with two dates somebody typed; '' when nothing is."""
    if first is None or last is None:
        return "both_dates"
    if not (first >= EARLIEST and last <= LATEST):
        return "date_far_away"
    if first > last:
        return "dates_turned_round"
    return "period_too_long" if Period(first, last).days > LONGEST_DAYS else ""


def given_back_fen(claim: Claim | None, booked: Booked | None) -> int:
    """By how much a paid charge was lowered because part of it was given back: the domain's own amount stays as it was, and that is no difference."""
    if claim is None or booked is None:
        return 0
    lowered = claim.due_fen - booked.due_fen
    return lowered if 0 < lowered <= booked.refunded_fen else 0


def findings(claim: Claim | None, booked: Booked | None) -> Sequence[str]:
    """In what a domain's row and the book's charge differ; nothing when they agree."""
    if claim is None:
        return ("no_claim",)
    if booked is None:
        return ("no_charge",)
    kept = booked.received_fen - booked.refunded_fen
    lowered = given_back_fen(claim, booked)  # then the domain may say either: it was paid, and it is not all there any more
    is_paid_here = booked.received_fen > 0 and kept >= booked.due_fen and claim.due_fen > 0 and not lowered
    found = {
        "due_differs": claim.due_fen != booked.due_fen + lowered,
        "paid_there_only": claim.is_paid and claim.due_fen > 0 and kept < booked.due_fen,
        "paid_here_only": is_paid_here and not claim.is_paid,
        "more_than_due": kept > booked.due_fen,
    }
    return tuple(code for code, is_so in found.items() if is_so)
