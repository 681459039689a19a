"""The one way a room is taken: web, telephone, counter and API alike.

An unlocked look turns losers away early. Then, in one transaction: the rooms that share parts of the house are locked in the order
of their ids, the question is asked again in a second statement (asked together with the lock it would answer from before it), the row is
inserted. The database's own guard has the last word; its refusal reads the same.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from bookings.rooms import money, rules
from bookings.rooms.facts import facts_at, hours_of
from bookings.rooms.models import Booking, no_overlap
from bookings.rooms.questions import lock_rooms, who_holds
from bookings.rooms.rules import Asked, Quote, RoomFacts
from bookings.rooms.states import BookingStates
from bookings.rooms.texts import said, text_of_booking
from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.locks import lock_number
from hub.core.references import new_reference
from hub.hubs.models import Hub
from hub.notifications.actions import queue_message
from hub.people.models import Organisation, Resident
from hub.people.queries import entitlements_on
from hub.people.states import Channels

REFERENCE_TRIES = 5
OPEN_BOOKINGS_A_NUMBER = 3  # for visitors who have not signed in


class KeyReused(Exception):
    """The same idempotency key came with another request."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, how, and for whom; a member of staff who takes it down is `taken_by`."""

    name: str
    phone: str
    purpose: str
    channel: str = Channels.WEB
    user: Any = None
    asked_by: Resident | None = None
    for_person: Resident | None = None
    organisation: Organisation | None = None
    taken_by: Any = None
    decides: bool = False  # staff at work: what they book needs no answer from staff
    reason: str = ""  # and they say why, when it is not at the resident's own asking


def reserve(*, hub: Hub, room: RoomFacts, asked: Asked, by: Asker, token: str, body_digest: str = "") -> Booking:
    """Take `room` for the span asked, or raise RuleBroken with every complaint.

    `token` makes it idempotent: the same token gives the booking that was made first; KeyReused when `body_digest` differs.
    """
    now = clock.now()
    refused = rules.complaints(room, asked, now=clock.local(now), hours_of=hours_of(hub))
    if refused:
        if earlier := first_answer(token, body_digest):
            return earlier
        raise RuleBroken(*(said(refusal, hub) for refusal in refused))
    if who_holds(room.sharing, room, *rules.held_span(room, asked)):
        return first_answer(token, body_digest) or refuse_taken()
    entitlement = entitlement_for(room, asked, by)
    price = rules.quote(room, asked, for_organisation=is_for_organisation(by), is_entitled=entitlement is not None)
    booking = new_booking(hub, room, asked, by, price, now=now, token=token, body_digest=body_digest)
    booking.entitlement = entitlement if price.reason == "entitlement" else None
    for _try in range(REFERENCE_TRIES):
        booking.pk, booking.reference = None, new_reference("booking")
        try:
            return write(hub, room, booking, by)
        except IntegrityError as error:
            if no_overlap.was_broken_by(error) or "token" in str(error):
                return first_answer(token, body_digest) or refuse_taken()
            if "reference" not in str(error):
                raise
    raise RuntimeError("no free reference in five tries")


@transaction.atomic
def write(hub: Hub, room: RoomFacts, booking: Booking, by: Asker) -> Booking:
    """Lock, look again, write, tell."""
    versions = lock_rooms(room.first_part, room.last_part)
    if versions[room.id] != room.version:
        raise_if_changed(hub, room, versions[room.id], booking)
    if holder_token := who_holds(versions, room, booking.held_from, booking.held_until):
        if holder_token == booking.token:
            return Booking.objects.get(token=booking.token)
        refuse_taken()
    if by.user is None and by.taken_by is None:
        refuse_hoarding(hub, by.phone)
    booking.save(force_insert=True)
    money.open_for(booking, is_new=True)
    write_line(
        hub_id=hub.pk,
        actor=by.taken_by or by.user,
        verb="reserve",
        subject="rooms.booking",
        ref=booking.reference,
        for_person=str(booking.for_person_id or ""),
        channel=by.channel,
        changes={"room": room.slug, "from": booking.starts_at.isoformat(), "until": booking.ends_at.isoformat(), "state": booking.state},
        reason=by.reason,
    )
    queue_message(
        hub_id=hub.pk,
        key=f"booking:{booking.reference}:made",
        kind="booking_made",
        text=text_of_booking(booking, hub, room),
        phone=by.phone,
        user_id=None if by.phone else by.user.pk,
        subject="rooms.booking",
        ref=booking.reference,
    )
    return booking


