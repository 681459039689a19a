"""What the house says when it refuses. A rule gives a code; the sentence that says how to mend it stands here, once."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.core.refusals import Refusal

SENTENCES: dict[str, Promise] = {
    # rooms: time
    "end_before_start": _("The end lies before the start. Please choose a later end."),
    "in_the_past": _("That time has passed. Please choose a later one."),
    "too_soon": _("This room has to be booked %(lead)s ahead. Please choose a later time, or ring %(hotline)s."),
    "beyond_horizon": _("Bookings are open until %(last_day)s. Please choose a day before that."),
    "closed_day": _("The house is closed on that day. Please choose another day."),
    "closed_hour": _("The room is not open at that time. It is open %(hours)s."),
    "walk_in_hour": _("No booking is needed at that time: just come in."),
    "programme_hour": _("At that time the room is kept for classes. Please choose another time."),
    "off_the_grid": _("Please begin and end on a step of %(minutes)s minutes, for example %(example)s."),
    "too_short": _("This room is booked for %(shortest)s at least. Please choose a later end."),
    "too_long": _("This room is booked for %(longest)s at most. Please choose an earlier end."),
    "crosses_midnight": _("A booking ends on the day it begins. Please choose an earlier end."),
    # rooms: people
    "nobody": _("How many of you will there be? Please write 1 or more."),
    "too_many": _("This room holds %(capacity)s people. Please write a smaller number, or choose a larger room."),
    # rooms: the room
    "room_unknown": _("There is no such room here. Please choose one from the list."),
    "room_walk_in": _("This room needs no booking: just come in."),
    "taken": _("That time is taken already. What you wrote is still here; please choose another time."),
    "too_many_open": _("This number already has %(limit)s bookings to come. Please cancel one, or ring %(hotline)s."),
    # bookings afterwards
    "too_late_to_cancel": _("It could be cancelled until %(deadline)s. Please ring %(hotline)s and we will see what can be done."),
    "too_late_to_move": _("It could be moved until %(deadline)s. Please ring %(hotline)s and we will see what can be done."),
    "not_open_any_more": _("This booking is already closed, nothing was changed."),
    "already_decided": _("Somebody has already decided this one. Nothing was changed."),
    "reason_missing": _("Please give the reason; the resident reads it."),
    "time_missing": _("Please choose a day and a time."),
    "booking_unknown": _("There is no such booking of yours."),
    # money
    "charge_closed": _("Nothing is owed for this any more. Nothing was changed."),
    "amount_missing": _("How much is it? Please write an amount above nought."),
    "amount_too_much": _("Only %(amount)s yuan are still owed. Please write that or less."),
    "receipt_missing": _("Please write the number on the receipt."),
    "receipt_used": _("Receipt %(receipt)s stands on another payment. Please look at the number again."),
    "organisation_missing": _("Please choose the organisation that gets the invoice."),
    "refund_too_much": _("At most %(amount)s yuan of this payment can be given back. Please write that or less."),
    "payment_disputed": _("The payer's bank has asked for this money. Nothing can be given back until it has decided."),
    "not_your_own": _("You asked for this yourself. Somebody else has to agree to it."),
    "not_reversible": _("This cannot be taken back: the gateway holds the money, or part of it was given back. Please give it back instead."),
    "online_not_here": _("You cannot pay online here. Please pay at the counter, when you come."),
    "gateway_away": _("The payment service does not answer just now, and nothing was paid. Please try again in a few minutes, or pay at the counter."),
    "invoice_open": _("An invoice is under way for this. Please ring us if you would rather pay otherwise."),
    # orders
    "order_walk_in": _("No order is needed for this: just come in."),
    "order_beyond_horizon": _("This can be ordered until %(last_day)s. Please choose a day before that."),
    "order_rest_day": _("This is done on working days only. Please choose another day."),
    "order_window_unknown": _("That time is not offered. Please choose one of those in the list."),
    "order_too_soon": _("This has to be ordered %(lead)s ahead. Please choose a later time, or ring %(hotline)s."),
    "order_quantity": _("How many? Please write a number from 1 to %(most)s."),
    "order_outside_area": _("We do not come to that address with this. We come to: %(areas)s. Ring %(hotline)s and we look for another way."),
    "order_address_missing": _("Where shall we come to? Please write the building and the door."),
    "order_no_price": _("The price for that day has not been set yet. Please choose an earlier day, or ring %(hotline)s."),
    "order_service_gone": _("This cannot be ordered at present. Please choose something else, or ring %(hotline)s."),
    "order_price_changed": _("The price has changed since you looked. It is now %(amount)s. Nothing was ordered; please look it over once more."),
    "order_same_matter": _("This has been ordered already and is not done yet. Is it about the same matter?"),
    "order_open_already": _("Order %(reference)s about this is open. Attach the call there, or tick that it is another matter."),
    "order_same_open": _("Order %(reference)s about this is open. Is it the same matter? Please choose."),
    "order_none_open": _("No order about this is open any more. Please say that it has not been ordered."),
    "order_too_many_open": _("This number already has %(limit)s orders under way. Please cancel one, or ring %(hotline)s."),
    "order_wrong_step": _("The order has gone on in the meantime (%(state)s). Nothing was changed."),
    "order_helper_missing": _("Who goes? Please choose a helper, or write a name and a phone."),
    "order_extra_missing": _("Please write which parts, and who said yes to them."),
    "order_extra_too_much": _("Please write an amount from 0 to %(most)s yuan."),
    "order_extra_first": _("Extra parts were agreed already. Please set them to 0 first, then decide the price."),
    "order_price_too_high": _("The list price is %(amount)s yuan. Please write that or less."),
    "order_rating_missing": _("How was it? Please choose one."),
    "order_money_open": _("%(amount)s yuan are still to be paid. Please write what was paid and the number on the receipt."),
    "order_extra_amount": _("How much? Please write an amount above nought, up to %(most)s yuan."),
    "order_extra_what": _("Which parts? Please write a few words; the resident reads them."),
    "order_extra_answer_missing": _("Yes or no? Please press one of the two."),
    "order_extra_changed": _("The helper has asked for something else in the meantime, now %(amount)s. Nothing was agreed; please look once more."),
    "order_extra_unanswered": _("The resident has not answered about the extra parts yet. Please wait, or ring %(hotline)s."),
    # dispatch
    "offer_living": _("%(who)s asked %(helper)s on %(when)s. Please wait for the answer, or take that back first."),
    "offer_too_late": _("Somebody else has just asked a helper. Please look at the order once more."),
    "offer_not_waiting": _("This order waits for nobody (%(state)s). Nothing was sent."),
    "offer_helper_unknown": _("There is no such helper here. Please choose one from the list."),
    "offer_helper_cannot": _("%(helper)s cannot be sent: %(reason)s. Please choose somebody else."),
    "offer_nobody": _("Nobody can be sent at that time. Please offer the resident another time, or send somebody by name. Questions: %(hotline)s."),
    "offer_over": _("This job is not yours any more: it was taken back, answered, or went to somebody else. You need not do anything. Questions: %(hotline)s."),
    "offer_lapsed": _("The time to answer is over, the job goes to somebody else. You would still like it? Ring %(hotline)s."),
    "offer_reason_missing": _("Why not? Please choose one reason."),
    "door_code_wrong": _("That is not the code. Please ask for the four digits once more; %(left)s more tries."),
    "door_code_shut": _("The code cannot be used any more. Please ring %(hotline)s: we ask the resident and write it down for you."),
    "proof_missing": _("Please write the resident's code, or give a photo and a signature."),
    "apart_nobody": _("This order is for somebody we do not keep in our books, so nobody can be kept apart from them."),
    "statement_locked": _("This month is approved and locked. What is wrong is put right in a later month."),
    "statement_own": _("You drew this up yourself. Somebody else has to approve it."),
    "statement_month_open": _("This month is not over yet. Please approve it from the first of the next month on."),
    "statement_stale": _("Something has changed since this was drawn up. Please draw it up once more, then approve it."),
    "statement_earlier_open": _("An earlier month of this helper is not approved yet. Please see to that one first."),
    "statement_later_there": _("A later month of this helper is there already. What is missing comes into the next one."),
    "statement_month_wrong": _("Please choose a month from 2020 to this one."),
    # API
    "key_reused": _("This Idempotency-Key was used for another request. Please send a new one."),
    "key_too_long": _("An Idempotency-Key has 255 characters at most."),
    "field_wrong": _("%(field)s is missing or cannot be read. Please look at the documentation of the API."),
    "body_wrong": _("The request could not be read. Please mend the fields named here and send it again."),
    # people
    "organisation_not_yours": _("That organisation has not named you as its contact. Please ring %(hotline)s."),
    "person_not_yours": _("You are not recorded as acting for that person. Please ring %(hotline)s; the link takes a minute."),
    "phone_wrong": _("The phone number is not complete. Please write a mobile or a landline number."),
    "number_missing": _("Which number shall be rung? Please write one."),
    "done_otherwise": _("This was already done with other words, perhaps in another window. Please reload the page and look what was done."),
    "caller_unsaid": _("Please say first which of them is calling, or write their name here."),
    "name_missing": _("Please write a name, so that we know whom to greet."),
}


def sentence(refusal: Refusal) -> str:
    """The refusal in the reader's language."""
    return str(SENTENCES[refusal.code]) % refusal.facts if refusal.facts else str(SENTENCES[refusal.code])


class RuleBroken(Exception):
    """An action refused. `refusals` holds every complaint found, in the order the rules stand."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(", ".join(refusal.code for refusal in refusals))
        self.refusals = refusals

    @classmethod
    def of(cls, code: str, field: str | None = None, **facts: Any) -> "RuleBroken":
        """One complaint, written short."""
        return cls(Refusal(code, field, facts))

    @property
    def code(self) -> str:
        """The first complaint's code."""
        return self.refusals[0].code

    @property
    def sentence(self) -> str:
        """The first complaint in the reader's language."""
        return sentence(self.refusals[0])


def put_on_form(form: Any, broken: RuleBroken) -> None:
    """Show every complaint at its field of `form`, or above the form when the form has no such field."""
    for refusal in broken.refusals:
        form.add_error(refusal.field if refusal.field in form.fields else None, sentence(refusal))
