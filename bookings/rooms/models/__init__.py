"""Rooms, when they are open, and who has them. One module a noun; import from here."""

from bookings.rooms.models.booking import Booking, no_overlap
from bookings.rooms.models.opening import OpeningRule, RoomPrice
from bookings.rooms.models.room import Room

__all__ = ["Booking", "OpeningRule", "Room", "RoomPrice", "no_overlap"]
