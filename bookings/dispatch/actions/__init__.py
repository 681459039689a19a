"""What can be done with offers, jobs and statements. One module a noun; import from here."""

from bookings.dispatch.actions.answers import accept, decline
from bookings.dispatch.actions.apart import keep_apart, let_together
from bookings.dispatch.actions.offers import lapse, offer, offer_next, withdraw
from bookings.dispatch.actions.statements import approve, draw_up, draw_up_all
from bookings.dispatch.actions.work import ask_for_parts, finish_job, mark_arrived, mark_on_the_way

__all__ = [
    "accept",
    "approve",
    "ask_for_parts",
    "decline",
    "draw_up",
    "draw_up_all",
    "finish_job",
    "keep_apart",
    "lapse",
    "let_together",
    "mark_arrived",
    "mark_on_the_way",
    "offer",
    "offer_next",
    "withdraw",
]
