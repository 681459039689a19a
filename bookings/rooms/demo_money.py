"""What the demo's bookings cost: charges in every state, paid at the counter, free for organisations, given back."""

from datetime import timedelta
from typing import Any

from bookings.payments.models import Charge, Payment
from bookings.payments.states import ChargeStates, Methods, PaymentStates, Waivers
from bookings.rooms import money
from bookings.rooms.models import Booking
from bookings.rooms.states import BookingStates, PriceReasons
from hub.core.references import new_token
from hub.people.models import Organisation, Role
from hub.people.states import Roles

FREE_FOR_ORGANISATIONS = 0.4
PAID_BEFORE = 0.1


def put_charges(world: Any) -> None:
    """A charge for each booking that costs something; those that were used are paid, by the clerk's receipts."""
    clerk = Role.objects.filter(hub=world.hub, role=Roles.CLERK).select_related("user").first()
    organisations = list(Organisation.objects.at(world.hub).order_by("pk")[:5])
    bookings = list(Booking.objects.at(world.hub).asked_for().filter(list_fen__gt=0).select_related("room").order_by("pk"))
    free = [booking for booking in bookings if organisations and is_free(booking, world)]
    for booking in free:
        booking.organisation, booking.price_fen, booking.price_reason = world.random.choice(organisations), 0, PriceReasons.ORGANISATION
    Booking.objects.bulk_update(free, ["organisation", "price_fen", "price_reason"], batch_size=200)
    charges = [charge_of(booking) for booking in bookings]
    paid = [
        charge
        for booking, charge in zip(bookings, charges, strict=True)
        if clerk and charge.state == ChargeStates.OPEN and (booking.state == BookingStates.USED or world.random.random() < PAID_BEFORE)
    ]
    for charge in paid:
        charge.state, charge.received_fen, charge.closed_at = ChargeStates.SETTLED, charge.due_fen, min(charge.opened_at + timedelta(days=1), world.now)
    Charge.objects.bulk_create(charges, batch_size=500)
    Payment.objects.bulk_create(payment_of(charge, clerk.user, number, world) for number, charge in enumerate(paid, 1) if clerk)


def is_free(booking: Booking, world: Any) -> bool:
    """Some of those who take the meeting room and the hall are organisations of the area."""
    return bool(booking.room.is_free_for_organisations and world.random.random() < FREE_FOR_ORGANISATIONS)


def payment_of(charge: Charge, clerk: Any, number: int, world: Any) -> Payment:
    """Paid at the counter."""
    return Payment(
        hub=world.hub, charge=charge, method=world.random.choice([Methods.COUNTER_CASH, Methods.COUNTER_QR]), state=PaymentStates.RECEIVED,
        amount_fen=charge.due_fen, created_at=charge.opened_at, received_at=charge.closed_at, recorded_by=clerk, receipt_no=f"D{number:05d}",
    )  # fmt: skip


def charge_of(booking: Booking) -> Charge:
    """The charge that belongs to the booking as it stands, not yet saved."""
    charge = Charge(
        hub_id=booking.hub_id, token=new_token()[:24], purpose=money.PURPOSE, subject_ref=booking.reference, list_fen=booking.list_fen,
        due_fen=booking.price_fen, opened_at=booking.created_at, state=ChargeStates.OPEN,
    )  # fmt: skip
    if booking.state in {*money.IS_NO_LONGER_HAD, BookingStates.NO_SHOW}:
        charge.state, charge.due_fen, charge.closed_at, charge.reason = ChargeStates.CANCELLED, 0, booking.closed_at or booking.created_at, str(booking.state)
    elif not booking.price_fen:
        charge.state, charge.closed_at, charge.waived_fen, charge.waived_for = ChargeStates.WAIVED, booking.created_at, booking.list_fen, Waivers.ORGANISATION
    return charge
