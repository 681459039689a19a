"""What can be done with orders. One module a noun; import from here."""

from bookings.orders.actions.calls import attach_call
from bookings.orders.actions.changes import agree_extra, cancel, decide_price, decline, reschedule
from bookings.orders.actions.place import Asker, KeyReused, SameMatter, place_order
from bookings.orders.actions.steps import arrive, assign, finish, go, rate

__all__ = [
    "Asker",
    "KeyReused",
    "SameMatter",
    "agree_extra",
    "arrive",
    "assign",
    "attach_call",
    "cancel",
    "decide_price",
    "decline",
    "finish",
    "go",
    "place_order",
    "rate",
    "reschedule",
]
