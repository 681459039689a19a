"""What the house says about services ordered like dishes. Pure: no Django, no clock, no database."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hub.core.money import share
from hub.core.refusals import Refusal

MOST_AT_ONCE = 99
MOST_EXTRA_FEN = 5_000_000
FREE_FOR_ALL, LIST, ENTITLEMENT = "free", "list", "entitlement"
WALK_IN, HOME, WORKDAYS = "walk_in", "home", "workdays"

# Which state may follow which; nothing else is ever written.
NEXT: dict[str, frozenset[str]] = {
    "taken": frozenset({"assigned", "cancelled", "declined"}),
    "assigned": frozenset({"taken", "assigned", "on_the_way", "arrived", "cancelled", "declined"}),
    "on_the_way": frozenset({"taken", "assigned", "arrived", "cancelled"}),
    "arrived": frozenset({"done", "cancelled"}),
    "done": frozenset({"rated"}),
    "rated": frozenset(),
    "cancelled": frozenset(),
    "declined": frozenset(),
}


def may_follow(state: str, following: str) -> bool:
    """Whether an order in `state` may go on to `following`."""
    return following in NEXT[state]


@dataclass(frozen=True, slots=True)
class Price:
    """Fen for one unit and for the call-out, valid from a date."""

    valid_from: date
    fen: int
    unit: str
    call_out_fen: int = 0


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """Everything the rules ask of a service. `areas` are the ids of the communities served, empty for all; `waivers` the percent that a
    person with an entitlement of that kind pays."""

    place: str
    days: str
    lead_hours: int
    horizon_days: int
    cancel_hours: int
    most: int
    windows: tuple[tuple[time, time], ...]
    areas: frozenset[int]
    prices: tuple[Price, ...]
    waivers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants: two instants on the wall clock of the house, how much, and in which community."""

    starts_at: datetime
    ends_at: datetime
    quantity: int
    community: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class OpenDay:
    """What the working calendar says of a day."""

    is_closed: bool
    is_workday: bool


DayOf = Callable[[date], OpenDay]


# --- may it be ordered? ---------------------------------------------------------------------------------------------
def complaints(service: ServiceFacts, asked: Asked, *, now: datetime, day_of: DayOf) -> list[Refusal]:
    """Everything that speaks against it: the time, the number, the place."""
    if service.place == WALK_IN:
        return [Refusal("order_walk_in", "day")]
    found = [wrong_time(service, asked, now=now, day_of=day_of), wrong_quantity(service, asked.quantity), *wrong_place(service, asked)]
    if not price_on(service, asked.starts_at.date()):
        found.append(Refusal("order_no_price", "day"))
    return [refusal for refusal in found if refusal]


def wrong_time(service: ServiceFacts, asked: Asked, *, now: datetime, day_of: DayOf) -> Refusal | None:
    """The first complaint about day and window."""
    day = asked.starts_at.date()
    if asked.starts_at <= now:
        return Refusal("in_the_past", "window")
    last_day = now.date() + timedelta(days=service.horizon_days)
    if day > last_day:
        return Refusal("order_beyond_horizon", "day", {"last_day": last_day})
    if refused := wrong_day(service, day_of(day)):
        return refused
    if (asked.starts_at.time(), asked.ends_at.time()) not in service.windows or asked.ends_at.date() != day:
        return Refusal("order_window_unknown", "window")
    if asked.starts_at < now + timedelta(hours=service.lead_hours):
        return Refusal("order_too_soon", "window", {"lead": service.lead_hours * 60})
    return None


def wrong_day(service: ServiceFacts, day: OpenDay) -> Refusal | None:
    """Closed, or a day of rest."""
    if day.is_closed:
        return Refusal("closed_day", "day")
    if service.days == WORKDAYS and not day.is_workday:
        return Refusal("order_rest_day", "day")
    return None


def wrong_quantity(service: ServiceFacts, quantity: int) -> Refusal | None:
    """Nothing, or more than one order takes."""
    return None if 1 <= quantity <= service.most else Refusal("order_quantity", "quantity", {"most": service.most})


def wrong_place(service: ServiceFacts, asked: Asked) -> list[Refusal | None]:
    """No address to go to, or one that is not served."""
    if service.place != HOME:
        return []
    missing = None if asked.address.strip() else Refusal("order_address_missing", "address")
    return [None if serves(service, asked.community) else Refusal("order_outside_area", "community"), missing]


def serves(service: ServiceFacts, community: int | None) -> bool:
    """Whether the service comes to that community; without areas it comes everywhere in the street."""
    return not service.areas or community in service.areas


def open_days(service: ServiceFacts, now: datetime, day_of: DayOf) -> list[date]:
    """The dates within the horizon on which it is done and a window can still be ordered; `now` on the wall clock of the house."""
    earliest = max(now + timedelta(hours=service.lead_hours), now + timedelta.resolution)
    days = (now.date() + timedelta(days=n) for n in range(service.horizon_days + 1))
    in_time = (day for day in days if any(datetime.combine(day, start, tzinfo=now.tzinfo) >= earliest for start, _end in service.windows))
    return [day for day in in_time if wrong_day(service, day_of(day)) is None]


# --- what does it cost? ---------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Quote:
    """The list price, what is asked in the end, why, and the kind of entitlement that lowered it; fen."""

    list_fen: int
    price_fen: int
    reason: str
    kind: str = ""


def price_on(service: ServiceFacts, day: date) -> Price | None:
    """The price valid on a date: the latest that has begun."""
    begun = [price for price in service.prices if price.valid_from <= day]
    return max(begun, key=lambda price: price.valid_from) if begun else None


def quote(service: ServiceFacts, day: date, quantity: int, kinds: Iterable[str] = ()) -> Quote:
    """List price, then the entitlement that lowers it most; one of several counts, never two."""
    price = price_on(service, day)
    listed = price.fen * quantity + price.call_out_fen if price else 0
    if not listed:
        return Quote(0, 0, FREE_FOR_ALL)
    held = set(kinds)
    lowered = [(share(listed, percent), kind) for kind, percent in service.waivers if kind in held]
    fen, kind = min(lowered, default=(listed, ""))
    return Quote(listed, fen, ENTITLEMENT, kind) if fen < listed else Quote(listed, listed, LIST)


def kinds_that_pay_less(service: ServiceFacts) -> Sequence[tuple[str, int]]:
    """Who pays less or nothing, with the percent they pay; those who pay nothing first."""
    return sorted((waiver for waiver in service.waivers if waiver[1] < 100), key=lambda waiver: waiver[1])


# --- afterwards -----------------------------------------------------------------------------------------------------
def cancel_deadline(starts_at: datetime, cancel_hours: int) -> datetime:
    """Until when a resident can cancel or move without asking."""
    return starts_at - timedelta(hours=cancel_hours)


def due(price_fen: int, extra_fen: int) -> int:
    """What is to be paid: the price and the extra parts that were agreed."""
    return price_fen + extra_fen
