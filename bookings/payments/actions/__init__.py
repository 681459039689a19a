"""What can be done with money. One module a noun; import from here."""

from bookings.payments.actions.charges import amend_charge, cancel_charge, open_charge
from bookings.payments.actions.online import begin_online, end_attempt, look_again, receive_online
from bookings.payments.actions.payments import receive_invoice, record_payment, reverse_payment
from bookings.payments.actions.refunds import approve_refund, ask_refund, decline_refund, note_refund, pay_out, send_refund

__all__ = [
    "amend_charge",
    "approve_refund",
    "ask_refund",
    "begin_online",
    "cancel_charge",
    "decline_refund",
    "end_attempt",
    "look_again",
    "note_refund",
    "open_charge",
    "pay_out",
    "receive_invoice",
    "receive_online",
    "record_payment",
    "reverse_payment",
    "send_refund",
]
