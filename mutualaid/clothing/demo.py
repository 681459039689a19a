"""A full shelf, givers, and parcels in every state for the demo. The same seed gives the same demo; safe to call again."""

from datetime import datetime, timedelta
from typing import Any

from hub.core import clock
from hub.core.references import new_reference, new_token
from hub.people.models import Entitlement, Resident
from hub.people.states import Channels, Roles
from hub.promises.actions import promise
from hub.served.actions import record_service
from hub.served.states import Posts
from mutualaid.clothing import rules
from mutualaid.clothing.actions.endings import IN_THE_LEDGER
from mutualaid.clothing.actions.stock import Giver, count_anew, discard, shift, take_in, write_movement
from mutualaid.clothing.actions.writing import MAKE_READY, SUBJECT
from mutualaid.clothing.models import Garment, Intake, Parcel, ParcelLine
from mutualaid.clothing.rules import Brought
from mutualaid.clothing.states import Moves, ParcelStates

# kind, for whom, sizes, season, condition, pieces of each size, shelf
SHELF = (
    ("coat", "women", ("S", "M", "L", "XL", "2XL"), "winter", "like_new", 3, "A1"),
    ("coat", "men", ("M", "L", "XL", "2XL"), "winter", "good", 3, "A2"),
    ("coat", "girls", ("110", "120", "130"), "winter", "like_new", 2, "C1"),
    ("coat", "boys", ("100", "120", "140"), "winter", "good", 2, "C2"),
    ("jumper", "women", ("M", "L", "XL"), "winter", "good", 4, "A3"),
    ("jumper", "men", ("L", "XL", "2XL"), "between", "good", 3, "A3"),
    ("shirt", "men", ("M", "L", "XL"), "summer", "like_new", 4, "B1"),
    ("shirt", "women", ("S", "M", "L"), "summer", "good", 4, "B1"),
    ("trousers", "women", ("S", "M", "L"), "between", "good", 3, "B2"),
    ("trousers", "men", ("L", "XL", "2XL"), "all_year", "good", 3, "B2"),
    ("trousers", "children", ("100", "110", "120", "130"), "between", "good", 3, "C3"),
    ("dress", "girls", ("110", "120", "130"), "summer", "like_new", 2, "C1"),
    ("thermal", "anybody", ("M", "L", "XL"), "winter", "new", 6, "A4"),
    ("uniform", "children", ("120", "130", "140", "150"), "all_year", "good", 3, "C4"),
    ("shoes", "women", ("36", "37", "38", "39"), "between", "good", 2, "D1"),
    ("shoes", "men", ("41", "42", "43"), "winter", "like_new", 2, "D2"),
    ("shoes", "children", ("28", "30", "32", "34"), "between", "good", 2, "D3"),
    ("accessories", "anybody", ("one",), "winter", "like_new", 15, "E1"),
    ("bedding", "anybody", ("one",), "winter", "like_new", 8, "E2"),
)  # fmt: skip
GIVERS = (("", ""), ("", ""), ("梁大姐", "13800007701"), ("", ""), ("街坊老周", "13800007702"))
WAITING = (ParcelStates.CHOSEN, ParcelStates.CHOSEN, ParcelStates.READY)
OVER = (ParcelStates.HANDED_OUT, ParcelStates.HANDED_OUT, ParcelStates.HANDED_OUT, ParcelStates.CANCELLED, ParcelStates.PUT_BACK)
DAYS_BACK = 28


def seed(world: Any) -> None:
    """The shelf at the first hub and a little at the second; parcels, unless there are some already."""
    if Garment.objects.at(world.hub).exists():
        return
    clerk = world.notes["users"]["clerk"]
    for place, (kind, fit, sizes, season, condition, pieces, shelf) in enumerate(SHELF):
        for size in sizes:
            put_intake(world, Brought(kind, fit, size, season, condition, pieces, *bad(world, place)), shelf, GIVERS[place % len(GIVERS)], clerk)
    take_in(hub=world.second_hub, brought=Brought("coat", "women", "M", "winter", "good", 2), by=None)
    rows = list(Garment.objects.at(world.hub).there())
    count_anew(garment=rows[3], piece_count=rows[3].piece_count - 1, reason="盘点少一件", by=clerk)
    discard(garment=rows[7], piece_count=1, fault="stained", by=clerk)
    put_parcels(world, rows, clerk)


