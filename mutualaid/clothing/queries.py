"""What pages ask about clothes and parcels."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Sum

from hub.core import clock
from hub.core.sql import nearest_first
from hub.hubs.models import Hub
from hub.people.models import Entitlement, Resident
from hub.people.queries import people_to_choose, people_user_may_act_for
from mutualaid.clothing import rules
from mutualaid.clothing.models import Garment, Intake, Movement, Parcel, ParcelLine
from mutualaid.clothing.states import Fits, Kinds, Moves, Seasons

KINDS, SEASONS = Kinds.values, Seasons.values  # in the order the list shows them


@dataclass(frozen=True, slots=True)
class Rail:
    """One line of the public list: what it is, and the sizes there are with how many pieces."""

    name: str
    sizes: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Rack:
    """Everything for the same people."""

    fit: str
    label: str
    rails: list[Rail]


def racks(hub: Hub, figure: str = "") -> list[Rack]:
    """What is there, by whom it fits; of one figure alone when it is named. Racks with nothing are left out. One statement."""
    rows = there_for(hub, figure)
    by_fit: dict[str, dict[str, dict[str, int]]] = {}
    for garment in rows:
        sizes = by_fit.setdefault(garment.fit, {}).setdefault(garment.name, {})
        size = garment.size_words if garment.size == rules.ONE_SIZE else garment.size
        sizes[size] = sizes.get(size, 0) + garment.piece_count
    fits = (Fits(fit) for fit in Fits.values if fit in by_fit)
    return [Rack(fit.value, str(fit.label), [Rail(name, list(sizes.items())) for name, sizes in by_fit[fit.value].items()]) for fit in fits]


def there_for(hub: Hub, figure: str = "", size: str = "") -> list[Garment]:
    """What lies on the shelf for that figure, near that size, coats first; the same things for everybody in one size are left to adults and children alike."""
    rows = sorted(Garment.objects.at(hub).there(), key=lambda row: (KINDS.index(row.kind), SEASONS.index(row.season), row.size_order))
    if figure:
        fits = rules.fits_for(figure)
        rows = [row for row in rows if row.fit in fits or (row.size == rules.ONE_SIZE and row.fit == Fits.ANYBODY)]
    return [row for row in rows if not size or rules.is_near(row.size, size)]


def entitled_of(user: Any, hub: Hub, me: Resident | None) -> list[tuple[Resident, Any]]:
    """Whom this account can choose for: of those it acts for the ones with an entitlement that holds today, with what the page calls them."""
    people = people_to_choose(user, hub, me)
    held = Entitlement.objects.on(clock.today()).filter(resident__in=[person.pk for person, _label in people]).values_list("resident_id", flat=True)
    entitled = set(held) if people else set()
    return [(person, label) for person, label in people if person.pk in entitled]


def parcels_of_person(user: Any, hub: Hub) -> Any:
    """Parcels for this account and those it may act for, what comes next first."""
    people = people_user_may_act_for(user, hub).values("pk")
    return Parcel.objects.at(hub).filter(for_person__in=people).select_related("hub").order_by(*nearest_first(clock.now()))


def to_make_ready(hub: Hub) -> Any:
    """Parcels that wait to be packed, the next to be collected first."""
    return Parcel.objects.at(hub).filter(state="chosen").with_lines().order_by("starts_at", "id")


def late_parcels(now: datetime) -> Iterable[Parcel]:
    """Of every hub, those whose time to be collected is over."""
    return Parcel.objects.late(now).select_related("hub").order_by("id")


def nearly_late_parcels(now: datetime) -> Iterable[Parcel]:
    """Of every hub, those that go back within a day."""
    return Parcel.objects.nearly_late(now).select_related("hub").order_by("id")


# --- the director's figures: each counts pieces of rows that a list can show -----------------------------------------
def taken_in(hub: Hub, start: datetime, end: datetime) -> int:
    """Pieces that neighbours brought and that went on the shelf."""
    rows = Movement.objects.at(hub).filter(kind=Moves.IN, at__gte=start, at__lt=end)
    return int(rows.aggregate(pieces=Sum("change", default=0))["pieces"])


def refused(hub: Hub, start: datetime, end: datetime) -> int:
    """Pieces that were brought and cannot be worn."""
    rows = Intake.objects.at(hub).filter(at__gte=start, at__lt=end)
    return int(rows.aggregate(pieces=Sum("refused_count", default=0))["pieces"])


def handed_out(hub: Hub, start: datetime, end: datetime) -> int:
    """Pieces in parcels that were handed out then."""
    rows = ParcelLine.objects.filter(parcel__hub=hub, parcel__handed_at__gte=start, parcel__handed_at__lt=end)
    return int(rows.aggregate(pieces=Sum("piece_count", default=0))["pieces"])


def people_helped(hub: Hub, start: datetime, end: datetime) -> int:
    """Different people to whom something was handed out; somebody we do not keep in our books counts by parcel."""
    rows = Parcel.objects.at(hub).filter(handed_at__gte=start, handed_at__lt=end)
    known = rows.filter(for_person__isnull=False).order_by().values("for_person").distinct().count()
    return int(known + rows.filter(for_person=None).count())