def first_answer(token: str, body_digest: str) -> Booking | None:
    """The booking this token made before; KeyReused when it was asked with another body."""
    earlier = Booking.objects.filter(token=token).first()
    if earlier is not None and earlier.body_digest != body_digest:
        raise KeyReused
    return earlier


def refuse_taken() -> Any:
    """Somebody was faster."""
    raise RuleBroken.of("taken", "start")


def refuse_hoarding(hub: Hub, phone: str) -> None:
    """A visitor's number keeps a few bookings at a time; asked under that number's lock, since each may be of another room."""
    lock_number(phone)
    count = Booking.objects.at(hub).coming(clock.now()).filter(contact_phone=phone, asked_by=None).count()
    if count >= OPEN_BOOKINGS_A_NUMBER:
        raise RuleBroken.of("too_many_open", "phone", limit=OPEN_BOOKINGS_A_NUMBER, hotline=hub.hotline)


def raise_if_changed(hub: Hub, room: RoomFacts, version: int, booking: Booking) -> None:
    """Staff changed the room between the question and the lock: ask its rules again."""
    facts = facts_at(room.id, version)
    asked = Asked(clock.local(booking.starts_at), clock.local(booking.ends_at), booking.people_count)
    refused = rules.complaints(facts, asked, now=clock.local(clock.now()), hours_of=hours_of(hub))
    if refused:
        raise RuleBroken(*(said(refusal, hub) for refusal in refused))


def entitlement_for(room: RoomFacts, asked: Asked, by: Asker) -> Any:
    """The first entitlement of the person it is for, when the room lets entitlements count and costs something."""
    if by.for_person is None or not room.entitlements_count or not rules.price_on(room, asked.starts_at.date()):
        return None
    return next(iter(entitlements_on(by.for_person.pk, asked.starts_at.date())), None)


def is_for_organisation(by: Asker) -> bool:
    """Whether it is for an organisation of the area that really asked: a named contact, or staff who know it."""
    return by.organisation is not None and by.organisation.has_free_rooms


def new_booking(hub: Hub, room: RoomFacts, asked: Asked, by: Asker, price: Quote, *, now: datetime, token: str, body_digest: str) -> Booking:
    """The row, not yet saved."""
    held_from, held_until = rules.held_span(room, asked)
    waits = room.by_approval and not by.decides
    return Booking(
        hub=hub,
        room_id=room.id,
        token=token,
        body_digest=body_digest,
        state=BookingStates.PENDING if waits else BookingStates.CONFIRMED,
        decide_by=rules.decide_by(now, asked.starts_at, room.decide_within) if waits else None,
        starts_at=asked.starts_at,
        ends_at=asked.ends_at,
        held_from=held_from,
        held_until=min(held_until, held_from + timedelta(minutes=rules.LONGEST_POSSIBLE)),
        first_part=room.first_part,
        last_part=room.last_part,
        people_count=asked.people_count,
        purpose=by.purpose,
        contact_name=by.name,
        contact_phone=by.phone,
        channel=by.channel,
        taken_by=by.taken_by,
        asked_by=by.asked_by,
        for_person=by.for_person,
        organisation=by.organisation,
        list_fen=price.list_fen,
        price_fen=price.price_fen,
        deposit_fen=price.deposit_fen,
        price_reason=price.reason,
        cancel_by=rules.cancel_deadline(asked.starts_at, room.cancel_until),
        created_at=now,
    )
