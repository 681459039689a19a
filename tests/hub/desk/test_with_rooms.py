"""The money page over what really joins: rooms that cost something, and the book of payments."""

import pytest

from bookings.payments.actions import ask_refund, record_payment
from bookings.payments.models import Charge
from bookings.rooms.actions import cancel
from bookings.rooms.models import Booking
from hub.core import clock
from tests.cast import user_with
from tests.factories.rooms import RoomFactory, book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

PAGE = "/admin/money/day/"


@pytest.fixture
def paid(hub, frozen):
    """Three bookings of two hours at twenty yuan: to be paid, paid, paid and partly given back."""
    room, clerk = RoomFactory(hub=hub, price=2000), user_with("clerk", hub)
    bookings = [book(hub, room, f"{hour:02d}:00", f"{hour + 2:02d}:00", phone=f"1380000{hour:04d}") for hour in (8, 11, 14)]
    for n, booking in enumerate(bookings[1:]):
        charge = Charge.objects.get(subject_ref=booking.reference)
        payment = record_payment(charge=charge, method="counter_qr", amount_fen=4000, receipt_no=f"A{n}", by=clerk)
    ask_refund(payment=payment, amount_fen=1500, reason="少用一小时", by=clerk)
    return bookings


def found(client):
    page = client.get(PAGE)
    return {pair.ref: pair.codes for sheet in page.context["sheets"] for pair in sheet.pairs if pair.codes}, page.context["difference_count"]


def test_bookings_and_book_agree(as_role, paid):
    assert found(as_role("clerk")) == ({}, 0)


def test_a_cancelled_booking_agrees_too(hub, as_role, paid):
    cancel(booking=paid[0], by=user_with("clerk", hub), reason="不来了", as_staff=True)
    assert found(as_role("clerk")) == ({}, 0)


def test_a_price_changed_behind_the_book_is_found(as_role, paid):
    Booking.objects.filter(pk=paid[0].pk).update(price_fen=3999)
    assert found(as_role("clerk")) == ({paid[0].reference: ("due_differs",)}, 1)


def test_a_charge_that_is_gone_is_found(as_role, paid):
    Charge.objects.filter(subject_ref=paid[0].reference).delete()
    assert found(as_role("clerk")) == ({paid[0].reference: ("no_charge",)}, 1)


def test_money_that_is_in_no_payment_is_found(as_role, paid):
    Charge.objects.filter(subject_ref=paid[1].reference).update(received_fen=4100)
    differences, count = found(as_role("clerk"))
    assert (differences, count) == ({paid[1].reference: ("more_than_due",)}, 2)


def test_the_takings_of_the_day_are_what_came_in(hub, as_role, paid):
    sums = as_role("director").get(f"{PAGE}?day={clock.today()}").context["takings"]
    assert (sums.fen, sums.count) == (8000, 2)
