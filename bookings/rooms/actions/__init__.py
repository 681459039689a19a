"""What can be done with bookings. One module a noun; import from here."""

from bookings.rooms.actions.closures import close_room, reopen_room
from bookings.rooms.actions.decisions import approve, decline, lapse_overdue
from bookings.rooms.actions.endings import cancel, mark_no_show, mark_used, settle_past
from bookings.rooms.actions.moves import move
from bookings.rooms.actions.reserve import Asker, KeyReused, reserve

__all__ = [
    "Asker",
    "KeyReused",
    "approve",
    "cancel",
    "close_room",
    "decline",
    "lapse_overdue",
    "mark_no_show",
    "mark_used",
    "move",
    "reopen_room",
    "reserve",
    "settle_past",
]
