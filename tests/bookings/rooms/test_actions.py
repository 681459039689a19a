"""The life of a booking after it was made."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from bookings.rooms import actions, jobs
from bookings.rooms.actions.closures import affected_by
from bookings.rooms.facts import facts_of
from bookings.rooms.models import Booking, Room
from hub.audit.models import Line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.notifications.models import Message
from hub.served.models import ServiceEvent
from tests.cast import user_with
from tests.factories.rooms import SATURDAY, SUNDAY, RoomFactory, a_hall, asked, at, book, past_booking

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(hub: Any) -> Any:
    return user_with("clerk", hub)


def verbs(booking: Booking) -> list[str]:
    return list(Line.objects.filter(subject_ref=booking.reference).order_by("id").values_list("verb", flat=True))


def kinds(booking: Booking) -> list[str]:
    return list(Message.objects.filter(subject_ref=booking.reference).order_by("id").values_list("kind", flat=True))


def test_a_resident_cancels_until_the_deadline_and_twice_is_once(hub: Any, frozen: Any) -> None:
    booking = book(hub, RoomFactory(hub=hub))
    assert actions.cancel(booking=booking).state == "cancelled"
    assert actions.cancel(booking=booking).state == "cancelled"
    assert (verbs(booking), kinds(booking)) == (["reserve", "cancel"], ["booking_made", "booking_cancelled"])


def test_a_cancelled_time_can_be_booked_again(hub: Any, frozen: Any) -> None:
    room = RoomFactory(hub=hub)
    actions.cancel(booking=book(hub, room))
    assert book(hub, room).state == "confirmed"


def test_after_the_deadline_only_staff_cancel_and_with_a_reason(hub: Any, clerk: Any, frozen: Any) -> None:
    booking = book(hub, RoomFactory(hub=hub, cancel_until_minutes=120), "09:00", "11:00")
    frozen.move_to(at(SUNDAY, "08:00"))
    with pytest.raises(RuleBroken, match="too_late_to_cancel"):
        actions.cancel(booking=booking)
    with pytest.raises(RuleBroken, match="reason_missing"):
        actions.cancel(booking=booking, by=clerk, as_staff=True, reason="  ")
    assert actions.cancel(booking=booking, by=clerk, as_staff=True, reason="来电说来不了").state == "cancelled"


def test_to_the_minute_of_the_deadline_it_is_free(hub: Any, frozen: Any) -> None:
    booking = book(hub, RoomFactory(hub=hub, cancel_until_minutes=120), "09:00", "11:00")
    frozen.move_to(at(SUNDAY, "07:00"))
    assert actions.cancel(booking=booking).state == "cancelled"


def test_moving_keeps_the_number_and_frees_the_old_time(hub: Any, frozen: Any) -> None:
    room = RoomFactory(hub=hub)
    booking = book(hub, room, "09:00", "11:00")
    facts = facts_of(hub, room.slug)
    assert facts is not None
    moved = actions.move(booking=booking, room=facts, asked=asked("10:00", "12:00"))
    assert (moved.reference, clock.local(moved.starts_at).hour, verbs(moved)) == (booking.reference, 10, ["reserve", "move"])
    assert book(hub, room, "08:00", "10:00").state == "confirmed"


def test_a_move_on_to_somebody_elses_time_changes_nothing(hub: Any, frozen: Any) -> None:
    room = RoomFactory(hub=hub)
    booking, _other = book(hub, room, "09:00", "11:00"), book(hub, room, "14:00", "16:00")
    facts = facts_of(hub, room.slug)
    assert facts is not None
    with pytest.raises(RuleBroken, match="taken"):
        actions.move(booking=booking, room=facts, asked=asked("15:00", "17:00"))
    booking.refresh_from_db()
    assert clock.local(booking.starts_at).hour == 9


def test_a_move_from_a_half_to_the_hall_asks_for_the_other_half_too(hub: Any, frozen: Any) -> None:
    hall, east, west = a_hall(hub)
    booking, _other = book(hub, east), book(hub, west)
    facts = facts_of(hub, hall.slug)
    assert facts is not None
    with pytest.raises(RuleBroken, match="taken"):
        actions.move(booking=booking, room=facts, asked=asked())


def test_the_second_decision_is_told_and_changes_nothing(hub: Any, clerk: Any, frozen: Any) -> None:
    booking = book(hub, RoomFactory(hub=hub, is_by_approval=True))
    assert actions.approve(booking=booking, by=clerk).state == "confirmed"
    with pytest.raises(RuleBroken, match="already_decided"):
        actions.decline(booking=booking, by=clerk, code="needed")


def test_declining_says_why(hub: Any, clerk: Any, frozen: Any) -> None:
    booking = book(hub, RoomFactory(hub=hub, is_by_approval=True))
    with pytest.raises(RuleBroken, match="reason_missing"):
        actions.decline(booking=booking, by=clerk, code="other")
    actions.decline(booking=booking, by=clerk, code="needed", words="那天有选举")
    text = Message.objects.get(subject_ref=booking.reference, kind="booking_declined").text
    assert "社区自己要用" in text
    assert "那天有选举" in text


def test_a_request_nobody_answers_lets_the_room_go_on_time_and_once(hub: Any, frozen: Any) -> None:
    room = RoomFactory(hub=hub, is_by_approval=True, decide_within_minutes=60)
    booking = book(hub, room)
    assert jobs.lapse_overdue() == 0
    frozen.shift(timedelta(minutes=61))
    assert (jobs.lapse_overdue(), jobs.lapse_overdue()) == (1, 0)
    booking.refresh_from_db()
    assert (booking.state, book(hub, room).state) == ("lapsed", "pending")


def test_closing_a_room_tells_everybody_and_forgets_nobody(hub: Any, clerk: Any, frozen: Any) -> None:
    hall, east, _west = a_hall(hub)
    concerned = [book(hub, hall, "09:00", "11:00"), book(hub, east, "14:00", "16:00")]
    spared = book(hub, east, "09:00", "11:00", day=SUNDAY + timedelta(days=2))
    start, end = clock.day_bounds(SUNDAY)[0], clock.day_bounds(SUNDAY + timedelta(days=1))[1]
    assert list(affected_by(hall, start, end)) == concerned
    closures, cancelled = actions.close_room(room=hall, start=start, end=end, reason="修暖气", by=clerk)
    assert (len(closures), cancelled) == (2, concerned)
    assert [kinds(booking)[-1] for booking in concerned] == ["booking_closed", "booking_closed"]
    spared.refresh_from_db()
    assert spared.state == "confirmed"
    with pytest.raises(RuleBroken, match="taken"):
        book(hub, east, "12:00", "13:00")


def test_a_second_closure_fills_only_what_is_left_and_lifting_opens_it(hub: Any, clerk: Any, frozen: Any) -> None:
    room = RoomFactory(hub=hub)
    first, _none = actions.close_room(room=room, start=at(SUNDAY, "10:00"), end=at(SUNDAY, "12:00"), reason="打扫", by=clerk)
    second, _none = actions.close_room(room=room, start=at(SUNDAY, "08:00"), end=at(SUNDAY, "14:00"), reason="检修", by=clerk)
    assert [(clock.local(row.starts_at).hour, clock.local(row.ends_at).hour) for row in second] == [(8, 10), (12, 14)]
    for closure in [*first, *second]:
        assert actions.reopen_room(closure=closure, by=clerk).state == "reopened"
    assert book(hub, room, "09:00", "11:00").state == "confirmed"


def test_what_is_over_was_used_and_stands_in_the_ledger_once(hub: Any, frozen: Any) -> None:
    booking = past_booking(hub, RoomFactory(hub=hub))
    assert (jobs.settle_past(), jobs.settle_past()) == (1, 0)
    booking.refresh_from_db()
    assert (booking.state, ServiceEvent.objects.filter(subject_ref=booking.reference).count()) == ("used", 1)


def test_nobody_came_is_no_service(hub: Any, clerk: Any, frozen: Any) -> None:
    booking = past_booking(hub, RoomFactory(hub=hub))
    actions.mark_no_show(booking=booking, by=clerk)
    assert (jobs.settle_past(), ServiceEvent.objects.filter(subject_ref=booking.reference).count()) == (0, 0)


def test_a_coming_booking_cannot_have_been_used(hub: Any, clerk: Any, frozen: Any) -> None:
    with pytest.raises(RuleBroken, match="not_open_any_more"):
        actions.mark_used(booking=book(hub, RoomFactory(hub=hub)), by=clerk)


def test_the_word_the_day_before_is_sent_once_and_not_at_night(hub: Any) -> None:
    with time_machine.travel(at(SATURDAY, "10:00") - timedelta(days=2), tick=False):
        booking = book(hub, RoomFactory(hub=hub))
    with time_machine.travel(at(SATURDAY, "07:00"), tick=False):
        assert jobs.remind() == 0
    with time_machine.travel(at(SATURDAY, "09:30"), tick=False):
        jobs.remind()
        jobs.remind()
    assert kinds(booking) == ["booking_made", "booking_reminder"]


def test_a_price_that_changes_later_leaves_the_booking_as_it_was_made(hub: Any, frozen: Any) -> None:
    room: Room = RoomFactory(hub=hub, price=2000)
    booking = book(hub, room)
    room.prices.update(fen_an_hour=9000)
    Room.objects.filter(pk=room.pk).update(facts_version=room.facts_version + 1)
    booking.refresh_from_db()
    assert (booking.price_fen, book(hub, room, "14:00", "16:00").price_fen) == (4000, 18000)
