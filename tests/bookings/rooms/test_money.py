"""What a booking costs, from the charge to the money that goes back."""

import pytest

from bookings.payments.actions import record_payment
from bookings.payments.gateways.pretend import far_end, make
from bookings.payments.models import Charge, Payment, Refund
from bookings.payments.webhooks import take_event
from bookings.rooms import actions
from bookings.rooms.facts import facts_of
from bookings.rooms.joins import claims, price_and_charge_differ
from bookings.rooms.models import Booking
from hub.core import clock
from tests import cast
from tests.factories.people import EntitlementFactory, ResidentFactory
from tests.factories.rooms import RoomFactory, asked, book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def room(hub):
    return RoomFactory(hub=hub, price=1500, do_entitlements_count=True)


def charge():
    found = Charge.objects.get()
    return found.state, found.list_fen, found.due_fen, found.received_fen, found.refunded_fen


def test_a_priced_booking_is_owed_and_a_free_room_has_no_charge(hub, room):
    book(hub, room, "10:00", "12:00")
    book(hub, RoomFactory(hub=hub), "10:00", "12:00", phone="13800005678")
    assert (charge(), list(price_and_charge_differ())) == (("open", 3000, 3000, 0, 0), [])


def test_an_entitled_person_owes_nothing_and_the_funder_sees_why(hub, room):
    person = ResidentFactory(hub=hub)
    EntitlementFactory(resident=person, kind="lone_elder", verified_by=cast.user_with("clerk", hub), verified_at=clock.now())
    book(hub, room, "10:00", "12:00", for_person=person, asked_by=person)
    assert (charge(), Charge.objects.get().waived_fen, Charge.objects.get().waived_for) == (("waived", 3000, 0, 0, 0), 3000, "lone_elder")


def test_a_move_follows_the_price_and_gives_back_what_is_over(hub, room):
    booking = book(hub, room, "10:00", "12:00")
    record_payment(charge=Charge.objects.get(), method="counter_cash", amount_fen=3000, receipt_no="A1", by=cast.user_with("clerk", hub))
    actions.move(booking=booking, room=facts_of(hub, room.slug), asked=asked("14:00", "15:00"))
    assert (charge(), list(price_and_charge_differ())) == (("settled", 1500, 1500, 3000, 1500), [])


def test_cancelling_gives_everything_back(hub, room):
    booking = book(hub, room, "10:00", "12:00")
    record_payment(charge=Charge.objects.get(), method="counter_cash", amount_fen=3000, receipt_no="A1", by=cast.user_with("clerk", hub))
    actions.cancel(booking=booking)
    assert (charge(), Refund.objects.get().amount_fen) == (("cancelled", 3000, 0, 3000, 3000), 3000)


def test_paid_online_after_it_was_cancelled_goes_back_by_itself(client, hub, room, settings):
    settings.PAYMENT_GATEWAY = "pretend"
    booking = book(hub, room, "10:00", "12:00")
    client.post(f"/payments/{Charge.objects.get().token}/")
    event = far_end().pay(Payment.objects.get().session_id)
    actions.cancel(booking=booking)
    take_event(gateway="stripe", event=make().read_event(*far_end().signed(event)))
    assert (charge(), Refund.objects.get().state) == (("cancelled", 3000, 0, 3000, 3000), "ready")


def test_nobody_came_and_nothing_more_is_asked_for(hub, room, frozen):
    booking = book(hub, room, "10:00", "12:00")
    frozen.move_to(booking.starts_at)
    actions.mark_no_show(booking=booking, by=cast.user_with("clerk", hub))
    assert charge() == ("cancelled", 3000, 0, 0, 0)


def test_the_slip_leads_to_paying_and_says_when_it_is_paid(client, hub, room, settings):
    settings.PAYMENT_GATEWAY = "pretend"
    booking = book(hub, room, "10:00", "12:00")
    pay_url = Charge.objects.get().pay_url
    assert pay_url in client.get(booking.url).content.decode()
    there = client.post(pay_url).headers["Location"].removeprefix("http://testserver")
    back = client.post(there).headers["Location"].removeprefix("http://testserver")
    assert client.get(back, follow=True).redirect_chain[-1][0] == booking.url
    page = client.get(booking.url).content.decode()
    assert (pay_url in page, "已经付了" in page, charge()) == (False, True, ("settled", 3000, 3000, 3000, 0))


def test_the_cancel_page_says_to_the_fen_what_comes_back(client, hub, room):
    booking = book(hub, room, "10:00", "12:00")
    record_payment(charge=Charge.objects.get(), method="counter_cash", amount_fen=1250, receipt_no="A1", by=cast.user_with("clerk", hub))
    assert "12.50" in client.get(f"{booking.url}cancel/").content.decode()


def test_claims_and_charges_agree_through_a_booking_s_life(hub, room):
    start, end = clock.day_bounds(clock.today())
    booking = book(hub, room, "10:00", "12:00")
    assert [(claim.due_fen, claim.is_paid) for claim in claims(hub, start, end)] == [(3000, False)]
    record_payment(charge=Charge.objects.get(), method="counter_cash", amount_fen=3000, receipt_no="A1", by=cast.user_with("clerk", hub))
    assert [(claim.due_fen, claim.is_paid) for claim in claims(hub, start, end)] == [(3000, True)]
    actions.cancel(booking=booking)
    assert [(claim.due_fen, claim.is_paid) for claim in claims(hub, start, end)] == [(0, False)]


def test_a_price_without_its_charge_is_found(hub, room):
    booking = book(hub, room, "10:00", "12:00")
    Booking.objects.filter(pk=booking.pk).update(price_fen=2999)
    assert len(list(price_and_charge_differ())) == 1
