"""What can be done with shifts, hours and thanks. One module a noun; import from here."""

from mutualaid.volunteers.actions.certificates import draw_certificate
from mutualaid.volunteers.actions.contributions import contribute, hide, show, take_back_contribution
from mutualaid.volunteers.actions.hours import change_hours, confirm, file_hours, refuse, take_back
from mutualaid.volunteers.actions.months import close_month
from mutualaid.volunteers.actions.presence import add_who_came, check_in, check_out, settle, write_in
from mutualaid.volunteers.actions.reversals import ask_correction, keep_as_it_is, reverse
from mutualaid.volunteers.actions.served import credit_service
from mutualaid.volunteers.actions.shifts import call_off, fill_places, plan_shift, remind
from mutualaid.volunteers.actions.sign_ups import Joiner, sign_up, withdraw

__all__ = [
    "Joiner",
    "add_who_came",
    "ask_correction",
    "call_off",
    "change_hours",
    "check_in",
    "check_out",
    "close_month",
    "confirm",
    "contribute",
    "credit_service",
    "draw_certificate",
    "file_hours",
    "fill_places",
    "hide",
    "keep_as_it_is",
    "plan_shift",
    "refuse",
    "remind",
    "reverse",
    "settle",
    "show",
    "sign_up",
    "take_back",
    "take_back_contribution",
    "withdraw",
    "write_in",
]
