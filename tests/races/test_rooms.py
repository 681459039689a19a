"""No room is given twice, whoever comes at the same moment."""

from datetime import timedelta
from typing import Any

import pytest

from bookings.rooms import actions
from bookings.rooms.facts import facts_of
from bookings.rooms.models import Booking
from hub.audit.models import Line
from hub.core import clock
from hub.notifications.models import Message
from hub.people.models import User
from tests import cast
from tests.factories.rooms import RoomFactory, a_hall
from tests.races.racing import asked_at, overlaps, race, taking

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clerk(hub: Any) -> User:
    """Somebody signed in: the limit for visitors is not theirs."""
    return cast.user_with("clerk", hub)


def test_of_twelve_rivals_for_the_same_time_one_gets_it(hub: Any) -> None:
    room = RoomFactory(hub=hub)
    outcomes = race(*(taking(hub, room, asked_at(10), token=f"rival-{n}", phone=f"1380000{n:04d}") for n in range(12)))
    assert sorted(outcomes) == ["done"] + ["taken"] * 11
    assert (overlaps(), Booking.objects.count(), Line.objects.filter(verb="reserve").count(), Message.objects.count()) == ([], 1, 1, 1)


def test_rivals_whose_times_only_touch_in_part_never_overlap(hub: Any, clerk: User) -> None:
    room = RoomFactory(hub=hub)
    outcomes = race(*(taking(hub, room, asked_at(10 + n % 4), token=f"rival-{n}", user=clerk) for n in range(12)))
    assert set(outcomes) == {"done", "taken"}
    assert (overlaps(), Booking.objects.count()) == ([], outcomes.count("done"))


def test_the_hall_goes_to_one_or_its_halves_to_two(hub: Any, clerk: User) -> None:
    spaces = a_hall(hub)
    outcomes = race(*(taking(hub, spaces[n % 3], asked_at(10), token=f"rival-{n}", user=clerk) for n in range(12)))
    assert set(outcomes) == {"done", "taken"}
    got = sorted(Booking.objects.values_list("room__slug", flat=True))
    assert got == (["hall"] if "hall" in got else ["hall-east", "hall-west"])
    assert overlaps() == []


def test_a_form_sent_eight_times_at_once_is_one_booking(hub: Any) -> None:
    room = RoomFactory(hub=hub)
    references: list[str] = []
    send = taking(hub, room, asked_at(10), token="the same form")
    outcomes = race(*(lambda: references.append(send()) for _tap in range(8)))
    assert outcomes == ["done"] * 8
    assert (len(references), len(set(references)), Booking.objects.count(), Message.objects.count()) == (8, 1, 1, 1)


def test_different_rooms_do_not_stand_in_each_others_way(hub: Any, clerk: User) -> None:
    rooms = [RoomFactory(hub=hub) for _n in range(8)]
    assert race(*(taking(hub, room, asked_at(10), token=room.slug, user=clerk) for room in rooms)) == ["done"] * 8


