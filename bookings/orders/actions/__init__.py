"""What can be done with orders. One module a noun; import from here."""

from bookings.orders.actions.calls import attach_call
from bookings.orders.actions.changes import cancel, decide_price, decline, reschedule
from bookings.orders.actions.extras import agree_extra, answer_extra, ask_extra
from bookings.orders.actions.place import Asker, KeyReused, SameMatter, place_order
from bookings.orders.actions.steps import arrive, assign, finish, go, rate, release

__all__ = [
    "Asker",
    "KeyReused",
    "SameMatter",
    "agree_extra",
    "answer_extra",
    "arrive",
    "ask_extra",
    "assign",
    "attach_call",
    "cancel",
    "decide_price",
    "decline",
    "finish",
    "go",
    "place_order",
    "rate",
    "release",
    "reschedule",
]
