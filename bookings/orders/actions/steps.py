"""From the order to its rating, as it goes when all is well."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from bookings.orders.actions.writing import PURPOSE, go_on, locked, refuse_step, tell
from bookings.orders.models import Order
from bookings.orders.states import NOT_SATISFIED, OrderStates, Ratings, StepKinds
from bookings.payments.actions import amend_charge, record_payment
from bookings.payments.models import Charge
from bookings.payments.states import OwnReasons
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.joins import Rating
from hub.core.references import new_door_code
from hub.core.wording import amount_words
from hub.people.states import Channels, Roles
from hub.promises.actions import keep_about, promise
from hub.served.actions import rate_service, record_service
from hub.served.states import Posts
from hub.workdays.calendar import calendar_of

RETURN_CALL, PUT_RIGHT = "return_call", "put_right"  # what is owed after an order is done, and after somebody was not satisfied with it


@transaction.atomic
def assign(*, order: Order, by: Any, helper: Any = None, name: str = "", phone: str = "") -> Order:
    """Send somebody: a helper with an account at this hub, or a name and a phone. Somebody else may be sent until they have arrived."""
    order = locked(order)
    name, phone = name.strip()[:40], phone[:15]
    if helper is None and not (name and phone):
        raise RuleBroken.of("order_helper_missing", "helper")
    if helper is not None and not helper.roles.filter(hub_id=order.hub_id, role=Roles.PROVIDER).exists():
        raise RuleBroken.of("order_helper_missing", "helper")
    wanted = (helper.pk if helper else None, "" if helper else name, "" if helper else phone)
    if order.state == OrderStates.ASSIGNED and wanted == (order.helper_id, order.helper_name, order.helper_phone):
        return order
    order.helper, order.helper_name, order.helper_phone = helper, wanted[1], wanted[2]
    go_on(order, OrderStates.ASSIGNED, verb="assign", by=by, fields=("helper", "helper_name", "helper_phone"))
    tell(order, "assigned", about=f"{wanted[0] or ''}{wanted[1]}{order.starts_at:%Y%m%d%H%M}")
    return order


@transaction.atomic
def release(*, order: Order, by: Any) -> Order:
    """The helper will not come after all: the order waits for somebody again, and the resident is told. Again, nothing happens."""
    order = locked(order)
    if order.state == OrderStates.TAKEN:
        return order
    order.helper, order.helper_name, order.helper_phone = None, "", ""
    go_on(order, OrderStates.TAKEN, verb="release", by=by, fields=("helper", "helper_name", "helper_phone"))
    tell(order, "released", about=f"{clock.now():%Y%m%d%H%M%S}")
    return order


@transaction.atomic
def go(*, order: Order, by: Any) -> Order:
    """The helper has set out. Again, nothing happens."""
    order = locked(order)
    if order.state == OrderStates.ON_THE_WAY:
        return order
    go_on(order, OrderStates.ON_THE_WAY, verb="go", by=by)
    tell(order, "on_the_way", about=f"{order.helper_id or order.helper_name}")
    return order


@transaction.atomic
def arrive(*, order: Order, by: Any) -> Order:
    """The helper is there, or the resident at the station. Again, nothing happens."""
    order = locked(order)
    if order.state == OrderStates.ARRIVED:
        return order
    order.door_code = new_door_code()  # the one for the end: the helper has heard the first
    go_on(order, OrderStates.ARRIVED, verb="arrive", by=by, fields=("door_code",))
    tell(order, "arrived")
    return order


@transaction.atomic
def finish(*, order: Order, by: Any, method: str = "", amount_fen: int = 0, receipt_no: str = "", received_by: Any = None) -> Order:
    """It is done: the amount is fixed, what was paid at the door is written down (by `received_by`, when that is not `by`), the service ledger
    gets its row, and the house owes a return call. Again, nothing happens."""
    order = locked(order)
    if order.was_done:
        return order
    order.done_at, order.door_code = clock.now(), ""
    order.extra_asked_fen, order.extra_asked_what = 0, ""
    written = ("done_at", "door_code", "extra_asked_fen", "extra_asked_what")
    go_on(order, OrderStates.DONE, verb="finish", by=by, fields=written, due_fen=order.due_fen)
    charge = amend_charge(charge=charge_of(order), due_fen=order.due_fen, reason=OwnReasons.DONE, by=by)
    if amount_fen or receipt_no:
        if not method:
            raise RuleBroken.of("order_money_open", "method", amount=amount_words(charge.remaining_fen))
        record_payment(charge=charge, method=method, amount_fen=amount_fen, receipt_no=receipt_no, by=received_by or by)
    _event, code = record_service(
        hub_id=order.hub_id,
        post=Posts.LIVING,
        what=order.service.name_zh,
        subject=PURPOSE,
        ref=order.reference,
        happened_at=order.done_at,
        for_person_id=order.for_person_id,
        by=by,
        done_by=order.helper,
        started_at=arrived_at(order),
    )
    owe(order, RETURN_CALL, settings.RETURN_CALL_WORKDAYS, by)
    tell(order, "done", rating_code=code or "")
    return order


def arrived_at(order: Order) -> datetime | None:
    """When the helper stood at the door; None when nobody wrote it down."""
    found: datetime | None = order.steps.filter(kind=StepKinds.STATE, state=OrderStates.ARRIVED).order_by("-at").values_list("at", flat=True).first()
    return found


def owe(order: Order, kind: str, working_days: int, by: Any) -> None:
    """Something is owed about this order in so many working days, to be seen to by whoever is at the hotline."""
    due_at = calendar_of(order.hub).add_working_days(clock.now(), working_days)
    promise(hub_id=order.hub_id, kind=kind, subject=PURPOSE, ref=order.reference, due_at=due_at, team=Roles.OPERATOR, by=by)


@transaction.atomic
def rate(*, order: Order, rating: int, words: str = "", by: Any = None, channel: str = Channels.WEB) -> Order:
    """How it was, once: nobody has to be rung any more. Who was not satisfied is owed that it is put right, by the next working day. The same
    again changes nothing; another rating afterwards is refused. The service's code is used up with it."""
    order = locked(order)
    if rating not in Ratings.values:
        raise RuleBroken.of("order_rating_missing", "rating")
    if order.state == OrderStates.RATED:
        return order if order.rating == rating else refuse_step(order)
    order.rating, order.rating_words = rating, words.strip()[:300]
    go_on(order, OrderStates.RATED, verb="rate", by=by, fields=("rating", "rating_words"), rating=rating)
    user = by if by is not None and by.is_authenticated else None
    keep_about(kind=RETURN_CALL, subject=PURPOSE, ref=order.reference, by=user)
    if rating <= NOT_SATISFIED:
        owe(order, PUT_RIGHT, 1, user)
    rate_service(subject=PURPOSE, ref=order.reference, rating=Rating(rating, order.rating_words, channel, user))
    tell(order, "rated")
    return order


def charge_of(order: Order) -> Charge:
    """The order's charge; every order has one, also when nothing is due."""
    charge: Charge = Charge.objects.about(PURPOSE, order.reference).get()
    return charge