def test_a_visitor_who_asks_ten_times_at_once_keeps_three(hub: Any) -> None:
    room = RoomFactory(hub=hub)
    outcomes = race(*(taking(hub, room, asked_at(10 + n % 5, day=5 + n // 5, hours=1), token=f"visitor-{n}") for n in range(10)))
    assert sorted(outcomes) == ["done"] * 3 + ["too_many_open"] * 7


def test_a_visitor_who_asks_in_ten_rooms_at_once_keeps_three(hub: Any) -> None:
    outcomes = race(*(taking(hub, RoomFactory(hub=hub), asked_at(10), token=f"visitor-{n}") for n in range(10)))
    assert sorted(outcomes) == ["done"] * 3 + ["too_many_open"] * 7


def test_agreeing_and_cancelling_at_once_end_cancelled(hub: Any, clerk: User) -> None:
    room = RoomFactory(hub=hub, is_by_approval=True)
    taking(hub, room, asked_at(10), token="request")()
    booking = Booking.objects.get()
    approved, cancelled = race(lambda: actions.approve(booking=booking, by=clerk), lambda: actions.cancel(booking=booking))
    assert (cancelled, Booking.objects.get().state) == ("done", "cancelled")
    verbs = list(Line.objects.filter(subject_ref=booking.reference).order_by("id").values_list("verb", flat=True))
    assert verbs == (["reserve", "approve", "cancel"] if approved == "done" else ["reserve", "cancel"])


def test_two_answers_to_one_request_are_one_answer(hub: Any, clerk: User) -> None:
    room = RoomFactory(hub=hub, is_by_approval=True)
    taking(hub, room, asked_at(10), token="request")()
    booking = Booking.objects.get()
    outcomes = race(*(lambda code=code: actions.decline(booking=booking, by=clerk, code=code) for code in ("needed", "repair", "unclear", "unsuitable")))
    assert sorted(outcomes) == ["already_decided"] * 3 + ["done"]
    assert (Booking.objects.get().state, Message.objects.filter(kind="booking_declined").count()) == ("declined", 1)


def test_agreeing_and_lapsing_at_once_leave_one_of_the_two(hub: Any, clerk: User) -> None:
    room = RoomFactory(hub=hub, is_by_approval=True)
    taking(hub, room, asked_at(10), token="request")()
    Booking.objects.update(decide_by=clock.now() - timedelta(minutes=1))
    booking = Booking.objects.get()
    outcomes = race(lambda: actions.approve(booking=booking, by=clerk), actions.lapse_overdue)
    assert outcomes == (["done", "done"] if Booking.objects.get().state == "confirmed" else ["already_decided", "done"])


def test_moving_to_a_time_and_booking_it_at_once_gives_it_to_one(hub: Any, clerk: User) -> None:
    room = RoomFactory(hub=hub)
    taking(hub, room, asked_at(10), token="first", user=clerk)()
    booking, facts = Booking.objects.get(), facts_of(hub, room.slug)
    assert facts is not None
    outcomes = race(lambda: actions.move(booking=booking, room=facts, asked=asked_at(13)), taking(hub, room, asked_at(13), token="second", user=clerk))
    assert sorted(outcomes) == ["done", "taken"]
    assert (overlaps(), Booking.objects.holding().count()) == ([], 1 if outcomes[0] == "done" else 2)


def test_two_that_change_rooms_with_each_other_never_wait_for_each_other(hub: Any, clerk: User) -> None:
    one, two = RoomFactory(hub=hub), RoomFactory(hub=hub)
    taking(hub, one, asked_at(10), token="one", user=clerk)()
    taking(hub, two, asked_at(13), token="two", user=clerk)()
    first, second, facts = Booking.objects.get(token="one"), Booking.objects.get(token="two"), [facts_of(hub, room.slug) for room in (one, two)]
    outcomes = race(
        lambda: actions.move(booking=first, room=facts[1], asked=asked_at(10)),  # type: ignore[arg-type]  both rooms are published
        lambda: actions.move(booking=second, room=facts[0], asked=asked_at(13)),  # type: ignore[arg-type]  as above
    )
    assert outcomes == ["done", "done"]
    assert sorted(Booking.objects.values_list("token", "room_id")) == [("one", two.pk), ("two", one.pk)]


def test_closing_a_room_and_booking_it_at_once_leaves_it_closed(hub: Any, clerk: User) -> None:
    room, asked = RoomFactory(hub=hub), asked_at(10)
    rivals = [taking(hub, room, asked, token=f"rival-{n}", user=clerk) for n in range(4)]
    outcomes = race(lambda: actions.close_room(room=room, start=asked.starts_at, end=asked.ends_at, reason="水管修理", by=clerk), *rivals)
    assert outcomes[0] == "done"
    assert list(Booking.objects.holding().values_list("state", flat=True)) == ["closure"]
    assert Message.objects.filter(kind="booking_closed").count() == outcomes[1:].count("done")