def bad(world: Any, place: int) -> tuple[int, str, str]:
    """Every fourth bag holds something that cannot be worn."""
    if place % 4:
        return 0, "", ""
    return 1, world.random.choice(["torn", "stained", "worn_out"]), world.random.choice(["recycled", "thrown_away"])


def put_intake(world: Any, brought: Brought, shelf: str, giver: tuple[str, str], clerk: Any) -> None:
    """One bag of the last weeks."""
    made = take_in(hub=world.hub, brought=brought, by=clerk, giver=Giver(*giver), shelf=shelf)
    at = world.now - timedelta(days=world.random.randint(1, DAYS_BACK), hours=world.random.randint(0, 6))
    Intake.objects.filter(pk=made.pk).update(at=at)


def put_parcels(world: Any, rows: list[Garment], clerk: Any) -> None:
    """For people with an entitlement: some wait, some are over; one by the counter's decision; one of the cast's own."""
    today = clock.local(world.now).date()
    held = Entitlement.objects.at(world.hub).on(today).select_related("resident").order_by("resident_id")
    people = list({row.resident_id: row for row in held}.values())
    elder = world.notes.get("residents", {}).get("elder")
    others = [row for row in people if elder is None or row.resident_id != elder.pk]
    start = datetime.combine(today, datetime.min.time().replace(hour=9), tzinfo=clock.zone())
    for n, (state, row) in enumerate(zip((*WAITING, *OVER), others, strict=False)):
        days = n + 1 if state in WAITING else -3 * n - 1
        put_parcel(world, rows[(n * 5) % len(rows) :: 11], start + timedelta(days=days), state, row.resident, clerk, entitlement=row)
    mine = next((row for row in people if elder is not None and row.resident_id == elder.pk), None)
    if mine is not None:
        put_parcel(world, rows[1:3], start + timedelta(days=2), ParcelStates.READY, mine.resident, clerk, entitlement=mine)
        put_parcel(world, rows[8:9], start - timedelta(days=9), ParcelStates.HANDED_OUT, mine.resident, clerk, entitlement=mine)
    neighbour = world.notes.get("residents", {}).get("neighbour")
    if neighbour is not None:
        put_parcel(world, rows[5:6], start + timedelta(days=3), ParcelStates.CHOSEN, neighbour, clerk, decision="家中刚遭水浸")


def put_parcel(world: Any, garments: list[Garment], start: datetime, state: str, person: Resident, clerk: Any, **right: Any) -> Parcel:
    """One parcel as it would stand had it been walked to `state`: with its movements, its promise and its ledger row."""
    is_over = state in {ParcelStates.CANCELLED, ParcelStates.PUT_BACK}
    ended = start + timedelta(hours=1)
    parcel: Parcel = Parcel.objects.create(
        hub=world.hub, reference=new_reference("parcel"), token=new_token(), state=state, starts_at=start, ends_at=start + timedelta(hours=2),
        collect_by=start + timedelta(days=5), contact_name=person.name, contact_phone=f"1380000{world.random.randrange(10_000):04d}", for_person=person,
        asked_by=person, channel=world.random.choice([Channels.WEB, Channels.PHONE, Channels.COUNTER]), created_at=min(start, world.now) - timedelta(days=2),
        decided_by=clerk if right.get("decision") else None, handed_at=ended if state == ParcelStates.HANDED_OUT else None,
        handed_by=clerk if state == ParcelStates.HANDED_OUT else None, closed_at=ended if is_over else None, **right,
    )  # fmt: skip
    for garment in garments[: rules.MOST_PIECES // 2]:
        ParcelLine.objects.create(parcel=parcel, garment=garment, piece_count=1)
        shift(garment.pk, -1)
        write_movement(garment, Moves.OUT, -1, by=clerk, parcel=parcel)
        if is_over:
            shift(garment.pk, 1)
            write_movement(garment, Moves.BACK, 1, by=clerk, parcel=parcel)
    if state == ParcelStates.CHOSEN:
        promise(hub_id=world.hub.pk, kind=MAKE_READY, subject=SUBJECT, ref=parcel.reference, due_at=start, team=Roles.CLERK)
    if parcel.handed_at:
        record_service(
            hub_id=world.hub.pk, post=Posts.LIVING, what=IN_THE_LEDGER, subject=SUBJECT, ref=parcel.reference, happened_at=parcel.handed_at,
            for_person_id=person.pk, by=clerk,
        )  # fmt: skip
    return parcel
