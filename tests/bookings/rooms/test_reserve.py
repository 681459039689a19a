"""The one way a room is taken."""

from typing import Any

import pytest

from bookings.rooms.actions import KeyReused, reserve
from bookings.rooms.facts import facts_of
from bookings.rooms.models import Booking
from hub.audit.models import Line
from hub.core.errors import RuleBroken
from hub.notifications.models import Message
from tests.factories.rooms import RoomFactory, a_hall, asked, asker, book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def test_a_booking_is_written_with_its_audit_line_and_its_message(hub: Any) -> None:
    booking = book(hub, RoomFactory(hub=hub, slug="dance"))
    assert (booking.state, booking.price_fen, len(booking.reference)) == ("confirmed", 0, 8)
    line = Line.objects.get(subject_ref=booking.reference)
    assert (line.verb, line.changes["room"]) == ("reserve", "dance")
    message = Message.objects.get(subject_ref=booking.reference)
    assert message.phone == "13800001234"
    assert f"{booking.reference[:4]} {booking.reference[4:]}" in message.text


def test_a_second_one_for_the_same_time_is_refused_and_writes_nothing(hub: Any) -> None:
    room = RoomFactory(hub=hub)
    book(hub, room, "09:00", "11:00")
    with pytest.raises(RuleBroken) as refused:
        book(hub, room, "10:00", "12:00")
    assert refused.value.code == "taken"
    assert (Booking.objects.count(), Line.objects.filter(verb="reserve").count(), Message.objects.count()) == (1, 1, 1)


def test_back_to_back_is_no_overlap(hub: Any) -> None:
    room = RoomFactory(hub=hub)
    book(hub, room, "09:00", "11:00")
    assert book(hub, room, "11:00", "12:00").state == "confirmed"


def test_the_buffer_keeps_the_room_for_tidying_up(hub: Any) -> None:
    room = RoomFactory(hub=hub, buffer_minutes=30)
    book(hub, room, "09:00", "11:00")
    with pytest.raises(RuleBroken, match="taken"):
        book(hub, room, "11:00", "12:00")
    assert book(hub, room, "11:30", "12:30").state == "confirmed"


@pytest.mark.parametrize(("first", "second", "allowed"), [(0, 1, False), (1, 0, False), (0, 2, False), (2, 0, False), (1, 2, True)])
def test_the_hall_and_its_halves_are_one_space(hub: Any, first: int, second: int, allowed: bool) -> None:
    spaces = a_hall(hub)
    book(hub, spaces[first])
    if allowed:
        assert book(hub, spaces[second]).state == "confirmed"
    else:
        with pytest.raises(RuleBroken, match="taken"):
            book(hub, spaces[second])


def test_the_same_token_gives_the_same_booking(hub: Any) -> None:
    room = RoomFactory(hub=hub)
    first = book(hub, room, token="double-tap")
    again = book(hub, room, token="double-tap")
    assert (again.pk, Booking.objects.count(), Message.objects.count()) == (first.pk, 1, 1)


def test_the_same_token_with_another_body_is_refused(hub: Any) -> None:
    facts = facts_of(hub, RoomFactory(hub=hub).slug)
    assert facts is not None
    reserve(hub=hub, room=facts, asked=asked(), by=asker(), token="key", body_digest="one")
    with pytest.raises(KeyReused):
        reserve(hub=hub, room=facts, asked=asked(), by=asker(), token="key", body_digest="another")


def test_a_visitor_keeps_three_bookings_at_a_time(hub: Any) -> None:
    room = RoomFactory(hub=hub)
    for start in ("08:00", "10:00", "12:00"):
        book(hub, room, start, f"{int(start[:2]) + 1:02d}:00")
    with pytest.raises(RuleBroken, match="too_many_open"):
        book(hub, room, "14:00", "15:00")


def test_a_room_that_needs_an_answer_waits_and_holds(hub: Any) -> None:
    room = RoomFactory(hub=hub, is_by_approval=True)
    booking = book(hub, room)
    assert (booking.state, booking.decide_by is not None) == ("pending", True)
    with pytest.raises(RuleBroken, match="taken"):
        book(hub, room)


def test_a_price_change_between_question_and_lock_is_noticed(hub: Any) -> None:
    room = RoomFactory(hub=hub, capacity=30)
    stale = facts_of(hub, room.slug)
    assert stale is not None
    type(room).objects.filter(pk=room.pk).update(capacity=2, facts_version=room.facts_version + 1)
    with pytest.raises(RuleBroken, match="too_many"):
        reserve(hub=hub, room=stale, asked=asked(people=5), by=asker(), token="stale")
