"""The questions every booking asks of the database, in plain SQL.

Each is put two or three times a booking, and through the ORM writing it down takes longer than having it answered (measured:
docs/decisions/0002-never-twice.md). Everything else of a booking goes through the ORM.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from bookings.rooms.models import Booking, Room
from bookings.rooms.models.booking import LONGEST
from bookings.rooms.rules import RoomFacts
from bookings.rooms.states import HOLDS_THE_ROOM
from hub.core.sql import answers

ROOMS, BOOKINGS = Room._meta.db_table, Booking._meta.db_table
HOLDING = ", ".join(f"'{state}'" for state in HOLDS_THE_ROOM)

VERSION = f"SELECT id, facts_version FROM {ROOMS} WHERE hub_id = %s AND slug = %s AND is_published"  # noqa: S608  table names of our own models
SHARING = f"SELECT id, facts_version FROM {ROOMS} WHERE first_part <= %s AND last_part >= %s ORDER BY id"  # noqa: S608  as above
HOLDER = (
    f"SELECT token FROM {BOOKINGS} WHERE room_id IN ({{rooms}}) AND state IN ({HOLDING}) "  # noqa: S608  as above; rooms become placeholders
    "AND held_from > %s AND held_from < %s AND held_until > %s AND first_part <= %s AND last_part >= %s AND id <> %s LIMIT 1"
)
NO_BOOKING = 0  # an id no row has


def version_of(hub_id: int, slug: str) -> tuple[int, int] | None:
    """The id and the facts' version of a published room of the hub; None when there is none."""
    found = answers(VERSION, [hub_id, slug])
    return (found[0][0], found[0][1]) if found else None


def lock_rooms(first_part: int, last_part: int) -> dict[int, int]:
    """Lock the rooms that share these parts, in the order of their ids; their versions by id.

    Inside a transaction. On SQLite its BEGIN has locked everything already.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a lock outside a transaction locks nothing")
    locking = f"{SHARING} FOR UPDATE" if connection.features.has_select_for_update else SHARING
    return dict(answers(locking, [last_part, first_part]))


def who_holds(room_ids: Iterable[int], room: RoomFacts, start: datetime, end: datetime, *, but: int | None = None) -> str:
    """The token of a booking (other than the one with the id `but`) that keeps any part of the room in [start, end), or ''.

    Asked by ids and never by a join; bounded from both sides, because no booking is longer than LONGEST.
    """
    ids = list(room_ids)
    instants = [connection.ops.adapt_datetimefield_value(instant) for instant in (start - LONGEST, end, start)]
    statement = HOLDER.format(rooms=", ".join(["%s"] * len(ids)))
    found = answers(statement, [*ids, *instants, room.last_part, room.first_part, NO_BOOKING if but is None else but])
    return str(found[0][0]) if found else ""
